// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/race_model.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"

namespace bezant::sim {

namespace {

constexpr std::uint32_t forks = 3;
/// Chance that a race gets longer than where it is cut off, unless that is the longest cut. What a
/// cut costs him is far less: he still wins the race.
constexpr double rare = 2e-2;
constexpr std::uint32_t cut_min = 8;
constexpr std::uint32_t cut_max = 40;
/// How near the best rule's share is found.
constexpr double ratio_tolerance = 1e-6;
constexpr double gain_tolerance = 1e-7;
/// So much better an action must be to be taken for one that is listed before it.
constexpr double tie_margin = 1e-7;
constexpr int sweeps_max = 100'000;

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

/// A rule that was worked out; beyond the cut he does what the cut makes him do.
class TabledStrategy final : public MiningStrategy {
public:
    TabledStrategy(std::vector<RaceAction> table, std::uint32_t length_max)
        : table_(std::move(table)), length_max_(length_max) {}

    [[nodiscard]] RaceAction choose(const RaceState& state) const override {
        if (state.ours < length_max_ && state.theirs < length_max_) {
            const std::size_t row = std::size_t{state.ours} * (length_max_ + 1) + state.theirs;
            return table_[row * forks + static_cast<std::size_t>(state.fork)];
        }
        if (state.theirs > state.ours) return RaceAction::adopt;
        return state.ours > state.theirs ? RaceAction::overtake : RaceAction::wait;
    }

private:
    std::vector<RaceAction> table_;
    std::uint32_t length_max_;
};

}  // namespace

RaceModel::RaceModel(const Odds& odds) : odds_(odds), length_max_(cut_for(odds.share)) {
    CHECK(odds.share < 0.5, "with half of all hash rate a race need never end");
    const std::uint32_t states = (length_max_ + 1) * (length_max_ + 1) * forks;
    for (StateNumber at = 0; at < states; ++at) {
        first_choice_.push_back(static_cast<std::uint32_t>(choices_.size()));
        add_choices(state(at));
    }
    first_choice_.push_back(static_cast<std::uint32_t>(choices_.size()));
}

RaceModel::StateNumber RaceModel::number(const RaceState& state) const {
    return (state.ours * (length_max_ + 1) + state.theirs) * forks +
           static_cast<StateNumber>(state.fork);
}

RaceState RaceModel::state(StateNumber number) const {
    const StateNumber lengths = number / forks;
    return {.ours = lengths / (length_max_ + 1),
            .theirs = lengths % (length_max_ + 1),
            .fork = static_cast<RaceFork>(number % forks)};
}

void RaceModel::add_choices(const RaceState& state) {
    for (const RaceAction action :
         {RaceAction::adopt, RaceAction::overtake, RaceAction::match, RaceAction::wait})
        if (is_possible(action, state, length_max_)) add_choice(state, action);
}

// Table 1 of the paper.
void RaceModel::add_choice(const RaceState& state, RaceAction action) {
    const auto [ours, theirs, fork] = state;
    const double us = odds_.share;
    const double others = 1 - us;
    Choice made{.action = action};
    if (action == RaceAction::adopt) {
        made.theirs = theirs;
        made.ways = {Way{us, number({1, 0, RaceFork::irrelevant})},
                     Way{others, number({0, 1, RaceFork::relevant})}};
    } else if (action == RaceAction::overtake) {
        made.ours = theirs + 1;
        made.ways = {Way{us, number({ours - theirs, 0, RaceFork::irrelevant})},
                     Way{others, number({ours - theirs - 1, 1, RaceFork::relevant})}};
    } else if (action == RaceAction::match || fork == RaceFork::active) {
        // An active fork has as many blocks of his as of theirs; one that has not is never reached.
        const double on_ours = ours >= theirs ? others * odds_.tie_share : 0;
        made.ours = on_ours * theirs;
        made.ways = {
            Way{us, number({ours + 1, theirs, RaceFork::active})},
            Way{others - on_ours, number({ours, theirs + 1, RaceFork::relevant})},
            Way{on_ours, number({ours >= theirs ? ours - theirs : 0, 1, RaceFork::relevant})}};
    } else {
        made.ways = {Way{us, number({ours + 1, theirs, RaceFork::irrelevant})},
                     Way{others, number({ours, theirs + 1, RaceFork::relevant})}};
    }
    choices_.push_back(made);
}

const RaceModel::Choice& RaceModel::choice(StateNumber state, RaceAction action) const {
    const std::uint32_t first = first_choice_[state];
    for (std::uint32_t at = first; at < first_choice_[state + 1]; ++at)
        if (choices_[at].action == action) return choices_[at];
    return choices_[first];  // at the cut he cannot choose
}

// The chances of all states, step by step, until what a stretch of steps settles is what the one
// before, half as long, has settled.
double RaceModel::revenue_of(const MiningStrategy& strategy) const {
    const std::size_t states = first_choice_.size() - 1;
    std::vector<const Choice*> chosen(states);
    for (StateNumber at = 0; at < states; ++at)
        chosen[at] = &choice(at, strategy.choose(state(at)));
    Values chances(states);
    chances[number({})] = 1;
    double before = -1;
    constexpr double settled = 1e-11;
    for (int stretch = 64; stretch < sweeps_max; stretch *= 2) {
        double ours = 0;
        double theirs = 0;
        for (int step = 0; step < stretch; ++step) {
            Values next(states);
            for (StateNumber at = 0; at < states; ++at) {
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

double RaceModel::worth(const Choice& choice, double ratio, const Values& values) {
    double worth = (1 - ratio) * choice.ours - ratio * choice.theirs;
    for (const Way& way : choice.ways) worth += way.chance * values[way.to];
    return worth;
}

/// Whether some rule earns more than this share: whether it gains, where a block of his counts
/// 1 - ratio, and one of theirs -ratio. Value iteration; the gain lies between the least and the
/// greatest change of a sweep (Odoni 1969). `values` is where it begins, and ends.
bool RaceModel::is_exceeded(double ratio, Values& values) const {
    Values next(values.size());
    for (int sweep = 0; sweep < sweeps_max; ++sweep) {
        double least = 1e9;
        double greatest = -1e9;
        for (StateNumber at = 0; at < values.size(); ++at) {
            double best = -1e9;
            for (std::uint32_t i = first_choice_[at]; i < first_choice_[at + 1]; ++i)
                best = std::max(best, worth(choices_[i], ratio, values));
            next[at] = best;
            least = std::min(least, best - values[at]);
            greatest = std::max(greatest, best - values[at]);
        }
        const double base = next.front();
        for (double& value : next) value -= base;
        std::swap(next, values);
        if (least > 0) return true;
        if (greatest < 0) return false;
        if (greatest - least < gain_tolerance) return least + greatest > 0;
    }
    return false;
}

std::unique_ptr<MiningStrategy> RaceModel::best_strategy() const {
    const std::size_t states = first_choice_.size() - 1;
    Values values(states);
    double low = odds_.share;  // honest mining earns it
    double high = odds_.share / (1 - odds_.share);
    while (high - low > ratio_tolerance) {
        const double middle = (low + high) / 2;
        (is_exceeded(middle, values) ? low : high) = middle;
    }
    std::vector<RaceAction> table(states);
    for (StateNumber at = 0; at < states; ++at) {
        double best = -1e9;
        for (std::uint32_t i = first_choice_[at]; i < first_choice_[at + 1]; ++i) {
            const double worth_here = worth(choices_[i], low, values);
            if (worth_here <= best + tie_margin) continue;
            best = worth_here;
            table[at] = choices_[i].action;
        }
    }
    return std::make_unique<TabledStrategy>(std::move(table), length_max_);
}

double selfish_revenue(const RaceModel::Odds& odds) {
    const double a = odds.share;
    const double g = odds.tie_share;
    return (a * (1 - a) * (1 - a) * (4 * a + g * (1 - 2 * a)) - a * a * a) /
           (1 - a * (1 + (2 - a) * a));
}

double selfish_threshold(double tie_share) { return (1 - tie_share) / (3 - 2 * tie_share); }

}  // namespace bezant::sim
