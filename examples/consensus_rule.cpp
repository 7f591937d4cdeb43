// SPDX-License-Identifier: Apache-2.0
// A consensus rule: of two chains with as much work, honest participants take the first seen. Eyal
// and Sirer (2014, section 6) propose that they toss a coin, so that a selfish miner gains nothing
// by being heard first. Does it help? (docs/extending.md)
#include <fmt/format.h>

#include <deque>
#include <memory>
#include <utility>

#include "chain/fork_choice.hpp"
#include "sim/attacks/make_attack.hpp"
#include "sim/scenario_file.hpp"
#include "sim/topology/topology_spec.hpp"
#include "sim/world.hpp"

namespace bezant {
namespace {

/// Most work wins; at equal work a coin decides, which is one's own and falls the same way whenever
/// it is asked about the same two blocks.
class CoinToss final : public ForkChoice {
public:
    explicit CoinToss(std::uint64_t own) : own_(own) {}

    [[nodiscard]] bool prefers(const BlockTree& blocks, BlockIndex candidate,
                               BlockIndex tip) const override {
        if (blocks[candidate].work != blocks[tip].work)
            return blocks[candidate].work > blocks[tip].work;
        const std::uint64_t pair = std::uint64_t{candidate.value} << 32U | tip.value;
        return (mix_bits(own_ ^ mix_bits(pair)) & 1U) == 1;
    }

private:
    std::uint64_t own_;
};

/// An attack as it is, against honest participants who go by another rule.
class AgainstCoinToss final : public sim::Attack {
public:
    explicit AgainstCoinToss(std::unique_ptr<sim::Attack> attack) : attack_(std::move(attack)) {}

    void prepare(sim::Scenario& scenario, sim::Graph& graph) override {
        attack_->prepare(scenario, graph);
    }
    std::unique_ptr<sim::Actor> take(sim::Seat& seat, sim::AttackControl& control) override {
        if (auto adversary = attack_->take(seat, control)) return adversary;
        seat.options.fork_choice = &rules_.emplace_back(Random{seat.random}.next());
        return nullptr;
    }
    void begun(sim::AttackControl& control) override { attack_->begun(control); }
    void noticed(sim::AttackControl& control, sim::ParticipantId who,
                 const Notice& notice) override {
        attack_->noticed(control, who, notice);
    }
    void woken(sim::AttackControl& control, std::uint64_t tag) override {
        attack_->woken(control, tag);
    }
    [[nodiscard]] bool wants_more() const override { return attack_->wants_more(); }
    [[nodiscard]] sim::AttackOutcome outcome(const sim::World& world) const override {
        return attack_->outcome(world);
    }

private:
    std::unique_ptr<sim::Attack> attack_;
    std::deque<CoinToss> rules_;  ///< which stay where they are
};

/// What selfish mining earns with a fifth of the hash rate, heard first by nearly everyone.
double revenue(bool with_coin_toss) {
    auto scenario = sim::scenario_from_toml(*sim::built_in_file("selfish.toml"), "selfish.toml");
    scenario->attack.hash_share = 200'000;
    scenario->attack.gamma = 1'000'000;
    scenario->checkers = false;
    Random random{1};
    auto topology = sim::topology_from_spec(scenario->topology.generator, scenario->participants,
                                            random, nullptr);
    auto attack = sim::make_attack(scenario->attack);
    if (with_coin_toss) attack = std::make_unique<AgainstCoinToss>(std::move(attack));
    sim::World world{*scenario, topology->graph, std::move(attack)};
    const auto summary = world.run();
    for (const auto& figure : summary.value().attack->figures)
        if (figure.name == "revenue_share") return figure.value;
    return 0;
}

}  // namespace
}  // namespace bezant

int main() {
    const double first_seen = bezant::revenue(false);
    const double coin_toss = bezant::revenue(true);
    fmt::print(
        "with 20 % of the hash rate selfish mining earns {:.1f} % if the first seen counts, "
        "{:.1f} % if a coin decides\n",
        100 * first_seen, 100 * coin_toss);
    return first_seen > 0.2 && coin_toss < 0.2 ? 0 : 1;
}
