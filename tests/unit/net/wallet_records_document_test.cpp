// SPDX-License-Identifier: Apache-2.0
// Holds the examples of docs/formats.md, "Wallet records", to the code. A failure prints the
// example as it should be.
#include <gtest/gtest.h>

#include "net/wallet/wallet_meaning.hpp"
#include "storage/records.hpp"
#include "tests/support/annotated.hpp"
#include "tests/support/document_examples.hpp"
#include "tests/support/example_ledger.hpp"

namespace bezant::net {
namespace {

/// Of Alice, who has one key and pays Bob, as a wallet that receives with it.
class WalletRecordsDocument : public testing::Test {
protected:
    const ExampleLedger ledger = example_ledger();
    Annotated expected;

    [[nodiscard]] WalletPayment payment() const {
        wallet::AccountKeys keys;
        keys[0].keys = {ledger.payment.inputs.front().public_key};
        const wallet::Keyring alice{{.coin_type = 1, .account = 0}, 20, keys};
        WalletPayment payment = meaning_of(ledger.payment, transaction_id(ledger.payment),
                                           std::span{&ledger.coin, 1}, alice);
        payment.time = ledger.block.header.time;
        return payment;
    }

    void annotate(const WalletPayment& payment) {
        expected.raw(payment.id.view(), "transaction id");
        expected.u32(payment.time, "time");
        expected.u8(2, "kind");
        expected.amount(payment.received, "received");
        expected.amount(payment.sent, "sent");
        expected.amount(payment.fee, "fee");
        expected.u32(1, "counterparts");
        expected.count(1, "counterpart count");
        expected.amount(bezants(3), "amount");
        expected.raw(ledger.payment.outputs.front().owner.view(), "owner");
    }
};

TEST_F(WalletRecordsDocument, Position) {
    const WalletPosition position{.tip = block_hash(ledger.block.header),
                                  .birthday = Height{0},
                                  .keys = {KeyCounts{.used = 1, .issued = 2, .watched = 121},
                                           KeyCounts{.used = 0, .issued = 1, .watched = 120}}};
    expected.raw(position.tip.view(), "tip");
    expected.u32(0, "birthday");
    for (const KeyCounts& branch : position.keys) {
        expected.u32(branch.used, "used");
        expected.u32(branch.issued, "issued");
        expected.u32(branch.watched, "watched");
    }
    const std::string shown = example("wallet_position");
    EXPECT_EQ(shown, expected.lines());
    EXPECT_EQ(whole(bytes_of_example(shown), decode_wallet_position), position);
    EXPECT_EQ(storage::bytes_of(position), bytes_of_example(shown));
    expect_fields_in_tables(shown);
}

TEST_F(WalletRecordsDocument, Payment) {
    const WalletPayment shown_payment = payment();
    annotate(shown_payment);
    const std::string shown = example("wallet_payment");
    EXPECT_EQ(shown, expected.lines());
    EXPECT_EQ(whole(bytes_of_example(shown), decode_wallet_payment), shown_payment);
    EXPECT_EQ(storage::bytes_of(shown_payment), bytes_of_example(shown));
    expect_fields_in_tables(shown);
    // Whether it is ours the example does not say by itself.
    EXPECT_EQ(shown_payment.sent, ledger.coin.amount);
    EXPECT_EQ(shown_payment.fee, Amount{10'000});
}

TEST_F(WalletRecordsDocument, Pending) {
    TransactionId rival;
    rival.bytes.fill(0xaa);
    const PendingPayment pending{.payment = payment(),
                                 .transaction = ledger.payment,
                                 .full_id = full_transaction_id(ledger.payment),
                                 .rivals = {rival}};
    annotate(pending.payment);
    expected.transaction(ledger.payment);
    expected.count(1, "rival count");
    expected.raw(rival.view(), "rival");
    const std::string shown = example("wallet_pending");
    EXPECT_EQ(shown, expected.lines());
    EXPECT_EQ(whole(bytes_of_example(shown), decode_pending_payment), pending);
    EXPECT_EQ(storage::bytes_of(pending), bytes_of_example(shown));
    expect_fields_in_tables(shown);
}

TEST_F(WalletRecordsDocument, KeysSortAsThingsHappened) {
    const WalletId wallet = ledger.coin.owner;
    const auto key = [&](std::uint32_t height, std::uint32_t position) {
        return history_key(wallet, {Height{height}, position});
    };
    EXPECT_LT(key(1, 500), key(2, 0));
    EXPECT_LT(key(2, 255), key(2, 256));
    const Bytes first = key(0x01020304, 0x05060708);
    EXPECT_TRUE(std::ranges::equal(ByteView{first}.first(32), wallet.view()));
    EXPECT_EQ(Bytes(first.begin() + 32, first.end()), (Bytes{2, 1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST_F(WalletRecordsDocument, RecordsOfOthersAreLeftAloneAndBadOnesRefused) {
    WalletBooks books;
    WalletId other = ledger.coin.owner;
    const Bytes key = pending_key(other, {});
    other.bytes[0] ^= 1U;
    EXPECT_TRUE(read_record(books, other, key, {}));
    EXPECT_TRUE(books.pending.empty());
    EXPECT_FALSE(read_record(books, ledger.coin.owner, key, {}));
    Bytes unknown = position_key(ledger.coin.owner);
    unknown.back() = 4;
    EXPECT_FALSE(read_record(books, ledger.coin.owner, unknown, {}));
    Bytes bad_kind = storage::bytes_of(payment());
    bad_kind[36] = 3;
    EXPECT_FALSE(whole(bad_kind, decode_wallet_payment));
}

TEST_F(WalletRecordsDocument, OfManyCounterpartsTheFirstAreKept) {
    Transaction wide = ledger.payment;
    wide.outputs.assign(20, Output{Amount{1}, ledger.payment.outputs.front().owner});
    wallet::AccountKeys keys;
    keys[0].keys = {ledger.payment.inputs.front().public_key};
    const wallet::Keyring alice{{.coin_type = 1, .account = 0}, 20, keys};
    const WalletPayment meaning =
        meaning_of(wide, transaction_id(wide), std::span{&ledger.coin, 1}, alice);
    EXPECT_EQ(meaning.counterparts.size(), counterparts_max);
    EXPECT_EQ(meaning.counterpart_count, 20U);
}

}  // namespace
}  // namespace bezant::net
