// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/best_strategy.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace bezant::sim {

namespace {

/// How near the best rule's share is found.
constexpr double ratio_tolerance = 1e-6;
constexpr double gain_tolerance = 1e-7;
/// So much better an action must be to be taken for one that is listed before it.
constexpr double tie_margin = 1e-7;
constexpr int value_sweeps_max = 100'000;

using Values = std::vector<double>;  ///< by state

/// A rule that was worked out; beyond the cut he does what the cut makes him do.
class TabledStrategy final : public MiningStrategy {
public:
    TabledStrategy(const RaceStates& states, std::vector<RaceAction> table)
        : states_(states), table_(std::move(table)) {}

    [[nodiscard]] RaceAction choose(const RaceState& state) const override {
        if (state.ours < states_.length_max() && state.theirs < states_.length_max())
            return table_[states_.number(state)];
        if (state.theirs > state.ours) return RaceAction::adopt;
        return state.ours > state.theirs ? RaceAction::overtake : RaceAction::wait;
    }

private:
    RaceStates states_;
    std::vector<RaceAction> table_;
};

double worth(const RaceModel::Choice& choice, double ratio, const Values& values) {
    double worth = (1 - ratio) * choice.ours - ratio * choice.theirs;
    for (const RaceModel::Way& way : choice.ways) worth += way.chance * values[way.to];
    return worth;
}

/// Whether some rule earns more than this share: whether it gains, where a block of his counts
/// 1 - ratio, and one of theirs -ratio. Value iteration; the gain lies between the least and the
/// greatest change of a sweep (Odoni 1969). `values` is where it begins, and ends.
bool is_exceeded(const RaceModel& model, double ratio, Values& values) {
    Values next(values.size());
    for (int sweep = 0; sweep < value_sweeps_max; ++sweep) {
        double least = 1e9;
        double greatest = -1e9;
        for (RaceStateNumber at = 0; at < values.size(); ++at) {
            double best = -1e9;
            for (const RaceModel::Choice& choice : model.choices(at))
                best = std::max(best, worth(choice, ratio, values));
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

}  // namespace

std::unique_ptr<MiningStrategy> best_strategy(const RaceModel& model) {
    Values values(model.states().count());
    double low = model.odds().share;  // honest mining earns it
    double high = low / (1 - low);
    while (high - low > ratio_tolerance) {
        const double middle = (low + high) / 2;
        (is_exceeded(model, middle, values) ? low : high) = middle;
    }
    std::vector<RaceAction> table(model.states().count());
    for (RaceStateNumber at = 0; at < table.size(); ++at) {
        double best = -1e9;
        for (const RaceModel::Choice& choice : model.choices(at)) {
            const double worth_here = worth(choice, low, values);
            if (worth_here <= best + tie_margin) continue;
            best = worth_here;
            table[at] = choice.action;
        }
    }
    return std::make_unique<TabledStrategy>(model.states(), std::move(table));
}

}  // namespace bezant::sim
