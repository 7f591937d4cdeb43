// SPDX-License-Identifier: Apache-2.0
// Holds the examples of docs/formats.md, "Index records", to the code. A failure prints the example
// as it should be.
#include <gtest/gtest.h>

#include "storage/index_records.hpp"
#include "storage/indexed_block.hpp"
#include "storage/records.hpp"
#include "tests/support/annotated.hpp"
#include "tests/support/document_examples.hpp"
#include "tests/support/example_ledger.hpp"

namespace bezant::storage {
namespace {

class IndexDocument : public testing::Test {
protected:
    template <class Record>
    void expect_example(std::string_view name, const Record& record, Record (*decode)(Decoder&)) {
        const std::string shown = example(std::string{name});
        EXPECT_EQ(shown, expected.lines());
        EXPECT_EQ(whole(bytes_of_example(shown), decode), record);
        EXPECT_EQ(bytes_of(record), bytes_of_example(shown));
        expect_fields_in_tables(shown);
    }

    const ExampleLedger ledger = example_ledger();
    const SpentCoin coin{ledger.payment.inputs.front().previous, {ledger.coin, Height{0}}};
    const PublicKeyHash alice = ledger.coin.owner;
    /// What the example's block says of Alice, whom the genesis block gave her coin.
    const IndexedBlock block =
        indexed({block_hash(ledger.block.header), Height{1}, ledger.block, std::span{&coin, 1}});
    Annotated expected;
};

TEST_F(IndexDocument, Place) {
    expected.u32(1, "height");
    expected.u32(1, "position");
    ASSERT_EQ(block.ids.at(1), transaction_id(ledger.payment));
    expect_example("index_place", TransactionPlace{Height{1}, 1}, decode_transaction_place);
}

TEST_F(IndexDocument, Entry) {
    const auto touch = std::ranges::find(block.touches, alice, &AddressTouch::owner);
    ASSERT_NE(touch, block.touches.end());
    ASSERT_EQ(touch->position, 1U);
    const AddressEntry first{.id = {},
                             .received = ledger.coin.amount,
                             .spent = {},
                             .balance = ledger.coin.amount,
                             .number = 1};
    const Amount change = ledger.payment.outputs.back().amount;
    expected.raw(transaction_id(ledger.payment).view(), "transaction id");
    expected.amount(change, "received");
    expected.amount(ledger.coin.amount, "spent");
    expected.amount(change, "balance");
    expected.u32(2, "number");
    expect_example("index_entry", entry_after(first, *touch, block.ids.at(1)),
                   decode_address_entry);
}

TEST_F(IndexDocument, Coin) {
    const Amount change = ledger.payment.outputs.back().amount;
    expected.amount(change, "amount");
    expected.u8(0, "origin");
    expect_example("index_coin", AddressCoin{change, false}, decode_address_coin);
}

TEST(IndexRecords, KeysOfAnAddressSortAsThingsHappened) {
    PublicKeyHash owner;
    owner.bytes.fill(0xff);
    const auto key = [&](std::uint32_t height, std::uint32_t position) {
        return history_key(owner, {Height{height}, position});
    };
    EXPECT_LT(key(255, 7), key(256, 0));
    EXPECT_LT(key(1, 255), key(1, 256));
    EXPECT_LT(key(9, UINT32_MAX), history_end(owner, Height{10}));
    EXPECT_LT(history_end(owner, Height{10}), key(10, 0));
    EXPECT_LT(key(UINT32_MAX, UINT32_MAX), end_of(history_prefix(owner)));
    EXPECT_EQ(place_from_key(key(1, 256)), (TransactionPlace{Height{1}, 256}));
    const OutPoint outpoint{.transaction = {}, .index = 256};
    const Bytes coin = address_coin_key(owner, Height{3}, outpoint);
    EXPECT_EQ(coin_from_key(coin), std::pair(Height{3}, outpoint));
    EXPECT_GT(coin, end_of(history_prefix(owner)));
    EXPECT_LT(coin, end_of(coins_prefix(owner)));
    EXPECT_FALSE(place_from_key(coin));
    EXPECT_FALSE(coin_from_key(key(1, 256)));
}

TEST(IndexRecords, AnOriginThatIsNoneIsRefused) {
    Bytes bytes = bytes_of(AddressCoin{});
    bytes.back() = 2;
    EXPECT_EQ(whole(bytes, decode_address_coin).error().reason, DecodeReason::bad_value);
}

}  // namespace
}  // namespace bezant::storage
