// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "mining/share_difficulty.hpp"
#include "mining/work_desk.hpp"
#include "mining/worker_book.hpp"

namespace bezant::mining {

/// What all programs of a Stratum server share.
struct StratumDesk {
    /// The node must outlive it.
    explicit StratumDesk(net::RunningNode& served) : node(served), works(served) {}

    net::RunningNode& node;
    WorkDesk works;
    WorkerBook workers;
    /// The same for everybody; nothing: chosen for each program by how fast its shares come.
    std::optional<ShareDifficulty> fixed_difficulty{};
};

}  // namespace bezant::mining
