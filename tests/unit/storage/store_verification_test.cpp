// SPDX-License-Identifier: Apache-2.0
// A store of a random chain is sound; with any record altered, lacking or too many it is not, and
// what is said names the check.
#include "storage/store_verification.hpp"

#include <gtest/gtest.h>

#include "storage/index_reader.hpp"
#include "storage/ledger_index.hpp"
#include "storage/ledger_storage.hpp"
#include "tests/seeds.hpp"
#include "tests/support/chain_builder.hpp"
#include "tests/support/temporary_folder.hpp"

namespace bezant::storage {
namespace {

using test::ChainBuilder;
using test::TemporaryFolder;

class StoreVerification : public testing::Test {
protected:
    /// A store with the whole of a random tree, at the tip with most work; and, if it is so wished,
    /// with an index that was kept until the chain left the first branch.
    void make_store(std::uint64_t seed, bool with_index = false) {
        ChainBuilder builder{seed};
        builder.grow_tree(30);
        ledger_ =
            StoredLedger::open(folder_.file(std::to_string(seed)), builder.parameters()).value();
        Archive archive{builder.parameters(), signatures_, {.stored = ledger_.get()}};
        LedgerStorage storage{*ledger_, archive};
        ASSERT_TRUE(storage.load());
        LedgerIndex index{*ledger_, archive};
        if (with_index) {
            storage.accompany(index);
            ASSERT_TRUE(index.scan().value());
        }
        BlockIndex tip = genesis_index;
        for (std::size_t block = 1; block < builder.size(); ++block) {
            const auto added = archive.add_block(builder[block].block);
            if (!added || archive.block_fault(*added) != nullptr) continue;
            ASSERT_TRUE(storage.append(*added));
            if (archive.blocks()[tip].work >= archive.blocks()[*added].work) continue;
            if (archive.blocks()[*added].parent != tip) storage.leave(index);
            tip = *added;
            ASSERT_TRUE(storage.sync(tip));
        }
        height_ = archive.blocks()[tip].height;
        ASSERT_GT(height_.value, 5U);
    }

    [[nodiscard]] std::string failed_check() {
        const auto account = verify_store(*ledger_, signatures_);
        return account ? "none" : account.error().check;
    }

    void put(Family family, const Bytes& key, const Bytes& value) {
        Database::Batch batch{ledger_->database()};
        batch.put(family, key, value);
        ASSERT_TRUE(ledger_->database().write(std::move(batch)));
    }
    void remove(Family family, const Bytes& key) {
        Database::Batch batch{ledger_->database()};
        batch.remove(family, key);
        ASSERT_TRUE(ledger_->database().write(std::move(batch)));
    }

    /// Some record of the family, as it is.
    std::pair<Bytes, Bytes> record_of(Family family, std::size_t number = 0) {
        std::pair<Bytes, Bytes> record;
        ledger_->database().scan(family, [&](ByteView key, ByteView value) {
            record = {Bytes{key.begin(), key.end()}, Bytes{value.begin(), value.end()}};
            return number-- != 0;
        });
        return record;
    }

    TemporaryFolder folder_;
    DirectVerifier signatures_;
    std::unique_ptr<StoredLedger> ledger_;
    Height height_;
};

TEST_F(StoreVerification, FindsNothingInASoundStore) {
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(20); ++seed) {
        ASSERT_NO_FATAL_FAILURE(make_store(seed));
        std::vector<std::uint32_t> heights;
        const auto account = verify_store(*ledger_, signatures_, [&](Height height, std::uint32_t) {
            heights.push_back(height.value);
        });
        ASSERT_TRUE(account) << account.error().check << ": " << account.error().detail;
        EXPECT_EQ(account->height, height_);
        EXPECT_EQ(account->tip, ledger_->tip());
        EXPECT_EQ(heights.size(), height_.value);
    }
}

TEST_F(StoreVerification, FindsAnAlteredCoin) {
    make_store(1);
    auto [key, value] = record_of(Family::coins, 3);
    value[5] ^= 1;  // of the amount
    put(Family::coins, key, value);
    EXPECT_EQ(failed_check(), "coins");
}

TEST_F(StoreVerification, FindsALackingCoin) {
    make_store(1);
    remove(Family::coins, record_of(Family::coins).first);
    EXPECT_EQ(failed_check(), "coins");
}

TEST_F(StoreVerification, FindsACoinThatTheChainDoesNotLeave) {
    make_store(1);
    auto [key, value] = record_of(Family::coins);
    key[0] ^= 1;
    put(Family::coins, key, value);
    EXPECT_EQ(failed_check(), "coins");
}

TEST_F(StoreVerification, FindsAlteredAndLackingUndoData) {
    make_store(1);
    const BlockHash tip = ledger_->tip();
    const Bytes key{tip.bytes.begin(), tip.bytes.end()};
    remove(Family::undo, key);
    EXPECT_EQ(failed_check(), "undo data");
    const SpentCoin never{};
    put(Family::undo, key, bytes_of(std::vector{never}));
    EXPECT_EQ(failed_check(), "undo data");
}

TEST_F(StoreVerification, FindsAlteredSums) {
    make_store(1);
    for (std::size_t offset : {80U, 88U, 96U, 104U}) {  // fees, issued, destroyed, supply
        // Of the tip's own, wherever it is in the order of arrival.
        Bytes key;
        Bytes value;
        for (std::size_t number = 0; value.empty(); ++number) {
            const auto record = record_of(Family::block_index, number);
            const auto header = whole(ByteView{record.second}, decode_block_record)->header;
            if (block_hash(header) == ledger_->tip()) std::tie(key, value) = record;
        }
        Bytes altered = value;
        altered[offset] ^= 1;
        put(Family::block_index, key, altered);
        EXPECT_EQ(failed_check(), "block record") << offset;
        put(Family::block_index, key, value);
    }
    EXPECT_EQ(failed_check(), "none");
}

TEST_F(StoreVerification, FindsALackingBlockAndAnother) {
    make_store(1);
    const BlockHash tip = ledger_->tip();
    const Bytes key{tip.bytes.begin(), tip.bytes.end()};
    const Block block = *ledger_->block(tip);
    put(Family::blocks, key, encoded(*ledger_->block(block.header.previous)));
    EXPECT_EQ(failed_check(), "block");
    remove(Family::blocks, key);
    EXPECT_EQ(failed_check(), "block");
}

TEST_F(StoreVerification, FindsABlockThatBreaksARule) {
    make_store(1);
    const BlockHash tip = ledger_->tip();
    Block block = *ledger_->block(tip);
    block.transactions.front().outputs.front().amount.value += 1;
    put(Family::blocks, {tip.bytes.begin(), tip.bytes.end()}, encoded(block));
    EXPECT_EQ(failed_check(), "merkle_root_mismatch");
}

TEST_F(StoreVerification, FindsATipThatNothingLeadsTo) {
    make_store(1);
    const Bytes nowhere(32, 7);
    put(Family::meta, {meta_tip().begin(), meta_tip().end()}, nowhere);
    EXPECT_EQ(failed_check(), "block record");
}

TEST_F(StoreVerification, FindsNothingInASoundIndexThatWasNotKeptForAWhile) {
    int beside_the_chain = 0;
    const std::uint64_t seeds = test::seeds_to_try(10);
    for (std::uint64_t seed = 1; seed <= seeds || (beside_the_chain == 0 && seed < 100); ++seed) {
        ASSERT_NO_FATAL_FAILURE(make_store(seed, true));
        const auto account = verify_store(*ledger_, signatures_);
        ASSERT_TRUE(account) << account.error().check << ": " << account.error().detail;
        const auto tip = IndexReader{ledger_->database()}.tip();
        if (!ledger_->spent_by(*tip)) ++beside_the_chain;
    }
    EXPECT_GT(beside_the_chain, 0);
}

TEST_F(StoreVerification, FindsAnythingThatIsWrongInAnIndex) {
    make_store(1, true);
    for (const Family family : {Family::transaction_index, Family::address_index}) {
        const std::string check =
            family == Family::address_index ? "address index" : "transaction index";
        std::size_t count = 0;
        ledger_->database().scan(family, [&](ByteView, ByteView) { return ++count != 0; });
        ASSERT_GT(count, 10U);
        for (std::size_t number = 0; number < count; ++number) {
            const auto [key, value] = record_of(family, number);
            if (key.size() == index_tip_key().size()) continue;
            remove(family, key);
            EXPECT_EQ(failed_check(), check) << number << " is lacking";
            for (const std::size_t place : {std::size_t{0}, value.size() / 2, value.size() - 1}) {
                Bytes altered = value;
                altered[place] ^= 1;
                put(family, key, altered);
                EXPECT_EQ(failed_check(), check) << number << " is altered at " << place;
            }
            put(family, key, value);
        }
        auto [key, value] = record_of(family);
        key[0] ^= 1;
        put(family, key, value);
        EXPECT_EQ(failed_check(), check) << "one too many";
        remove(family, key);
    }
    EXPECT_EQ(failed_check(), "none");
}

TEST_F(StoreVerification, FindsAnIndexOfAnotherTip) {
    make_store(1, true);
    const Bytes key{index_tip_key().begin(), index_tip_key().end()};
    const auto tip = IndexReader{ledger_->database()}.tip().value();
    const BlockHash parent = ledger_->block(tip)->header.previous;
    put(Family::transaction_index, key, {parent.bytes.begin(), parent.bytes.end()});
    EXPECT_EQ(failed_check(), "address index");
    put(Family::transaction_index, key, Bytes(32, 7));
    EXPECT_EQ(failed_check(), "block record");
    remove(Family::transaction_index, key);
    EXPECT_EQ(failed_check(), "transaction index");
}

TEST_F(StoreVerification, NeedsAStore) {
    const auto missing = StoredLedger::open_existing(folder_.file("missing"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().fault, OpenFault::not_a_store);
    EXPECT_FALSE(std::filesystem::exists(folder_.file("missing")));
}

}  // namespace
}  // namespace bezant::storage
