// SPDX-License-Identifier: Apache-2.0
// Messages as bytes: what is written is read again, what is not a message is refused, and what a
// stranger sends adds no more to the archive than it may.
#include "node/message_codec.hpp"

#include <gtest/gtest.h>

#include "ledger/codec.hpp"
#include "node/compact_block.hpp"
#include "node/message_kind.hpp"
#include "tests/seeds.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

/// A ledger with some blocks and payments, in the archive of `network`.
class MessageCodec : public testing::Test {
protected:
    MessageCodec() {
        for (std::size_t coin = 0; coin < 8; ++coin)
            payments.push_back(
                archive.add_transaction(network.payment(0, coin, TestNetwork::person(5).owner)));
        blocks = network.chain_on(genesis_index, 5);
        blocks.push_back(network.block_on(blocks[2],
                                          {network.payment(0, 0, TestNetwork::person(5).owner)},
                                          TestNetwork::payment_fee));
    }
    std::vector<TransactionIndex> some_payments() {
        std::vector<TransactionIndex> some(random.below(300));
        for (auto& payment : some) payment = random.pick(payments);
        return some;
    }
    std::vector<BlockIndex> some_blocks(std::size_t count_max = 300) {
        std::vector<BlockIndex> some(random.below(count_max + 1));
        for (auto& block : some) block = random.pick(blocks);
        return some;
    }
    std::vector<HeardAddress> some_addresses() {
        std::vector<HeardAddress> some(random.below(addresses_per_message_max + 1));
        for (auto& heard : some) {
            for (Byte& byte : heard.address.host.bytes) byte = static_cast<Byte>(random.next());
            heard.address.port = static_cast<std::uint16_t>(random.next());
            heard.heard_at = static_cast<std::uint32_t>(random.next());
        }
        return some;
    }
    Message any_message() {
        switch (random.below(18)) {
            case 0:
                return Hello{.version = static_cast<std::uint32_t>(random.next()),
                             .genesis = archive.blocks()[random.pick(blocks)].hash,
                             .nonce = random.next(),
                             .height = Height{static_cast<std::uint32_t>(random.next())}};
            case 1:
                return Ping{.nonce = random.next()};
            case 2:
                return Pong{.nonce = random.next()};
            case 3:
                return Inventory{.payments = some_payments()};
            case 4:
                return GetData{.payments = some_payments(), .blocks = some_blocks()};
            case 5:
                return NotFound{.payments = some_payments(), .blocks = some_blocks()};
            case 6:
                return PaymentMessage{.payment = random.pick(payments)};
            case 7:
                return GetHeaders{.locator = some_blocks(locator_entries_max)};
            case 8:
                return Headers{
                    .headers = {blocks.begin(),
                                blocks.begin() + static_cast<std::ptrdiff_t>(random.below(6))}};
            case 9:
                return BlockMessage{.block = random.pick(blocks)};
            case 10:
                return SendCompact{.unasked = random.chance(1, 2)};
            case 11:
                return GetCompactBlock{.block = random.pick(blocks)};
            case 12:
                return any_compact_block();
            case 13:
                return GetMissingTransactions{.block = random.pick(blocks),
                                              .positions = some_positions()};
            case 14:
                return MissingTransactions{.block = random.pick(blocks),
                                           .transactions = some_transactions()};
            case 15:
                return GetAddresses{};
            case 16:
                return Addresses{.addresses = some_addresses()};
            default:
                return FeeFloor{.fee_per_kilobyte = Amount{random.next()}};
        }
    }
    std::vector<Transaction> some_transactions() {
        std::vector<Transaction> some(random.below(5));
        for (Transaction& each : some)
            each = archive.transactions()[random.pick(payments)].transaction;
        return some;
    }
    std::vector<std::uint32_t> some_positions() {
        std::vector<std::uint32_t> some(1 + random.below(300));
        std::uint32_t least = 0;
        for (std::uint32_t& position : some) {
            position = least + static_cast<std::uint32_t>(random.below(400));
            least = position + 1;
        }
        return some;
    }
    /// With a few transactions prefilled wherever they fall.
    CompactBlock any_compact_block() {
        CompactBlock message{
            .block = random.pick(blocks), .nonce = random.next(), .short_ids = {}, .prefilled = {}};
        std::uint32_t position = 0;
        for (const Transaction& each : some_transactions()) {
            message.prefilled.push_back({.position = position, .transaction = each});
            position += 1 + static_cast<std::uint32_t>(random.below(400));
        }
        if (message.prefilled.empty())
            message.prefilled.push_back(
                {.position = 0, .transaction = archive.transactions()[payments[0]].transaction});
        message.short_ids.resize(position + random.below(300));
        for (ShortId& id : message.short_ids) id = random.next() >> 16U;
        return message;
    }
    /// How bytes are read by somebody who knows nothing but genesis.
    struct Newcomer {
        explicit Newcomer(const Parameters& parameters) : archive(parameters, verifier) {}

        Message reads(ByteView bytes) { return decode_message(bytes, archive); }
        std::string fault_of(ByteView bytes) {
            const Message message = reads(bytes);
            const auto* malformed = std::get_if<Malformed>(&message);
            return malformed ? std::string{malformed->fault} : "none";
        }

        DirectVerifier verifier;
        Archive archive;
    };
    Bytes bytes_of(const Message& message) { return encode_message(message, archive); }
    /// The fields after the byte that names the kind.
    template <class Write>
    static Bytes raw(MessageKind kind, Write&& write) {
        Bytes bytes{static_cast<Byte>(kind)};
        Encoder out{bytes};
        write(out);
        return bytes;
    }

    TestNetwork network{1};
    Archive& archive = network.archive();
    Newcomer newcomer{archive.parameters()};
    std::vector<TransactionIndex> payments;
    std::vector<BlockIndex> blocks;
    Random random{11};
};

TEST_F(MessageCodec, WhatIsWrittenIsRead) {
    for (std::uint64_t i = 0; i < seeds_to_try(1'000); ++i) {
        const Message message = any_message();
        const Bytes bytes = bytes_of(message);
        ASSERT_EQ(bytes.size(), encoded_size(message, archive)) << name_of(message);
        ASSERT_LE(bytes.size(), message_bytes_max(archive.parameters()));
        ASSERT_EQ(decode_message(bytes, archive), message) << name_of(message);
    }
}

TEST_F(MessageCodec, NoMessageIsReadFromItsBeginningOrWithMoreAfterIt) {
    for (std::uint64_t i = 0; i < seeds_to_try(50); ++i) {
        Bytes bytes = bytes_of(any_message());
        bytes.push_back(0);
        ASSERT_NE(newcomer.fault_of(bytes), "none");
        bytes.pop_back();
        const std::size_t step = 1 + bytes.size() / 40;
        for (std::size_t length = 0; length < bytes.size(); length += step)
            ASSERT_NE(newcomer.fault_of(ByteView{bytes}.first(length)), "none");
    }
}

TEST_F(MessageCodec, WhatIsMadeBadIsReadAsBad) {
    EXPECT_EQ(newcomer.fault_of(bytes_of(Malformed{.fault = "anything"})), "kind");
    EXPECT_EQ(bytes_of(Malformed{}).size(), encoded_size(Malformed{}, archive));
}

TEST_F(MessageCodec, KindsThatAreNotKnownAreRefused) {
    EXPECT_EQ(newcomer.fault_of(Bytes{}), "kind");
    EXPECT_EQ(newcomer.fault_of(Bytes{0}), "kind");
    EXPECT_EQ(newcomer.fault_of(Bytes{255}), "kind");
}

TEST_F(MessageCodec, CountsAreBounded) {
    const auto ids = [](std::size_t count) {
        return [count](Encoder& out) {
            out.size(count);
            out.raw(Bytes(32 * count));
        };
    };
    EXPECT_EQ(newcomer.fault_of(raw(MessageKind::inventory, ids(1'000))), "none");
    EXPECT_EQ(newcomer.fault_of(raw(MessageKind::inventory, ids(1'001))), "payment count");
    EXPECT_EQ(newcomer.fault_of(raw(MessageKind::get_headers, ids(64))), "none");
    EXPECT_EQ(newcomer.fault_of(raw(MessageKind::get_headers, ids(65))), "block count");
    EXPECT_EQ(newcomer.fault_of(raw(MessageKind::headers,
                                    [](Encoder& out) {
                                        out.size(2'001);
                                        out.raw(Bytes(2'001 * header_bytes));
                                    })),
              "header count");
    const auto addresses = [](std::size_t count) {
        return [count](Encoder& out) {
            out.size(count);
            out.raw(Bytes(22 * count));
        };
    };
    EXPECT_EQ(newcomer.fault_of(raw(MessageKind::addresses, addresses(1'000))), "none");
    EXPECT_EQ(newcomer.fault_of(raw(MessageKind::addresses, addresses(1'001))), "address count");
    const Bytes oversized(message_bytes_max(archive.parameters()) + 1, 1);
    EXPECT_EQ(newcomer.fault_of(oversized), "length");
}

TEST_F(MessageCodec, AnAnnouncedPaymentGetsANameUntilItComes) {
    const Message heard = newcomer.reads(bytes_of(Inventory{.payments = {payments[3]}}));
    const TransactionIndex named = std::get<Inventory>(heard).payments.at(0);
    EXPECT_FALSE(newcomer.archive.transactions().is_known(named));
    const Message question = GetData{.payments = {named}, .blocks = {}};
    EXPECT_EQ(encode_message(question, newcomer.archive),
              bytes_of(GetData{.payments = {payments[3]}, .blocks = {}}));
    const Bytes sent = bytes_of(PaymentMessage{.payment = payments[3]});
    const Transaction& payment = archive.transactions()[payments[3]].transaction;
    EXPECT_EQ(
        newcomer.reads(sent),
        (Message{NewPayment{.payment = Boxed{payment}, .full_id = full_transaction_id(payment)}}));
    EXPECT_FALSE(newcomer.archive.transactions().is_known(named));
    EXPECT_EQ(newcomer.archive.add_transaction(payment), named);
    EXPECT_EQ(newcomer.reads(sent), (Message{PaymentMessage{.payment = named}}));
}

TEST_F(MessageCodec, QuestionsNameNothingNew) {
    const std::size_t before = newcomer.archive.transactions().size();
    EXPECT_EQ(newcomer.reads(bytes_of(GetData{.payments = payments, .blocks = blocks})),
              Message{GetData{}});
    EXPECT_EQ(newcomer.reads(bytes_of(GetHeaders{.locator = {blocks[4], genesis_index}})),
              (Message{GetHeaders{.locator = {genesis_index}}}));
    EXPECT_EQ(newcomer.archive.transactions().size(), before);
}

/// What is new stays in the message, as it came, whatever it is.
TEST_F(MessageCodec, WhatIsNewComesWholeAndLeavesNoTrace) {
    const std::vector<BlockIndex> chain{blocks.begin(), blocks.begin() + 5};
    EXPECT_EQ(newcomer.fault_of(bytes_of(Headers{.headers = {chain[0], chain[2]}})),
              "previous block");
    for (const Message& sent :
         {Message{Headers{.headers = chain}}, Message{Headers{.headers = {chain[1], chain[2]}}},
          Message{BlockMessage{.block = chain[1]}}, Message{PaymentMessage{.payment = payments[0]}},
          Message{make_compact_block(archive, chain[2], 5)}}) {
        const Bytes bytes = bytes_of(sent);
        const Message heard = newcomer.reads(bytes);
        EXPECT_FALSE(std::holds_alternative<Malformed>(heard)) << name_of(sent);
        EXPECT_EQ(encode_message(heard, newcomer.archive), bytes) << name_of(sent);
        EXPECT_EQ(encoded_size(heard, newcomer.archive), bytes.size()) << name_of(sent);
        EXPECT_EQ(name_of(heard), name_of(sent));
    }
    EXPECT_EQ(newcomer.archive.blocks().size(), 1U);
    EXPECT_EQ(newcomer.archive.transactions().size(), 1U);
}

TEST_F(MessageCodec, HeadersAreNewUntilTheLastIsKnown) {
    const std::vector<BlockIndex> chain{blocks.begin(), blocks.begin() + 3};
    const Bytes bytes = bytes_of(Headers{.headers = chain});
    for (const BlockIndex block : chain) {
        EXPECT_TRUE(std::holds_alternative<NewHeaders>(newcomer.reads(bytes)));
        ASSERT_TRUE(newcomer.archive.add_header(archive.blocks()[block].header));
    }
    EXPECT_EQ(std::get<Headers>(newcomer.reads(bytes)).headers.size(), 3U);
}

TEST_F(MessageCodec, ABlockIsNewUntilItsBodyIsKnown) {
    const Bytes bytes = bytes_of(BlockMessage{.block = blocks[0]});
    ASSERT_TRUE(newcomer.archive.add_header(archive.blocks()[blocks[0]].header));
    const Message heard = newcomer.reads(bytes);
    const Block& block = *std::get<NewBlock>(heard).block;
    EXPECT_EQ(block, archive.assemble(blocks[0]));
    const auto added = newcomer.archive.add_block(block);
    EXPECT_EQ(newcomer.reads(bytes), (Message{BlockMessage{.block = added.value()}}));
}

TEST_F(MessageCodec, AQuestionMayBeginWithABlockThatIsNotHere) {
    const BlockHash unknown = archive.blocks()[blocks[0]].hash;
    const Message question = GetHeaders{.locator = {genesis_index}, .beyond = unknown};
    const Bytes bytes = encode_message(question, newcomer.archive);
    EXPECT_EQ(bytes.size(), encoded_size(question, newcomer.archive));
    EXPECT_EQ(decode_message(bytes, archive),
              (Message{GetHeaders{.locator = {blocks[0], genesis_index}}}));
}

TEST_F(MessageCodec, ABodyThatIsNotTheOneThatIsKnownIsMalformed) {
    Block altered = network.unknown_block_on(genesis_index);
    ASSERT_TRUE(newcomer.archive.add_block(altered));
    altered.transactions[0].outputs[0].amount = Amount{1};
    const Bytes bytes = raw(MessageKind::block, [&](Encoder& out) { encode(out, altered); });
    EXPECT_EQ(newcomer.fault_of(bytes), "merkle_root_mismatch");
}

/// A compact block on genesis, of which a test writes the fields after the nonce.
class CompactBlockBytes : public MessageCodec {
protected:
    template <class Write>
    std::string fault(Write&& write) {
        return newcomer.fault_of(raw(MessageKind::compact_block, [&](Encoder& out) {
            encode(out, archive.blocks()[blocks[0]].header);
            out.u64(7);
            write(out);
        }));
    }
    void coinbase(Encoder& out) { encode(out, archive.assemble(blocks[0]).transactions[0]); }
};

TEST_F(CompactBlockBytes, AddNothing) {
    const std::size_t before = newcomer.archive.transactions().size();
    const CompactBlock sent = make_compact_block(archive, blocks[0], 5);
    const Message heard = newcomer.reads(bytes_of(sent));
    EXPECT_EQ(std::get<NewCompactBlock>(heard).outline.short_ids, sent.short_ids);
    const auto block = newcomer.archive.add_header(archive.blocks()[blocks[0]].header).value();
    const Message again = newcomer.reads(bytes_of(sent));
    const auto& compact = std::get<CompactBlock>(again);
    EXPECT_EQ(compact.block, block);
    EXPECT_EQ(compact.short_ids, sent.short_ids);
    EXPECT_EQ(compact.prefilled, sent.prefilled);
    EXPECT_FALSE(newcomer.archive.has_body(compact.block));
    EXPECT_EQ(newcomer.archive.transactions().size(), before);
}

TEST_F(CompactBlockBytes, HoldTheCoinbase) {
    const auto without = [](Encoder& out) {
        out.size(1);
        out.u48(1);
        out.size(0);
    };
    EXPECT_EQ(fault(without), "prefilled count");
    const auto elsewhere = [&](Encoder& out) {
        out.size(1);
        out.u48(1);
        out.size(1);
        out.size(1);
        coinbase(out);
    };
    EXPECT_EQ(fault(elsewhere), "prefilled count");
}

TEST_F(CompactBlockBytes, NameNoPositionThatTheBlockHasNot) {
    const auto two_prefilled = [&](std::uint64_t distance) {
        return [this, distance](Encoder& out) {
            out.size(1);
            out.u48(1);
            out.size(2);
            out.size(0);
            coinbase(out);
            out.size(distance);
            coinbase(out);
        };
    };
    EXPECT_EQ(fault(two_prefilled(0)), "none");
    EXPECT_EQ(fault(two_prefilled(1)), "none") << "the last of three";
    EXPECT_EQ(fault(two_prefilled(2)), "position");
    EXPECT_EQ(fault(two_prefilled(UINT64_MAX)), "position");
}

TEST_F(CompactBlockBytes, HoldNoMoreThanABlockCan) {
    Parameters small = archive.parameters();
    small.block_bytes_max = 1'000;
    Newcomer careful{small};
    const auto bytes_with = [&](std::size_t ids) {
        return raw(MessageKind::compact_block, [&](Encoder& out) {
            encode(out, archive.blocks()[blocks[0]].header);
            out.u64(7);
            out.size(ids);
            out.raw(Bytes(6 * ids));
            out.size(1);
            out.size(0);
            coinbase(out);
        });
    };
    EXPECT_EQ(careful.fault_of(bytes_with(99)), "none");
    EXPECT_EQ(careful.fault_of(bytes_with(100)), "prefilled count");
    EXPECT_EQ(careful.fault_of(bytes_with(101)), "short id count");
}

TEST_F(MessageCodec, QuestionsAboutABlockThatIsNotHereAreRefused) {
    EXPECT_EQ(newcomer.fault_of(bytes_of(GetCompactBlock{.block = blocks[0]})), "block");
    EXPECT_EQ(
        newcomer.fault_of(bytes_of(GetMissingTransactions{.block = blocks[0], .positions = {1}})),
        "block");
    EXPECT_EQ(
        newcomer.fault_of(bytes_of(MissingTransactions{.block = blocks[0], .transactions = {}})),
        "block");
}

TEST_F(MessageCodec, PositionsAreThereAndWithinABlock) {
    const auto fault = [&](std::vector<std::uint64_t> distances) {
        return newcomer.fault_of(raw(MessageKind::get_missing_transactions, [&](Encoder& out) {
            out.raw(archive.parameters().genesis_hash.view());
            out.size(distances.size());
            for (const std::uint64_t distance : distances) out.size(distance);
        }));
    };
    const std::uint64_t most = archive.parameters().block_bytes_max / transaction_bytes_min;
    EXPECT_EQ(fault({}), "position count");
    EXPECT_EQ(fault({0, most - 2}), "none");
    EXPECT_EQ(fault({0, most - 1}), "position");
    EXPECT_EQ(fault({most - 1, 0}), "position");
    EXPECT_EQ(fault({1, UINT64_MAX}), "position");
}

TEST_F(MessageCodec, YesAndNoAreOneAndZero) {
    EXPECT_EQ(newcomer.fault_of(raw(MessageKind::send_compact, [](Encoder& out) { out.u8(2); })),
              "unasked");
}

TEST_F(MessageCodec, TheGreatestBlockFitsInCompactForm) {
    Parameters small = archive.parameters();
    small.block_bytes_max = 2'000;
    small.transaction_bytes_max = 2'000;
    Newcomer reader{small};
    Block block = network.unknown_block_on(genesis_index);
    Transaction& coinbase = block.transactions[0];
    coinbase.outputs.assign(44, coinbase.outputs[0]);
    ASSERT_LE(encoded_size(block), small.block_bytes_max);
    ASSERT_GT(encoded_size(block) + 40, small.block_bytes_max);
    const Bytes bytes = raw(MessageKind::compact_block, [&](Encoder& out) {
        encode(out, block.header);
        out.u64(7);
        out.size(0);
        out.size(1);
        out.size(0);
        encode(out, coinbase);
    });
    EXPECT_EQ(reader.fault_of(bytes), "none");
}

TEST_F(MessageCodec, APaymentMustHaveAPaymentsForm) {
    Transaction empty;
    const std::size_t before = newcomer.archive.transactions().size();
    EXPECT_EQ(
        newcomer.fault_of(raw(MessageKind::payment, [&](Encoder& out) { encode(out, empty); })),
        "no_inputs");
    const Transaction coinbase = archive.assemble(blocks[0]).transactions[0];
    EXPECT_EQ(
        newcomer.fault_of(raw(MessageKind::payment, [&](Encoder& out) { encode(out, coinbase); })),
        "unexpected_coinbase");
    EXPECT_EQ(newcomer.archive.transactions().size(), before);
}

/// Two participants with nothing in common but the network: each has an archive of its own, and
/// all that passes between them is bytes.
TEST(MessagesBetweenMachines, ANewcomerCatchesUpAndHearsOfPayments) {
    TestNetwork network{1};
    for (int i = 0; i < 30; ++i) network.mine(0);
    const auto waiting =
        network.archive().add_transaction(network.payment(0, 0, TestNetwork::person(5).owner));
    network.happen(0, PaymentSubmitted{waiting});

    DirectVerifier verifier;
    Archive archive{network.archive().parameters(), verifier};
    Participant newcomer{archive, TestNetwork::person(7).key, {}, Random{9}};
    const auto wire = network.stranger(0, false);
    RecordedEffects effects{
        archive,
        {.send =
             [&](PeerId, const Message& message) {
                 network.says(*wire,
                              decode_message(encode_message(message, archive), network.archive()));
             },
         .disconnect = [](PeerId) { FAIL(); },
         .set_timer = [](Timer, Time) {}}};
    newcomer.handle(PeerConnected{.peer = PeerId{1}, .outbound = true}, network.now(), effects);
    std::size_t next = 0;
    for (int second = 0; second < 20; ++second, network.run_for(seconds(1))) {
        for (; next < wire->inbox.size(); ++next) {
            const Bytes bytes = encode_message(Message{wire->inbox[next]}, network.archive());
            newcomer.handle(
                MessageArrived{.peer = PeerId{1}, .message = decode_message(bytes, archive)},
                network.now(), effects);
        }
    }
    EXPECT_EQ(newcomer.chain().height(), Height{30});
    EXPECT_EQ(archive.blocks()[newcomer.chain().tip()].hash,
              network.archive().blocks()[network.tip(0)].hash);
    ASSERT_EQ(newcomer.mempool().size(), 1U);
    EXPECT_EQ(archive.transactions()[newcomer.mempool().payments()[0]].full_id,
              network.archive().transactions()[waiting].full_id);
    EXPECT_TRUE(wire->connected);
}

}  // namespace
}  // namespace bezant::test
