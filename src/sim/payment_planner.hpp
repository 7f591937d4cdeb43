// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/amount.hpp"
#include "base/random.hpp"
#include "sim/observer.hpp"
#include "sim/scenario.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::sim {

/// Decides who is paid, and how much. Draws are uniform; amounts and fees are whole multiples of a
/// round step where the range has room for one, so that people can read them.
class PaymentPlanner {
public:
    /// The graph must outlive the planner.
    PaymentPlanner(const Graph& graph, const WorkloadSettings& settings, Random random)
        : graph_(graph), settings_(settings), random_(random) {}

    enum class Distance { any, two_hops };

    /// Someone within `hops_max` of the payer, or at two hops exactly; nothing if there is nobody.
    [[nodiscard]] std::optional<ParticipantId> payee(ParticipantId payer, Distance distance);

    struct Sum {
        Amount amount;
        Amount fee;
    };
    /// What someone with this much to spend pays; nothing if it does not reach for the least
    /// amount.
    [[nodiscard]] std::optional<Sum> sum(Amount spendable);

    [[nodiscard]] Random& random() { return random_; }

private:
    /// Participants at each number of hops from 1 to `hops_max`, in ascending order.
    [[nodiscard]] std::vector<std::vector<ParticipantId>> rings_around(ParticipantId payer,
                                                                       std::uint32_t hops_max);
    [[nodiscard]] std::optional<ParticipantId> anyone_but(ParticipantId payer);
    [[nodiscard]] Amount draw(Amount least, Amount most, Amount step);

    const Graph& graph_;
    WorkloadSettings settings_;
    Random random_;
};

}  // namespace bezant::sim
