// SPDX-License-Identifier: Apache-2.0
#include "sim/digest.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/unit/sim/test_ledger.hpp"

namespace bezant::sim {
namespace {

constexpr Time start{1'767'225'600'000'000};

std::string digest_of(const Archive& archive, const EventOrder& order, Time at,
                      const Event& event) {
    RunDigest digest{archive};
    digest.add(order, at, event);
    return digest.to_text();
}

TEST(RunDigest, DependsOnAllThatAnEventSays) {
    test::TestLedger ledger;
    const EventOrder order{start, EventKind::message, 1, 2, 3};
    const auto with_message = [](Message message) {
        return Event{MessageArrived{PeerId{1}, std::move(message)}};
    };
    const Transaction other = ledger.payment(1, 2);
    const Hello hello{.version = 1, .genesis = {}, .nonce = 1, .height = {}};
    const NetworkAddress address{.host = ipv4_host(1, 2, 3, 4), .port = 5};
    const NetworkAddress elsewhere{.host = ipv4_host(1, 2, 3, 4), .port = 6};
    const std::vector<Event> events{
        Started{},
        PeerConnected{PeerId{1}, false},
        PeerConnected{PeerId{1}, true},
        PeerConnected{PeerId{1}, true, address},
        PeerConnected{PeerId{1}, true, elsewhere},
        PeerDisconnected{PeerId{2}},
        TimerFired{{.kind = TimerKind::ping, .peer = PeerId{1}}},
        TimerFired{{.kind = TimerKind::ping, .peer = PeerId{2}}},
        MiningSwitched{true},
        NonceFound{.job = 1, .nonce = 5},
        NonceFound{.job = 5, .nonce = 1},
        PaymentOrdered{{.order = 1, .to = {}, .amount = Amount{2}, .fee = Amount{3}}},
        PaymentOrdered{{.order = 1, .to = {}, .amount = Amount{3}, .fee = Amount{2}}},
        PaymentSubmitted{TransactionIndex{9}},
        DialFailed{address},
        DialFailed{elsewhere},
        AddressesGiven{{address}},
        AddressesGiven{{address, elsewhere}},
        BlockSubmitted{Boxed{Block{}}},
        BlockSubmitted{Boxed{Block{.header = {}, .transactions = {other}}}},
        with_message(hello),
        with_message(Ping{1}),
        with_message(Pong{1}),
        with_message(Inventory{{TransactionIndex{1}}}),
        with_message(Inventory{{TransactionIndex{1}, TransactionIndex{0}}}),
        with_message(GetData{{TransactionIndex{1}}, {}}),
        with_message(GetData{{}, {BlockIndex{1}}}),
        with_message(NotFound{{TransactionIndex{1}}, {}}),
        with_message(PaymentMessage{TransactionIndex{1}}),
        with_message(GetHeaders{{BlockIndex{1}}}),
        with_message(Headers{{BlockIndex{1}}}),
        with_message(BlockMessage{BlockIndex{1}}),
        with_message(GetHeaders{{BlockIndex{1}}, BlockHash{}}),
        with_message(NewHeaders{}),
        with_message(NewHeaders{{BlockHeader{}}}),
        with_message(NewBlock{Boxed{Block{}}}),
        with_message(NewBlock{Boxed{Block{.header = {}, .transactions = {other}}}}),
        with_message(NewPayment{Boxed{Transaction{}}, full_transaction_id(Transaction{})}),
        with_message(NewPayment{Boxed{other}, full_transaction_id(other)}),
        with_message(NewCompactBlock{Boxed{BlockHeader{}}, CompactBlock{no_block, 0, {}, {}}}),
        with_message(NewCompactBlock{Boxed{BlockHeader{}}, CompactBlock{no_block, 1, {}, {}}}),
        with_message(Malformed{"kind"}),
        with_message(Malformed{"size"}),
        with_message(SendCompact{.unasked = false}),
        with_message(SendCompact{.unasked = true}),
        with_message(GetCompactBlock{BlockIndex{1}}),
        with_message(CompactBlock{BlockIndex{1}, 2, {3}, {}}),
        with_message(CompactBlock{BlockIndex{1}, 3, {2}, {}}),
        with_message(CompactBlock{BlockIndex{1}, 2, {3}, {{.position = 0, .transaction = {}}}}),
        with_message(CompactBlock{BlockIndex{1}, 2, {3}, {{.position = 1, .transaction = {}}}}),
        with_message(CompactBlock{BlockIndex{1}, 2, {3}, {{.position = 0, .transaction = other}}}),
        with_message(GetMissingTransactions{BlockIndex{1}, {1}}),
        with_message(GetMissingTransactions{BlockIndex{1}, {2}}),
        with_message(MissingTransactions{BlockIndex{1}, {Transaction{}}}),
        with_message(MissingTransactions{BlockIndex{1}, {other}}),
        with_message(FeeFloor{Amount{1}}),
        with_message(FeeFloor{Amount{2}}),
        with_message(GetAddresses{}),
        with_message(Addresses{{{.address = address, .heard_at = 1}}}),
        with_message(Addresses{{{.address = address, .heard_at = 2}}}),
        with_message(Addresses{{{.address = elsewhere, .heard_at = 1}}}),
    };
    std::set<std::string> seen;
    for (const Event& event : events) {
        EXPECT_TRUE(seen.insert(digest_of(ledger.archive, order, start, event)).second)
            << event.index();
    }
}

TEST(RunDigest, DependsOnWhenAndBetweenWhom) {
    test::TestLedger ledger;
    std::set<std::string> seen;
    for (const EventOrder& order :
         {EventOrder{start, EventKind::timer, 1, 2, 3}, EventOrder{start, EventKind::poke, 1, 2, 3},
          EventOrder{start, EventKind::timer, 2, 2, 3},
          EventOrder{start, EventKind::timer, 1, 1, 3}}) {
        EXPECT_TRUE(seen.insert(digest_of(ledger.archive, order, start, Started{})).second);
        EXPECT_TRUE(
            seen.insert(digest_of(ledger.archive, order, start + microseconds(1), Started{}))
                .second);
    }
}

TEST(RunDigest, DependsOnTheHashesOfFacts) {
    test::TestLedger one;
    test::TestLedger other;
    const EventOrder order{start, EventKind::timer, 1, 2, 3};
    EXPECT_EQ(digest_of(one.archive, order, start, Started{}),
              digest_of(other.archive, order, start, Started{}));
    static_cast<void>(one.archive.add_transaction(one.payment(1, 2)));
    static_cast<void>(other.archive.add_transaction(other.payment(1, 0)));
    EXPECT_NE(digest_of(one.archive, order, start, Started{}),
              digest_of(other.archive, order, start, Started{}));
}

}  // namespace
}  // namespace bezant::sim
