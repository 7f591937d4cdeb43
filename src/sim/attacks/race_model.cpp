// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/race_model.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"

namespace bezant::sim {

namespace {

/// Chance that a race gets longer than where it is cut off, unless that is the longest cut. What a
/// cut costs him is far less: he still wins the race.
constexpr double rare = 2e-2;
constexpr std::uint32_t cut_min = 8;
constexpr std::uint32_t cut_max = 40;
constexpr int stretch_max = 100'000;

std::uint32_t cut_for(double share) {
    const double step = 4 * share * (1 - share);  // a block of each more, and no end
    std::uint32_t length = 1;
    double chance = step;
    while (chance > rare && length < cut_max) {
        chance *= step;
        ++length;
    }
    return std::max(length, cut_min);
}

bool is_possible(RaceAction action, const RaceState& state, std::uint32_t length_max) {
    const bool is_cut = state.ours == length_max || state.theirs == length_max;
    switch (action) {
        case RaceAction::adopt:
            return state.theirs > state.ours || (is_cut && state.theirs == state.ours);
        case RaceAction::overtake:
            return state.ours > state.theirs;
        case RaceAction::match:
            return !is_cut && state.fork == RaceFork::relevant && state.ours >= state.theirs;
        case RaceAction::wait:
            return !is_cut;
    }
    return false;
}

}  // namespace

RaceModel::RaceModel(const RaceOdds& odds) : odds_(odds), states_(cut_for(odds.share)) {
    CHECK(odds.share < 0.5, "with half of all hash rate a race need never end");
    for (RaceStateNumber at = 0; at < states_.count(); ++at) {
        first_choice_.push_back(static_cast<std::uint32_t>(choices_.size()));
        add_choices(states_.state(at));
    }
    first_choice_.push_back(static_cast<std::uint32_t>(choices_.size()));
}

void RaceModel::add_choices(const RaceState& state) {
    for (const RaceAction action :
         {RaceAction::adopt, RaceAction::overtake, RaceAction::match, RaceAction::wait})
        if (is_possible(action, state, states_.length_max())) add_choice(state, action);
}

// Table 1 of the paper.
void RaceModel::add_choice(const RaceState& state, RaceAction action) {
    const auto [ours, theirs, fork] = state;
    const double us = odds_.share;
    const double others = 1 - us;
    const auto at = [this](const RaceState& next) { return states_.number(next); };
    Choice made{.action = action};
    if (action == RaceAction::adopt) {
        made.theirs = theirs;
        made.ways = {Way{us, at({1, 0, RaceFork::irrelevant})},
                     Way{others, at({0, 1, RaceFork::relevant})}};
    } else if (action == RaceAction::overtake) {
        made.ours = theirs + 1;
        made.ways = {Way{us, at({ours - theirs, 0, RaceFork::irrelevant})},
                     Way{others, at({ours - theirs - 1, 1, RaceFork::relevant})}};
    } else if (action == RaceAction::match || fork == RaceFork::active) {
        // An active fork has as many blocks of his as of theirs; one that has not is never reached.
        const double on_ours = ours >= theirs ? others * odds_.tie_share : 0;
        made.ours = on_ours * theirs;
        made.ways = {Way{us, at({ours + 1, theirs, RaceFork::active})},
                     Way{others - on_ours, at({ours, theirs + 1, RaceFork::relevant})},
                     Way{on_ours, at({ours >= theirs ? ours - theirs : 0, 1, RaceFork::relevant})}};
    } else {
        made.ways = {Way{us, at({ours + 1, theirs, RaceFork::irrelevant})},
                     Way{others, at({ours, theirs + 1, RaceFork::relevant})}};
    }
    choices_.push_back(made);
}

std::span<const RaceModel::Choice> RaceModel::choices(RaceStateNumber state) const {
    const std::uint32_t first = first_choice_[state];
    return std::span{choices_}.subspan(first, first_choice_[state + 1] - first);
}

const RaceModel::Choice& RaceModel::choice(RaceStateNumber state, RaceAction action) const {
    const std::span<const Choice> possible = choices(state);
    const auto chosen = std::ranges::find(possible, action, &Choice::action);
    return chosen == possible.end() ? possible.front() : *chosen;  // at the cut he cannot choose
}

// The chances of all states, step by step, until what a stretch of steps settles is what the one
// before, half as long, has settled.
double RaceModel::revenue_of(const MiningStrategy& strategy) const {
    const RaceStateNumber states = states_.count();
    std::vector<const Choice*> chosen(states);
    for (RaceStateNumber at = 0; at < states; ++at)
        chosen[at] = &choice(at, strategy.choose(states_.state(at)));
    std::vector<double> chances(states);
    chances[states_.number({})] = 1;
    double before = -1;
    constexpr double settled = 1e-11;
    for (int stretch = 64; stretch < stretch_max; stretch *= 2) {
        double ours = 0;
        double theirs = 0;
        for (int step = 0; step < stretch; ++step) {
            std::vector<double> next(states);
            for (RaceStateNumber at = 0; at < states; ++at) {
                if (chances[at] == 0) continue;
                ours += chances[at] * chosen[at]->ours;
                theirs += chances[at] * chosen[at]->theirs;
                for (const Way& way : chosen[at]->ways) next[way.to] += chances[at] * way.chance;
            }
            chances = std::move(next);
        }
        const double revenue = ours / (ours + theirs);
        if (revenue - before < settled && before - revenue < settled) return revenue;
        before = revenue;
    }
    return before;
}

}  // namespace bezant::sim
