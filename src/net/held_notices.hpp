// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "base/time.hpp"
#include "node/effects.hpp"

namespace bezant::net {

/// What a participant said, kept until it may be told: when what it rests on is on the disk. What a
/// notice refers to is kept with it; indices must stay good as long.
class HeldNotices {
public:
    using Tell = std::function<void(const Notice& notice, Time at)>;

    void keep(const Notice& notice, Time at);
    /// Tells all, in order, and keeps none.
    void tell(const Tell& tell);

private:
    /// Calls with the notice, which refers to what this has.
    using Kept = std::function<void(const Tell& tell)>;

    std::vector<Kept> kept_;
};

}  // namespace bezant::net
