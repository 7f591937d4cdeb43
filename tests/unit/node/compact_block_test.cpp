// SPDX-License-Identifier: Apache-2.0
// Blocks as short ids, and bodies put together from them.
#include "node/compact_block.hpp"

#include <gtest/gtest.h>

#include "tests/seeds.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

/// A block of eight payments, all of them facts.
class CompactBlocks : public testing::Test {
protected:
    CompactBlocks() {
        std::vector<Transaction> body;
        for (std::size_t coin = 0; coin < 8; ++coin) {
            body.push_back(network.payment(0, coin, TestNetwork::person(5).owner));
            payments.push_back(archive.add_transaction(body.back()));
        }
        block = network.block_on(genesis_index, body, Amount{8 * TestNetwork::payment_fee.value});
        message = make_compact_block(archive, block, 17);
    }
    [[nodiscard]] const BlockHeader& header() const { return archive.blocks()[block].header; }
    [[nodiscard]] PartialBlock partial() const { return {header(), message}; }
    [[nodiscard]] ShortId id_of(TransactionIndex payment) const {
        return ShortIds{header(), message.nonce}.of(archive.transactions()[payment].full_id);
    }
    void offer(PartialBlock& partial, std::size_t number) const {
        partial.offer(payments[number], id_of(payments[number]));
    }
    [[nodiscard]] Transaction transaction(std::size_t number) const {
        return archive.transactions()[payments[number]].transaction;
    }
    /// An archive that knows the header, and the payments of these numbers only.
    struct Other {
        Other(const CompactBlocks& test, std::span<const std::size_t> numbers)
            : archive(test.archive.parameters(), verifier),
              block(archive.add_header(test.header()).value()) {
            for (const std::size_t number : numbers)
                held.push_back(archive.add_transaction(test.transaction(number)));
        }
        DirectVerifier verifier;
        Archive archive;
        BlockIndex block;
        std::vector<TransactionIndex> held;
    };

    TestNetwork network{1};
    Archive& archive = network.archive();
    std::vector<TransactionIndex> payments;
    BlockIndex block;
    CompactBlock message;
};

TEST_F(CompactBlocks, NameEachPaymentAndHoldTheCoinbase) {
    EXPECT_TRUE(is_well_formed(message));
    ASSERT_EQ(message.prefilled.size(), 1U);
    EXPECT_EQ(message.prefilled[0].transaction, archive.assemble(block).transactions[0]);
    ASSERT_EQ(message.short_ids.size(), payments.size());
    for (std::size_t i = 0; i < payments.size(); ++i) {
        EXPECT_EQ(message.short_ids[i], id_of(payments[i]));
        EXPECT_EQ(message.short_ids[i] >> 48U, 0U);
    }
}

TEST_F(CompactBlocks, NameTheSamePaymentOtherwiseInEachMessage) {
    EXPECT_NE(make_compact_block(archive, block, 18).short_ids[0], message.short_ids[0]);
    BlockHeader other = header();
    ++other.nonce;
    const FullTransactionId& id = archive.transactions()[payments[0]].full_id;
    EXPECT_NE((ShortIds{other, 17}.of(id)), message.short_ids[0]);
}

TEST_F(CompactBlocks, OfAnotherFormAreToldApart) {
    const auto is_good = [this](auto&& change) {
        CompactBlock changed = message;
        change(changed);
        return is_well_formed(changed);
    };
    const Transaction any = transaction(0);
    EXPECT_FALSE(is_good([](CompactBlock& m) { m.prefilled.clear(); }));
    EXPECT_FALSE(is_good([](CompactBlock& m) { m.prefilled[0].position = 1; }));
    EXPECT_FALSE(is_good([](CompactBlock& m) { m.short_ids[3] |= ShortId{1} << 48U; }));
    EXPECT_FALSE(is_good([&](CompactBlock& m) { m.prefilled.push_back({0, any}); }));
    EXPECT_TRUE(is_good([&](CompactBlock& m) { m.prefilled.push_back({9, any}); }));
    EXPECT_FALSE(is_good([&](CompactBlock& m) { m.prefilled.push_back({10, any}); }));
}

TEST_F(CompactBlocks, ArePutTogetherFromWhatIsHeldAndWhatIsSent) {
    Random random{3};
    for (std::uint64_t i = 0; i < seeds_to_try(200); ++i) {
        std::vector<std::size_t> held;
        std::vector<Transaction> lacking;
        std::vector<std::uint32_t> positions;
        for (std::size_t number = 0; number < payments.size(); ++number) {
            if (random.chance(1, 2)) {
                held.push_back(number);
                continue;
            }
            lacking.push_back(transaction(number));
            positions.push_back(static_cast<std::uint32_t>(number) + 1);
        }
        random.shuffle(held);
        Other other{*this, held};
        CompactBlock received = message;
        received.block = other.block;
        PartialBlock partial{header(), received};
        for (const TransactionIndex payment : other.held)
            partial.offer(payment,
                          partial.short_ids().of(other.archive.transactions()[payment].full_id));
        ASSERT_EQ(partial.missing(), positions);
        ASSERT_EQ(partial.has_guesses(), !held.empty());
        ASSERT_TRUE(partial.fill(lacking));
        ASSERT_TRUE(partial.missing().empty());
        ASSERT_TRUE(other.archive.add_body(other.block, partial.parts()));
        ASSERT_EQ(other.archive.assemble(other.block), archive.assemble(block));
    }
}

TEST_F(CompactBlocks, TakeNothingForAnIdThatTheyDoNotHold) {
    PartialBlock part = partial();
    part.offer(payments[0], id_of(payments[0]) ^ 1U);
    EXPECT_EQ(part.missing().size(), payments.size());
}

TEST_F(CompactBlocks, LeaveAPlaceOpenThatTwoPaymentsCouldTake) {
    PartialBlock part = partial();
    for (std::size_t number = 0; number < payments.size(); ++number) offer(part, number);
    offer(part, 2);
    EXPECT_TRUE(part.missing().empty()) << "the same twice is one";
    part.offer(payments[5], id_of(payments[2]));
    EXPECT_EQ(part.missing(), std::vector{3U});
    offer(part, 2);
    EXPECT_EQ(part.missing(), std::vector{3U});
    EXPECT_TRUE(part.fill(std::array{transaction(2)}));
    EXPECT_TRUE(archive.add_body(block, part.parts()));
}

TEST_F(CompactBlocks, LeavePlacesOfEqualIdsOpen) {
    message.short_ids[6] = message.short_ids[1];
    PartialBlock part = partial();
    for (std::size_t number = 0; number < payments.size(); ++number) offer(part, number);
    EXPECT_EQ(part.missing(), (std::vector{2U, 7U}));
}

TEST_F(CompactBlocks, ThatTookOnePaymentForAnotherDoNotFitTheirHeader) {
    const std::vector<std::size_t> all{0, 1, 2, 3, 4, 5, 6, 7};
    Other other{*this, all};
    const Transaction stranger = network.payment(0, 9, TestNetwork::person(5).owner);
    const TransactionIndex wrong = other.archive.add_transaction(stranger);
    PartialBlock part = partial();
    for (std::size_t number = 0; number < all.size(); ++number)
        part.offer(number == 4 ? wrong : other.held[number], id_of(payments[number]));
    ASSERT_TRUE(part.missing().empty());
    const auto added = other.archive.add_body(other.block, part.parts());
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().reason, Reason::merkle_root_mismatch);
    EXPECT_FALSE(other.archive.has_body(other.block));
    EXPECT_FALSE(archive.add_body(block, part.parts())) << "also where the body is known";
}

TEST_F(CompactBlocks, AreFilledOnlyWithWhatWasAskedFor) {
    PartialBlock part = partial();
    for (std::size_t number = 2; number < payments.size(); ++number) offer(part, number);
    EXPECT_FALSE(part.fill(std::array{transaction(0)}));
    EXPECT_FALSE(part.fill(std::array{transaction(1), transaction(0)}));
    EXPECT_FALSE(part.fill(std::array{transaction(0), transaction(2)}));
    EXPECT_EQ(part.missing(), (std::vector{1U, 2U}));
    EXPECT_TRUE(part.fill(std::array{transaction(0), transaction(1)}));
}

}  // namespace
}  // namespace bezant::test
