// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/strategic_miner.hpp"

namespace bezant::sim {

void StrategicMiner::handle(const Event& event, Time now, Effects& effects) {
    const auto* switched = std::get_if<MiningSwitched>(&event);
    if (switched != nullptr && !switched->on && is_secret()) end_race(now, effects);
    SecretMiner::handle(event, now, effects);
    if (switched != nullptr && switched->on && !is_secret()) {
        begin_in_secret({}, now, effects);
        ours_ = secret_tip();
        theirs_ = best_known();
    }
    if (is_secret()) decide(now, effects);
}

/// Nobody is going to mine: what he has is worth something now, or never.
void StrategicMiner::end_race(Time now, Effects& effects) {
    const RaceState state = race();
    if (state.ours > state.theirs) show(secret_tip(), now, effects);
}

RaceState StrategicMiner::race() const {
    const std::uint32_t fork =
        blocks()[blocks().fork_point(secret_tip(), best_known())].height.value;
    return {.ours = blocks()[secret_tip()].height.value - fork,
            .theirs = blocks()[best_known()].height.value - fork,
            .fork = fork_};
}

void StrategicMiner::decide(Time now, Effects& effects) {
    if (adopting_) follow(now, effects);
    const bool is_ours = secret_tip() != ours_ && !blocks().is_ancestor(secret_tip(), best_known());
    const bool is_theirs = best_known() != theirs_;
    ours_ = secret_tip();
    theirs_ = best_known();
    if (!is_ours && !is_theirs) return;
    if (is_theirs)
        fork_ = RaceFork::relevant;
    else if (fork_ != RaceFork::active)
        fork_ = RaceFork::irrelevant;
    const RaceState state = race();
    const bool is_race = state.ours > 0 || state.theirs > 0;
    if (is_race) act(strategy_.choose(state), state, now, effects);
    ours_ = secret_tip();
    theirs_ = best_known();
}

void StrategicMiner::act(RaceAction action, const RaceState& state, Time now, Effects& effects) {
    const Height fork = blocks()[blocks().fork_point(secret_tip(), best_known())].height;
    BlockIndex shown = no_block;
    const auto show_first = [&](std::uint32_t count) {
        shown = blocks().ancestor(secret_tip(), Height{fork.value + count});
        show(shown, now, effects);
    };
    adopting_ = action == RaceAction::adopt;
    if (action == RaceAction::adopt) follow(now, effects);
    if (action == RaceAction::overtake) show_first(state.theirs + 1);
    if (action == RaceAction::match) show_first(state.theirs);
    if (action == RaceAction::match) fork_ = RaceFork::active;
    if (action == RaceAction::adopt || action == RaceAction::overtake) fork_ = RaceFork::irrelevant;
    witness_(state, action, shown);
}

}  // namespace bezant::sim
