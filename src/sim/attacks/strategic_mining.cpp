// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/strategic_mining.hpp"

#include <fmt/format.h>

#include <utility>

#include "sim/attacks/best_strategy.hpp"
#include "sim/attacks/make_attack.hpp"
#include "sim/attacks/miner_share.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/attacks/strategic_miner.hpp"
#include "sim/attacks/tie_network.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr PartsPerMillion strategic_mining_share_usual = 350'000;
/// What he takes for the share that mines on his block in a tie where he cannot know it.
constexpr double tie_share_guessed = 0.5;
/// So many blocks are mined, where the scenario has rounds.
constexpr std::uint32_t strategic_mining_blocks_usual = 1'000;

double as_number(PartsPerMillion share) { return static_cast<double>(share) / one_million; }

std::unique_ptr<MiningStrategy> strategy_of(AttackKind kind, const RaceOdds& odds) {
    if (kind == AttackKind::optimal_selfish) return best_strategy(RaceModel{odds});
    return std::make_unique<SelfishStrategy>(SelfishStrategy::Stubborn{
        .in_lead = kind == AttackKind::lead_stubborn || kind == AttackKind::stubborn,
        .in_tie = kind == AttackKind::fork_stubborn || kind == AttackKind::stubborn});
}

/// What a decision means, the first time that it is made.
std::string explained(const RaceState& state, RaceAction action, ParticipantId miner) {
    const std::string who = called(miner);
    switch (action) {
        case RaceAction::adopt:
            return fmt::format(
                "the others are {} ahead: {} gives up his own branch and mines on "
                "theirs",
                counted(state.theirs - state.ours, "block"), who);
        case RaceAction::overtake:
            return fmt::format(
                "with {} since the fork against {} of the others, {} shows {}: "
                "theirs are lost, and the work in them",
                counted(state.ours, "block"), state.theirs, who, state.theirs + 1);
        case RaceAction::match:
            return fmt::format(
                "others have found a block, and {} shows one of the same height: "
                "whoever hears of it first mines on it",
                who);
        case RaceAction::wait:
            return fmt::format("{} has found a block, tells nobody, and mines on it", who);
    }
    return {};
}

}  // namespace

void StrategicMining::prepare(Scenario& scenario, Graph& graph) {
    make_stream(scenario.workload, strategic_mining_blocks_usual);
    give_share(scenario, settings_.attacker,
               settings_.hash_share.value_or(strategic_mining_share_usual));
    believed_tie_share_ = tie_share_guessed;
    if (settings_.gamma)
        believed_tie_share_ = as_number(make_tie_network(scenario, graph, *settings_.gamma));
    shares_ = scenario.mining.shares;
    strategy_ = strategy_of(settings_.kind, odds());
}

RaceOdds StrategicMining::odds() const {
    return {.share = as_number(shares_[settings_.attacker]), .tie_share = tie_share()};
}

double StrategicMining::tie_share() const {
    return ties_.mean_share().value_or(believed_tie_share_);
}

std::unique_ptr<Actor> StrategicMining::take(Seat& seat, AttackControl& control) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<StrategicMiner>(
        seat, *strategy_,
        [this, &control](const RaceState& state, RaceAction action, BlockIndex shown) {
            decided(control, state, action, shown);
        });
}

void StrategicMining::decided(AttackControl& control, const RaceState& state, RaceAction action,
                              BlockIndex shown) {
    if (action == RaceAction::match) ties_.begin(shown);
    if (action == RaceAction::adopt || action == RaceAction::overtake) ties_.drop();
    bool& told = told_.at(static_cast<std::size_t>(action));
    if (told) return;
    told = true;
    story_.tell(control.world().elapsed(), explained(state, action, settings_.attacker));
}

void StrategicMining::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    const auto* mined = std::get_if<BlockMined>(&notice);
    if (mined == nullptr || who == settings_.attacker) return;
    ties_.end(control.world(), {.by = who, .block = mined->block}, settings_.attacker, shares_);
}

AttackOutcome StrategicMining::outcome(const World& world) const {
    const MinerShare found = share_of_miner(world, settings_.attacker);
    const double revenue = found.revenue();
    const RaceOdds odds = this->odds();
    const double theory = settings_.kind == AttackKind::selfish
                              ? selfish_revenue(odds)
                              : RaceModel{odds}.revenue_of(*strategy_);
    AttackOutcome outcome{.name = std::string{to_text(settings_.kind)},
                          .succeeded = revenue > odds.share,
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = {},
                          .figures = {}};
    const auto figure = [&](std::string name, std::string meaning, double value,
                            std::optional<double> expected = {}) {
        outcome.figures.push_back({std::move(name), std::move(meaning), value, expected});
    };
    figure("hash_share", "his share of the hash rate", odds.share);
    figure("revenue_share", "his share of the main chain's blocks", revenue, theory);
    figure("tie_share", "of the others' hash rate, on his block in a tie", odds.tie_share,
           settings_.gamma ? std::optional{believed_tie_share_} : std::nullopt);
    figure("ties", "ties that one of the others ended", static_cast<double>(ties_.count()));
    figure("threshold", "from this hash share on selfish mining pays",
           selfish_threshold(odds.tie_share));
    figure("blocks", "blocks of the main chain", static_cast<double>(found.main_chain()));
    figure("stale_his", "his blocks that were lost", static_cast<double>(found.his_lost));
    figure("stale_others", "the others' blocks that were lost",
           static_cast<double>(found.others_lost));
    outcome.detail = fmt::format(
        "With {:.1f} % of the hash rate {} has {:.1f} % of the main chain's {}; by theory {:.1f} "
        "%. Honest mining would have earned what the hash rate is. {} of the others' blocks were "
        "lost.",
        100 * odds.share, called(settings_.attacker), 100 * revenue,
        counted(found.main_chain(), "block"), 100 * theory, found.others_lost);
    return outcome;
}

}  // namespace bezant::sim
