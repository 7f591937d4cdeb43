// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "net/running_node.hpp"

namespace bezant::mining {

/// What became of a block that was handed in.
struct BlockVerdict {
    enum class Kind : std::uint8_t {
        taken,    ///< it is on the best chain
        rival,    ///< valid, and a block seen before has as much work
        known,    ///< it was here already, and is not known to break a rule
        refused,  ///< for the rejection
    };

    Kind kind = Kind::taken;
    std::optional<Rejection> rejection{};
};

/// Hands the block in. When this returns, one that was taken is on the disk, and neighbours are
/// told of it as soon as control goes back to the loop.
[[nodiscard]] BlockVerdict submit(net::RunningNode& node, Block block);

}  // namespace bezant::mining
