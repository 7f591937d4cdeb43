// SPDX-License-Identifier: Apache-2.0
// Holds the examples of docs/formats.md, "Store", to the code. A failure prints the example as it
// should be.
#include <gtest/gtest.h>

#include "storage/records.hpp"
#include "tests/support/annotated.hpp"
#include "tests/support/document_examples.hpp"
#include "tests/support/example_ledger.hpp"

namespace bezant::storage {
namespace {

class StoreDocument : public testing::Test {
protected:
    const ExampleLedger ledger = example_ledger();
    Annotated expected;
};

TEST_F(StoreDocument, HeaderAndSums) {
    const BlockRecord record{
        .header = ledger.block.header,
        .sums = {
            .fees = Amount{10'000}, .issued = bezants(10), .destroyed = {}, .supply = bezants(20)}};
    expected.header(record.header);
    expected.amount(record.sums.fees, "fees");
    expected.amount(record.sums.issued, "issued");
    expected.amount(record.sums.destroyed, "destroyed");
    expected.amount(record.sums.supply, "supply");
    const std::string shown = example("store_block");
    EXPECT_EQ(shown, expected.lines());
    EXPECT_EQ(whole(bytes_of_example(shown), decode_block_record), record);
    EXPECT_EQ(bytes_of(record), bytes_of_example(shown));
    expect_fields_in_tables(shown);
}

TEST_F(StoreDocument, SpentCoins) {
    const OutPoint outpoint = ledger.payment.inputs.front().previous;
    const std::vector<SpentCoin> spent{
        {.outpoint = outpoint, .coin = {.output = ledger.coin, .height = Height{0}}}};
    expected.count(1, "coin count");
    expected.raw(outpoint.transaction.view(), "previous transaction");
    expected.u32(outpoint.index, "output index");
    expected.u32(0, "height");
    expected.u8(0, "origin");
    expected.amount(ledger.coin.amount, "amount");
    expected.raw(ledger.coin.owner.view(), "owner");
    const std::string shown = example("store_undo");
    EXPECT_EQ(shown, expected.lines());
    EXPECT_EQ(whole(bytes_of_example(shown), decode_spent_coins), spent);
    EXPECT_EQ(bytes_of(spent), bytes_of_example(shown));
    expect_fields_in_tables(shown);
}

TEST(StoreRecords, KeysOfBlocksSortAsTheirNumbers) {
    EXPECT_EQ(sequence_key(0x0102030405060708), (Bytes{1, 2, 3, 4, 5, 6, 7, 8}));
    EXPECT_EQ(sequence_from_key(sequence_key(77)), 77U);
    EXPECT_FALSE(sequence_from_key(Bytes{1, 2, 3}));
    EXPECT_LT(sequence_key(255), sequence_key(256));
}

TEST(StoreRecords, AnOriginThatIsNoneIsRefused) {
    Bytes bytes = bytes_of(Coin{});
    bytes[4] = 2;
    EXPECT_EQ(whole(bytes, decode_coin).error().reason, DecodeReason::bad_value);
}

}  // namespace
}  // namespace bezant::storage
