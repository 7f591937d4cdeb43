// SPDX-License-Identifier: Apache-2.0
// Holds the examples of section "Messages" of docs/formats.md to the code. A failure prints the
// example as it should be.
#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "crypto/short_hash.hpp"
#include "ledger/codec.hpp"
#include "node/compact_block.hpp"
#include "node/message_codec.hpp"
#include "node/message_kind.hpp"
#include "tests/support/annotated.hpp"
#include "tests/support/document_examples.hpp"
#include "tests/support/example_ledger.hpp"

namespace bezant {
namespace {

class MessagesDocument : public testing::Test {
protected:
    void begin(MessageKind kind) { expected.u8(static_cast<std::uint8_t>(kind), "kind"); }
    void payment_id() {
        expected.count(1, "payment count");
        expected.raw(full_transaction_id(ledger.payment).view(), "payment");
    }
    void block_hash_of_block() {
        expected.count(1, "block count");
        expected.raw(block_hash(ledger.block.header).view(), "block");
    }
    void shows(std::string_view name, const Message& message) {
        const std::string shown = example(name);
        EXPECT_EQ(shown, expected.lines());
        const Bytes bytes = bytes_of_example(shown);
        EXPECT_EQ(encode_message(message, archive), bytes);
        EXPECT_EQ(decode_message(bytes, archive), message);
        expect_fields_in_tables(shown);
    }

    const ExampleLedger ledger = example_ledger();
    DirectVerifier verifier;
    Archive archive{ledger.parameters, verifier};
    const BlockIndex block = archive.add_block(ledger.block).value();
    const TransactionIndex payment = archive.add_transaction(ledger.payment);
    Annotated expected;
};

TEST_F(MessagesDocument, Hello) {
    begin(MessageKind::hello);
    expected.u32(1, "version");
    expected.raw(ledger.parameters.genesis_hash.view(), "genesis");
    expected.u64(81985529216486895, "nonce");
    expected.u32(1, "height");
    shows("hello", Hello{.version = 1,
                         .genesis = ledger.parameters.genesis_hash,
                         .nonce = 81985529216486895,
                         .height = Height{1}});
}

TEST_F(MessagesDocument, Ping) {
    begin(MessageKind::ping);
    expected.u64(42, "nonce");
    shows("ping", Ping{.nonce = 42});
}

TEST_F(MessagesDocument, Pong) {
    begin(MessageKind::pong);
    expected.u64(42, "nonce");
    shows("pong", Pong{.nonce = 42});
}

TEST_F(MessagesDocument, Inventory) {
    begin(MessageKind::inventory);
    payment_id();
    shows("inventory", Inventory{.payments = {payment}});
}

TEST_F(MessagesDocument, GetData) {
    begin(MessageKind::get_data);
    payment_id();
    block_hash_of_block();
    shows("get_data", GetData{.payments = {payment}, .blocks = {block}});
}

TEST_F(MessagesDocument, NotFound) {
    begin(MessageKind::not_found);
    payment_id();
    expected.count(0, "block count");
    shows("not_found", NotFound{.payments = {payment}, .blocks = {}});
}

TEST_F(MessagesDocument, Payment) {
    begin(MessageKind::payment);
    expected.transaction(ledger.payment);
    shows("payment", PaymentMessage{.payment = payment});
}

TEST_F(MessagesDocument, GetHeaders) {
    begin(MessageKind::get_headers);
    expected.count(2, "block count");
    expected.raw(block_hash(ledger.block.header).view(), "block");
    expected.raw(ledger.parameters.genesis_hash.view(), "block");
    shows("get_headers", GetHeaders{.locator = {block, genesis_index}});
}

TEST_F(MessagesDocument, Headers) {
    begin(MessageKind::headers);
    expected.count(1, "header count");
    expected.header(ledger.block.header);
    shows("headers", Headers{.headers = {block}});
}

TEST_F(MessagesDocument, Block) {
    begin(MessageKind::block);
    expected.block(ledger.block);
    shows("block_message", BlockMessage{.block = block});
}

TEST_F(MessagesDocument, SendCompact) {
    begin(MessageKind::send_compact);
    expected.u8(1, "unasked");
    shows("send_compact", SendCompact{.unasked = true});
}

TEST_F(MessagesDocument, GetCompactBlock) {
    begin(MessageKind::get_compact_block);
    expected.raw(block_hash(ledger.block.header).view(), "block");
    shows("get_compact_block", GetCompactBlock{.block = block});
}

/// The short id as the document says it is made, from the primitives.
Bytes short_id_of(const Block& block, std::uint64_t nonce, const Transaction& payment) {
    Bytes keyed = encoded(block.header);
    for (unsigned i = 0; i < 8; ++i) keyed.push_back(static_cast<Byte>(nonce >> (8 * i)));
    const Hash256 hash = sha256(keyed);
    const auto key = ShortHashKey::from(hash.view().first<16>());
    std::uint64_t id = short_hash(key, full_transaction_id(payment).view());
    Bytes bytes;
    for (int i = 0; i < 6; ++i, id /= 256) bytes.push_back(static_cast<Byte>(id % 256));
    return bytes;
}

TEST_F(MessagesDocument, CompactBlock) {
    constexpr std::uint64_t nonce = 81985529216486895;
    begin(MessageKind::compact_block);
    expected.header(ledger.block.header);
    expected.u64(nonce, "nonce");
    expected.count(1, "short id count");
    expected.raw(short_id_of(ledger.block, nonce, ledger.payment), "short id");
    expected.count(1, "prefilled count");
    expected.count(0, "position");
    expected.transaction(ledger.block.transactions.front());
    shows("compact_block", make_compact_block(archive, block, nonce));
}

TEST_F(MessagesDocument, GetMissingTransactions) {
    begin(MessageKind::get_missing_transactions);
    expected.raw(block_hash(ledger.block.header).view(), "block");
    expected.count(1, "position count");
    expected.count(1, "position");
    shows("get_missing_transactions", GetMissingTransactions{.block = block, .positions = {1}});
}

TEST_F(MessagesDocument, MissingTransactions) {
    begin(MessageKind::missing_transactions);
    expected.raw(block_hash(ledger.block.header).view(), "block");
    expected.count(1, "transaction count");
    expected.transaction(ledger.payment);
    shows("missing_transactions",
          MissingTransactions{.block = block, .transactions = {ledger.payment}});
}

TEST_F(MessagesDocument, FeeFloor) {
    begin(MessageKind::fee_floor);
    expected.amount(Amount{1'000}, "fee per kilobyte");
    shows("fee_floor", FeeFloor{.fee_per_kilobyte = Amount{1'000}});
}

TEST_F(MessagesDocument, GetAddresses) {
    begin(MessageKind::get_addresses);
    shows("get_addresses", GetAddresses{});
}

TEST_F(MessagesDocument, Addresses) {
    const NetworkAddress first{.host = ipv4_host(93, 184, 216, 34), .port = 7333};
    const NetworkAddress second = network_address_from_text("[2001:4860:4860::8888]:7334").value();
    begin(MessageKind::addresses);
    expected.count(2, "address count");
    expected.u32(1767225600, "heard");
    expected.raw(first.host.view(), "host");
    expected.u16(7333, "port");
    expected.u32(1767225000, "heard");
    expected.raw(second.host.view(), "host");
    expected.u16(7334, "port");
    shows("addresses", Addresses{.addresses = {{.address = first, .heard_at = 1767225600},
                                               {.address = second, .heard_at = 1767225000}}});
}

}  // namespace
}  // namespace bezant
