// SPDX-License-Identifier: Apache-2.0
// Honest participants on bad networks: links that stall and break, crashes, clocks that are wrong,
// pools too small for what is paid; some send blocks compact, some whole.
// Whatever happens, no honest one is dropped for misconduct, and when all is healed they agree.
#include <gtest/gtest.h>

#include "tests/seeds.hpp"
#include "tests/support/test_network.hpp"
#include "tests/unit/node/naive_wallet.hpp"

namespace bezant::test {
namespace {

class Chaos {
public:
    explicit Chaos(std::uint64_t seed)
        : random_(seed), network_(2 + random_.below(8), settings(seed)), links_(random_links()) {
        for (const auto& [left, right] : links_) network_.connect(left, right);
    }

    void rage(int steps) {
        for (int i = 0; i < steps; ++i) {
            something_happens();
            network_.run_for(random_.exponential(seconds(2)));
        }
    }

    void heal() {
        for (std::size_t i = 0; i < network_.size(); ++i) {
            if (!network_.is_running(i)) network_.start(i);
            network_.set_clock_ahead(i, {});
        }
        network_.run_for(seconds(10'000));  // until no block is from the future
        for (const auto& [left, right] : links_) {
            if (!network_.are_connected(left, right)) network_.connect(left, right);
        }
        network_.run_for(seconds(60));
        network_.mine(0);  // breaks any tie
        network_.run_for(seconds(60));
    }

    [[nodiscard]] TestNetwork& network() { return network_; }

private:
    using Link = std::pair<std::size_t, std::size_t>;

    static TestNetwork::Settings settings(std::uint64_t seed) {
        TestNetwork::Settings settings;
        settings.seed = seed;
        settings.jitter = milliseconds(300);
        settings.options.request_timeout = seconds(5);
        settings.options.blocks_in_flight_per_peer_max = 3;
        settings.options.payments_in_flight_per_peer_max = 5;
        settings.options.ping_interval = seconds(30);
        if (seed % 3 != 0) settings.options.block_relay = BlockRelay::compact;
        if (seed % 3 == 1) settings.odd_relay = BlockRelay::headers;
        if (seed % 2 == 0) {
            settings.options.mempool.bytes_max = 1'000;
            settings.options.fee_floor_interval = seconds(20);
        }
        return settings;
    }
    std::vector<Link> random_links() {
        std::vector<Link> links;
        for (std::size_t i = 1; i < network_.size(); ++i) {
            links.emplace_back(random_.below(i), i);
            const std::size_t other = random_.below(i);
            if (other != links.back().first) links.emplace_back(other, i);
        }
        return links;
    }
    std::size_t anyone() { return random_.below(network_.size()); }

    void something_happens() {
        const auto [left, right] = random_.pick(links_);
        const std::size_t who = anyone();
        switch (random_.below(12)) {
            case 0:
                if (network_.is_running(who)) network_.crash(who);
                return;
            case 1:
                if (!network_.is_running(who)) network_.start(who);
                return;
            case 2:
                return network_.disconnect(left, right);
            case 3:
                if (network_.is_running(left) && network_.is_running(right) &&
                    !network_.are_connected(left, right))
                    network_.connect(left, right);
                return;
            case 4:
                return network_.stall(left, right, random_.exponential(seconds(40)));
            case 5:
                return network_.set_clock_ahead(who, seconds(random_.between(-9'000, 9'000)));
            case 6:
            case 7:
            case 8:
                if (network_.is_running(who)) network_.mine(who);
                return;
            default:
                if (network_.is_running(who))
                    network_.pay(who, TestNetwork::person(anyone()).owner,
                                 Amount{1 + random_.below(bezants(2).value)},
                                 Amount{1 + random_.below(10'000)});
        }
    }

    Random random_;
    TestNetwork network_;
    std::vector<Link> links_;
};

TEST(Chaos, HonestParticipantsAreNeverDroppedAndAgreeInTheEnd) {
    for (std::uint64_t seed = 1; seed <= seeds_to_try(60); ++seed) {
        Chaos chaos{seed};
        chaos.rage(120);
        chaos.heal();
        TestNetwork& network = chaos.network();
        ASSERT_TRUE(network.agreed()) << "seed " << seed;
        std::uint64_t owned = 0;
        for (std::size_t i = 0; i < network.size(); ++i) {
            const auto dropped = network.effects(i).of_kind("peer_dropped");
            ASSERT_TRUE(dropped.empty()) << "seed " << seed << ": " << i << " dropped "
                                         << dropped[0].peer->value << " for " << dropped[0].detail;
            for (const Noticed& refused : network.effects(i).of_kind("block_refused"))
                ASSERT_EQ(refused.detail, "time_too_late")
                    << "seed " << seed;  // own, clock set back
            owned += network[i].balance().confirmed.value;
        }
        EXPECT_EQ(owned, network.archive().sums(network.tip(0)).supply.value) << "seed " << seed;
    }
}

void expect_right_wallet(const Participant& participant, const Archive& archive, Amount amount) {
    const NaiveWallet naive{participant, archive};
    const Balance balance = participant.balance();
    EXPECT_EQ(balance.spendable, naive.balance().spendable);
    EXPECT_EQ(balance.immature, naive.balance().immature);
    EXPECT_EQ(balance.incoming, naive.balance().incoming);
    EXPECT_EQ(balance.confirmed, naive.balance().confirmed);
    EXPECT_EQ(participant.spendable(Amount{UINT64_MAX}), balance.spendable);
    EXPECT_GE(participant.spendable(amount), std::min(amount, balance.spendable));
    const auto payment = participant.wallet().pay(
        {.order = 0, .to = TestNetwork::person(0).owner, .amount = amount, .fee = {}},
        participant.chain(), participant.mempool(), archive);
    const auto choice = naive.choice(amount);
    ASSERT_EQ(payment.has_value(), choice.has_value());
    if (!payment) return;
    ASSERT_EQ(payment->inputs.size(), choice->size());
    for (std::size_t i = 0; i < choice->size(); ++i)
        EXPECT_EQ(payment->inputs[i].previous, (*choice)[i]);
}

// Blocks and payments come and go; coins are remembered, spent, given back.
TEST(Chaos, WalletsAreRightAtEveryStep) {
    for (std::uint64_t seed = 1; seed <= seeds_to_try(20); ++seed) {
        SCOPED_TRACE(seed);
        Chaos chaos{seed};
        Random random{seed};
        TestNetwork& network = chaos.network();
        for (int step = 0; step < 60 && !testing::Test::HasFailure(); ++step) {
            chaos.rage(2);
            const std::size_t who = random.below(network.size());
            if (!network.is_running(who)) continue;
            expect_right_wallet(network[who], network.archive(),
                                Amount{1 + random.below(bezants(4).value)});
        }
    }
}

TEST(Chaos, TheSameEventsHaveTheSameEffects) {
    for (std::uint64_t seed = 1; seed <= seeds_to_try(5); ++seed) {
        Chaos first{seed};
        Chaos second{seed};
        first.rage(100);
        second.rage(100);
        for (std::size_t i = 0; i < first.network().size(); ++i) {
            const std::string& transcript = first.network().effects(i).transcript;
            EXPECT_FALSE(transcript.empty());
            EXPECT_EQ(transcript, second.network().effects(i).transcript) << "seed " << seed;
        }
    }
}

}  // namespace
}  // namespace bezant::test
