// SPDX-License-Identifier: Apache-2.0
// A wallet on a participant among others: money that waits, paying, and what is lost.
#include "net/wallet/live_wallet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/address.hpp"
#include "tests/seeds.hpp"
#include "tests/support/error_of.hpp"
#include "tests/unit/net/wallet_node.hpp"
#include "wallet/signing.hpp"

namespace bezant::net {
namespace {

using test::TestNetwork;
using testing::HasSubstr;

TestNetwork::Settings settings(std::uint64_t seed) {
    TestNetwork::Settings settings;
    settings.seed = seed;
    settings.jitter = milliseconds(100);
    if (seed % 2 == 0) settings.options.block_relay = BlockRelay::compact;
    return settings;
}

void connect_all(TestNetwork& network) {
    for (std::size_t i = 1; i < network.size(); ++i) network.connect(0, i);
}

/// Money of the owner, worked out from the chain, the pool, and what the owner has sent.
WalletBalance naive_balance(WalletNode& node, const std::vector<Transaction>& sent) {
    NaiveWallet naive = node.naive();
    std::map<TransactionId, Transaction> waiting;
    const auto is_gone = [&](const Transaction& payment) {
        return naive.transactions.contains(transaction_id(payment)) ||
               std::ranges::any_of(payment.inputs, [&](const Input& input) {
                   return naive.spenders.contains(input.previous);
               });
    };
    for (const Transaction& payment : node.pool()) waiting[transaction_id(payment)] = payment;
    for (const Transaction& payment : sent)
        if (!is_gone(payment)) waiting[transaction_id(payment)] = payment;
    std::map<OutPoint, Output> outputs = naive.outputs;
    std::set<OutPoint> reserved;
    for (const auto& [id, payment] : waiting) {
        for (const Input& input : payment.inputs) reserved.insert(input.previous);
        for (std::uint32_t i = 0; i < payment.outputs.size(); ++i)
            outputs[{id, i}] = payment.outputs[i];
    }
    WalletBalance balance;
    for (const auto& [outpoint, coin] : naive.coins) {
        if (reserved.contains(outpoint)) continue;
        const bool mature = !coin.coinbase || naive.height + 1 >= coin.height.value + 2;
        (mature ? balance.spendable : balance.immature).value += coin.output.amount.value;
    }
    for (const auto& [id, payment] : waiting) {
        const bool made_here = std::ranges::all_of(payment.inputs, [&](const Input& input) {
            return naive.is_ours(outputs.at(input.previous));
        });
        for (std::uint32_t i = 0; i < payment.outputs.size(); ++i) {
            if (!naive.is_ours(payment.outputs[i]) || reserved.contains({id, i})) continue;
            (made_here ? balance.waiting_change : balance.waiting_incoming).value +=
                payment.outputs[i].amount.value;
        }
    }
    return balance;
}

SendOrder order_of(Amount amount, const PublicKeyHash& to, std::uint64_t rate = 3) {
    return {.outputs = {{amount, to}}, .units_per_byte = rate};
}

/// Payments to and from the wallet, blocks, forks and restarts.
TEST(LiveWallet, HasTheMoneyThatChainAndPoolSay) {
    std::size_t paid = 0;
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(3); ++seed) {
        SCOPED_TRACE(seed);
        TestNetwork network{4, settings(seed)};
        WalletNode node{network};
        node.unlock();
        connect_all(network);
        Random random{seed};
        std::vector<Transaction> sent;
        for (int step = 0; step < 250; ++step) {
            const std::size_t who = 1 + random.below(network.size() - 1);
            if (random.chance(1, 3)) {
                network.pay(who, node.address(), Amount{1 + random.below(bezants(1).value)},
                            Amount{1'000 + random.below(1'000)});
            } else if (random.chance(1, 3)) {
                const Amount amount{1 + random.below(node.wallet().balance().spendable.value + 1)};
                if (auto payment = node.pay(order_of(amount, TestNetwork::person(who).owner, 10)))
                    sent.push_back(*payment);
            } else if (random.chance(1, 20)) {
                node.restart();
                node.unlock();
                for (const Transaction& again : node.wallet().to_hand_in()) node.hand_in(again);
            } else {
                network.mine(who);
                if (random.chance(1, 3)) network.mine(random.below(network.size()));
            }
            network.run_for(random.exponential(milliseconds(500)));
            ASSERT_EQ(node.wallet().balance(), naive_balance(node, sent)) << step;
        }
        paid += sent.size();
        EXPECT_NE(node.archive().window_edge(), genesis_index) << "it forgets what is buried";
    }
    EXPECT_GT(paid, 30U);
}

class WalletAmongOthers : public testing::Test {
protected:
    WalletAmongOthers() {
        connect_all(network);
        node.unlock();
    }
    /// Somebody pays the wallet, and it is confirmed.
    void earn(Amount amount = bezants(1), std::size_t times = 1) {
        for (std::size_t i = 0; i < times; ++i) {
            network.pay(1, node.address(), Amount{amount.value - 10'000}, Amount{10'000});
            network.run_for(seconds(5));
        }
        network.mine(1);
        network.run_for(seconds(5));
    }
    [[nodiscard]] PublicKeyHash stranger() const { return TestNetwork::person(2).owner; }
    [[nodiscard]] std::optional<HistoryItem> item_of(const Transaction& payment) {
        for (const HistoryItem& item : node.wallet().history(SIZE_MAX))
            if (item.payment.id == transaction_id(payment)) return item;
        return std::nullopt;
    }
    std::optional<SendFault> fault(const SendOrder& order) {
        return error_of(node.wallet().pay(order, random, network.now()));
    }

    TestNetwork network{3};
    WalletNode node{network};
    Random random{3};
};

TEST_F(WalletAmongOthers, WhatWaitsIsSeenAtOnce) {
    network.pay(1, node.address(), Amount{5'000}, Amount{1'000});
    network.run_for(seconds(5));
    EXPECT_EQ(node.wallet().balance(), (WalletBalance{.spendable = {},
                                                      .immature = {},
                                                      .waiting_change = {},
                                                      .waiting_incoming = Amount{5'000}}));
    const HistoryItem waiting = node.wallet().history(10).front();
    EXPECT_EQ(waiting.status, PaymentStatus::waiting);
    EXPECT_EQ(waiting.confirmations, 0U);
    EXPECT_EQ(waiting.payment.received, Amount{5'000});
    EXPECT_EQ(waiting.payment.counterparts.front().owner, TestNetwork::person(1).owner);
    EXPECT_EQ(waiting.payment.time, wallet_seconds(network.now() - seconds(5)));
    EXPECT_EQ(fault(order_of(Amount{1'000}, stranger(), 1)), SendFault::insufficient_funds)
        << "nobody lends on a stranger's promise";
    network.mine(1);
    network.run_for(seconds(5));
    EXPECT_EQ(node.wallet().balance().spendable, Amount{5'000});
    EXPECT_EQ(node.wallet().history(10).front().confirmations, 1U);
}

TEST_F(WalletAmongOthers, OfWhatWaitsOnlySoMuchIsRemembered) {
    node.waiting_of_others_max = 3;
    node.restart();
    const PublicKeyHash address = node.address();
    for (std::size_t coin = 0; coin < 5; ++coin) node.hand_in(network.payment(1, coin, address));
    EXPECT_EQ(node.participant().mempool().size(), 5U);
    EXPECT_EQ(node.wallet().history(10).size(), 3U);
    network.mine(0);
    EXPECT_EQ(node.wallet().history(10).size(), 5U) << "all that is confirmed is known";
    node.hand_in(network.payment(1, 5, address));
    EXPECT_EQ(node.wallet().history(10).front().status, PaymentStatus::waiting)
        << "there is room again";
}

TEST_F(WalletAmongOthers, PaysWithChangeToAKeyOfItsOwn) {
    earn();
    const auto payment = node.pay(order_of(Amount{30'000'000}, stranger()));
    ASSERT_TRUE(payment);
    network.run_for(seconds(5));
    const HistoryItem item = item_of(*payment).value();
    EXPECT_EQ(item.payment.kind, PaymentKind::ours);
    EXPECT_EQ(item.payment.fee, Amount{3 * encoded_size(*payment)});
    ASSERT_EQ(item.payment.counterparts.size(), 1U);
    EXPECT_EQ(item.payment.counterparts.front(), (Output{Amount{30'000'000}, stranger()}));
    EXPECT_EQ(node.wallet().balance().spendable, Amount{});
    EXPECT_EQ(node.wallet().balance().waiting_change, item.payment.received);
    for (const UnspentCoin& coin : node.wallet().unspent()) {
        if (coin.confirmations > 0) continue;
        EXPECT_EQ(coin.path.branch, wallet::KeyBranch::change);
    }
    EXPECT_EQ(network[1].mempool().size(), 1U) << "others have it";
    network.mine(2);
    network.run_for(seconds(5));
    EXPECT_EQ(item_of(*payment)->confirmations, 1U);
}

TEST_F(WalletAmongOthers, SpendsNoCoinTwice) {
    earn(bezants(1), 4);
    std::set<OutPoint> spent;
    for (int i = 0; i < 4; ++i) {
        const auto payment = node.pay(order_of(Amount{60'000'000}, stranger()));
        ASSERT_TRUE(payment);
        for (const Input& input : payment->inputs) EXPECT_TRUE(spent.insert(input.previous).second);
        network.run_for(seconds(1));
    }
    // Now only change of its own payments is left.
    const auto chained = node.pay(order_of(Amount{50'000'000}, stranger()));
    ASSERT_TRUE(chained);
    network.run_for(seconds(1));
    EXPECT_EQ(network[1].mempool().size(), 5U);
}

TEST_F(WalletAmongOthers, KeepsWhatItSentOverARestart) {
    earn();
    const auto payment = node.pay(order_of(Amount{30'000'000}, stranger()));
    ASSERT_TRUE(payment);
    node.restart();
    EXPECT_EQ(node.participant().mempool().size(), 0U);
    EXPECT_EQ(item_of(*payment)->status, PaymentStatus::waiting);
    node.unlock();
    EXPECT_EQ(fault(order_of(bezants(1), stranger())), SendFault::insufficient_funds);
    ASSERT_EQ(node.wallet().to_hand_in(), std::vector{*payment});
    node.hand_in(*payment);
    EXPECT_TRUE(node.wallet().to_hand_in().empty());
    EXPECT_EQ(node.wallet().give_up(transaction_id(*payment)).error(), GiveUpFault::held)
        << "others may have it, too";
}

TEST_F(WalletAmongOthers, GivesUpWhatNobodyHolds) {
    earn();
    const auto payment = node.wallet().pay(order_of(Amount{30'000'000}, stranger()), random, {});
    ASSERT_TRUE(payment);
    EXPECT_EQ(node.wallet().balance().spendable, Amount{});
    EXPECT_TRUE(node.wallet().give_up(transaction_id(*payment)));
    EXPECT_EQ(node.wallet().give_up(transaction_id(*payment)).error(), GiveUpFault::unknown);
    EXPECT_EQ(node.wallet().balance().spendable, Amount{bezants(1).value - 10'000});
    node.restart();
    EXPECT_FALSE(item_of(*payment));
    EXPECT_TRUE(node.wallet().to_hand_in().empty());
}

TEST_F(WalletAmongOthers, TellsOfAnAttemptedDoubleSpend) {
    const Transaction honest = network.payment(1, 0, node.address());
    const Transaction rival = network.payment(1, 0, stranger());
    node.hand_in(honest);
    node.hand_in(rival);
    ASSERT_EQ(node.told.size(), 1U);
    EXPECT_EQ(node.told[0].kind, WalletNotice::Kind::double_spend_attempted);
    EXPECT_EQ(node.told[0].payment.id, transaction_id(honest));
    EXPECT_EQ(node.told[0].rival, transaction_id(rival));
    const std::string text = to_text(node.told[0], "tbzt");
    EXPECT_THAT(text, HasSubstr("ATTEMPTED DOUBLE SPEND: "));
    EXPECT_THAT(text, HasSubstr("which pays you 0.99999 BZT from " +
                                address_of(TestNetwork::person(1).owner, "tbzt")));
    // Between strangers it is nobody's business here.
    node.hand_in(network.payment(1, 1, stranger()));
    node.hand_in(network.payment(1, 1, TestNetwork::person(1).owner));
    EXPECT_EQ(node.told.size(), 1U);
}

TEST_F(WalletAmongOthers, TellsOfAPaymentThatAnotherTookTheCoinsOf) {
    const Transaction honest = network.payment(1, 0, node.address());
    const Transaction child = network.payment_of(
        coin_of(network.payment(1, 1, TestNetwork::person(2).owner), 0, TestNetwork::person(2)),
        node.address());
    node.hand_in(honest);
    node.hand_in(network.payment(1, 1, TestNetwork::person(2).owner));
    node.hand_in(child);
    EXPECT_EQ(node.wallet().history(10).size(), 2U);
    const std::vector<Transaction> rivals{network.payment(1, 0, stranger()),
                                          network.payment(1, 1, TestNetwork::person(1).owner)};
    const BlockIndex block = network.block_on(genesis_index, rivals, Amount{2'000});
    const auto outsider = network.stranger(0);
    network.says(*outsider, Headers{.headers = {block}});
    network.says(*outsider, BlockMessage{block});
    const auto tell = [&] {
        EXPECT_EQ(item_of(honest)->status, PaymentStatus::lost);
        EXPECT_EQ(item_of(honest)->rivals, std::vector{transaction_id(rivals[0])});
        EXPECT_EQ(item_of(child)->status, PaymentStatus::lost)
            << "it builds on a stranger's payment that was lost";
        EXPECT_EQ(item_of(child)->rivals, std::vector{transaction_id(rivals[1])});
        EXPECT_EQ(node.wallet().balance(), WalletBalance{});
    };
    ASSERT_EQ(network.tip(0), block);
    tell();
    // The participant says that somebody tried, and then the chain, that it came to pass.
    std::vector<WalletNotice> lost = node.told;
    std::erase_if(lost, [](const WalletNotice& notice) {
        return notice.kind != WalletNotice::Kind::payment_lost;
    });
    ASSERT_EQ(lost.size(), 2U);
    for (const WalletNotice& notice : lost)
        EXPECT_THAT(to_text(notice, "tbzt"), HasSubstr("PAYMENT LOST: "));
    node.restart();
    tell();
}

TEST_F(WalletAmongOthers, ThePasswordOpensItForAWhile) {
    node.wallet().lock();
    EXPECT_FALSE(node.wallet().locks_at());
    EXPECT_EQ(fault(order_of(Amount{1'000}, stranger())), SendFault::locked);
    EXPECT_THAT(node.wallet().unlock("wrong horse", network.now()).error(), HasSubstr("password"));
    EXPECT_FALSE(node.wallet().is_unlocked());
    const Time end = network.now() + seconds(60);
    ASSERT_TRUE(node.wallet().unlock(WalletNode::password, end));
    EXPECT_EQ(node.wallet().locks_at(), end);
}

TEST_F(WalletAmongOthers, WhatWatchesPreparesAndSignsElsewhere) {
    earn();
    node.use(wallet::watch_only(node.wallet().file()));
    network.crash(0);
    network.start(0);
    connect_all(network);
    EXPECT_EQ(node.wallet().unlock(WalletNode::password, network.now()).error(),
              "this wallet only watches");
    EXPECT_EQ(fault(order_of(Amount{1'000}, stranger())), SendFault::locked);
    const auto payment = node.wallet().prepare(order_of(Amount{30'000'000}, stranger()), random);
    ASSERT_TRUE(payment);
    EXPECT_EQ(node.wallet().balance().spendable, Amount{bezants(1).value - 10'000});
    const auto done =
        wallet::sign(*payment, wallet::keyring_of(7), network.archive().parameters().genesis_hash);
    ASSERT_TRUE(done && done->is_complete());
    node.hand_in(done->transaction);
    network.run_for(seconds(1));
    EXPECT_EQ(node.wallet().balance().spendable, Amount{}) << "now the coins are spoken for";
    network.crash(0);
    network.start(0);
    EXPECT_EQ(node.wallet().to_hand_in(), std::vector{done->transaction});
}

TEST_F(WalletAmongOthers, RefusesOrdersThatMakeNoSense) {
    earn();
    EXPECT_EQ(fault({.outputs = {}, .units_per_byte = 1}), SendFault::out_of_range);
    EXPECT_EQ(fault(order_of(Amount{}, stranger())), SendFault::out_of_range);
    EXPECT_EQ(fault({.outputs = {{Amount{1}, stranger()}, {Amount{UINT64_MAX}, stranger()}},
                     .units_per_byte = 1}),
              SendFault::out_of_range);
    EXPECT_EQ(fault(order_of(bezants(100), stranger())), SendFault::insufficient_funds);
    for (int i = 0; i <= static_cast<int>(SendFault::not_written); ++i)
        EXPECT_FALSE(to_text(static_cast<SendFault>(i)).empty());
}

TEST_F(WalletAmongOthers, AddressesGoOnAfterARestart) {
    const PublicKeyHash first = node.wallet().issue_address().value();
    const wallet::WalletFile old = node.file();
    network.crash(0);
    node.use(old);  // as it was before: only the store knows of the address
    network.start(0);
    const PublicKeyHash second = node.wallet().issue_address().value();
    EXPECT_EQ(node.wallet().keyring().path_of(first), wallet::receiving(0));
    EXPECT_EQ(node.wallet().keyring().path_of(second), wallet::receiving(1));
    for (std::uint32_t i = 2; i < wallet::gap_limit_usual; ++i)
        EXPECT_TRUE(node.wallet().issue_address());
    EXPECT_THAT(node.wallet().issue_address().error(), HasSubstr("too many addresses"));
}

TEST_F(WalletAmongOthers, KeysThatComeLateAreLookedForFromTheStart) {
    // A wallet that knows only its first key, and the chain has coins of the 19th.
    wallet::Keyring all = wallet::keyring_of(7);
    wallet::WalletFile narrow = node.file();
    narrow.keys = all.keys();
    for (wallet::BranchKeys& branch : narrow.keys) branch.keys.resize(2);
    const PublicKeyHash late = wallet::owner_at(all, wallet::receiving(18));
    network.pay(1, late, Amount{5'000}, Amount{1'000});
    network.pay(2, wallet::owner_at(all, wallet::receiving(1)), Amount{3'000}, Amount{1'000});
    network.run_for(seconds(5));
    network.mine(1);
    network.run_for(seconds(5));
    EXPECT_EQ(node.wallet().balance().spendable, Amount{8'000});
    network.crash(0);
    node.use(narrow);
    network.start(0);
    EXPECT_EQ(node.wallet().balance().spendable, Amount{3'000});
    node.unlock();
    EXPECT_FALSE(node.wallet().is_complete());
    EXPECT_EQ(fault(order_of(Amount{1'000}, stranger())), SendFault::scanning);
    ASSERT_TRUE(node.wallet().scan().value());
    EXPECT_EQ(node.wallet().balance().spendable, Amount{8'000});
    EXPECT_EQ(node.wallet().file().keys[0].used, 19U);
    // Those derived beyond are nobody's yet: nothing is read again for them.
    node.restart();
    node.unlock();
    EXPECT_TRUE(node.wallet().is_complete());
}

}  // namespace
}  // namespace bezant::net
