// SPDX-License-Identifier: Apache-2.0
#include "fleet/rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "base/hex.hpp"
#include "fleet/fleet_summary.hpp"
#include "fleet/wallet_calls.hpp"
#include "sim/hash_rate.hpp"
#include "sim/round_payments.hpp"

namespace bezant::fleet {

namespace {

using sim::ParticipantId;

/// To breathe between rounds.
constexpr Duration pause_between = milliseconds(500);
constexpr Duration spread_wait_max = seconds(60);
/// How long a tie may last after mining has stopped until it goes on.
constexpr Duration quiet_wait_max = seconds(2);

class Rounds {
public:
    Rounds(Fleet& fleet, const sim::Graph& graph, const std::vector<sim::Observer*>& observers)
        : fleet_(fleet),
          world_(fleet.world()),
          observers_(observers),
          planner_(graph, world_.scenario().workload,
                   Random{world_.scenario().seed}.stream("payments")) {}

    Result<sim::Summary, Failure> run() {
        if (auto unlocked = unlock_wallets(fleet_); !unlocked) return unexpected{unlocked.error()};
        const std::uint32_t rounds = world_.scenario().workload.rounds;
        for (std::uint32_t round = 1; round <= rounds; ++round) {
            if (auto done = run_round(round); !done) return unexpected{done.error()};
        }
        return summarise(fleet_, payments_);
    }

private:
    Result<void, Failure> run_round(std::uint32_t round) {
        for (sim::Observer* const observer : observers_) observer->round_started(world_, round);
        const Height before = world_.archive().blocks()[world_.common_tip()].height;
        if (auto paid = pay(); !paid) return paid;
        if (auto agreed = mine_above(before); !agreed) return agreed;
        world_.tell(observers_);
        world_.set_elapsed(fleet_.elapsed());
        for (sim::Observer* const observer : observers_) observer->round_ended(world_, round);
        return fleet_.pause(pause_between);
    }

    /// All payments of the round, each when its time has come; until everyone has them.
    Result<void, Failure> pay() {
        auto planned = plan();
        if (!planned) return unexpected{planned.error()};
        std::ranges::stable_sort(*planned, {}, &sim::RoundPayment::delay);
        std::vector<std::string> sent;
        const Duration begun = fleet_.elapsed();
        for (const sim::RoundPayment& payment : *planned) {
            const Duration left = payment.delay - (fleet_.elapsed() - begun);
            if (auto waited = fleet_.pause(std::max(left, Duration{})); !waited) return waited;
            auto id = send(fleet_, payment);
            if (!id) return unexpected{id.error()};
            sent.push_back(*std::move(id));
            ++payments_;
        }
        const auto have_spread = [&] {
            return std::ranges::all_of(sent, [&](const std::string& payment) {
                return world_.holders_of(payment) == world_.size();
            });
        };
        return fleet_.wait_until(have_spread, "every node has every payment", spread_wait_max);
    }

    Result<std::vector<sim::RoundPayment>, Failure> plan() {
        std::vector<ParticipantId> all(world_.size());
        std::iota(all.begin(), all.end(), ParticipantId{0});
        std::vector<Amount> spendable;
        for (const ParticipantId who : all) {
            const auto balance = spendable_of(fleet_, who);
            if (!balance) return unexpected{balance.error()};
            spendable.push_back(*balance);
        }
        return plan_round(planner_, world_.scenario().workload, all,
                          [&](ParticipantId who) { return spendable[who]; });
    }

    /// A tie at equal work lasts until one side finds a block: then all mine again.
    Result<void, Failure> mine_above(Height before) {
        while (true) {
            if (auto begun = set_mining(true); !begun) return begun;
            const auto agreed = fleet_.wait_until([&] { return world_.all_agree_above(before); },
                                                  "all agree", std::nullopt);
            if (!agreed) return agreed;
            if (auto ended = set_mining(false); !ended) return ended;
            auto quiet = fleet_.wait_until([&] { return is_quiet() || trouble_; },
                                           "all are on one block", quiet_wait_max);
            if (trouble_) return unexpected{*trouble_};
            if (quiet) return {};
            if (quiet.error().kind != Failure::Kind::check || world_.agreement().tips() == 1)
                return quiet;
        }
    }

    Result<void, Failure> set_mining(bool on) {
        const auto rates = sim::hash_rates(world_.scenario());
        for (ParticipantId who = 0; who < rates.size(); ++who) {
            if (rates[who].per_million_seconds == 0) continue;
            const auto done =
                fleet_.call(who, "setmining", std::array{std::string{on ? "1" : "0"}});
            if (!done) return unexpected{done.error()};
        }
        return {};
    }

    /// Nobody mines: what nodes say now is the last word, once it is what they told before.
    bool is_quiet() {
        if (world_.agreement().tips() != 1) return false;
        const BlockNode& tip = world_.archive().blocks()[world_.common_tip()];
        const std::string expected = to_hex_reversed(tip.hash.view());
        for (ParticipantId who = 0; who < world_.size(); ++who) {
            const auto best = fleet_.call(who, "getbestblockhash");
            if (!best) trouble_ = best.error();
            if (!best || *best != expected) return false;
        }
        return true;
    }

    Fleet& fleet_;
    ObservedFleet& world_;
    const std::vector<sim::Observer*>& observers_;
    sim::PaymentPlanner planner_;
    std::uint64_t payments_ = 0;
    std::optional<Failure> trouble_;
};

}  // namespace

Result<sim::Summary, Failure> run_rounds(Fleet& fleet, const sim::Graph& graph,
                                         const std::vector<sim::Observer*>& observers) {
    return Rounds{fleet, graph, observers}.run();
}

}  // namespace bezant::fleet
