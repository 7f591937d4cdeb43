// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"

namespace bezant::sim {

/// How the hash rate is spread over miners.
struct HashRateLaw {
    enum class Kind : std::uint8_t {
        equal,
        normal,  ///< by the normal law; `parameter` is its deviation, as a share of the mean
        zipf,    ///< the k-th has one part in k to the power of `parameter`
    };
    Kind kind = Kind::equal;
    std::uint32_t parameter_ppm = 0;

    friend bool operator==(const HashRateLaw&, const HashRateLaw&) = default;
};

/// Parts of so many miners, in proportion; none is 0. A miner whom the normal law gives less than a
/// thousandth of the mean has that.
[[nodiscard]] std::vector<std::uint64_t> miners_parts(HashRateLaw law, std::uint32_t miners,
                                                      Random random);

}  // namespace bezant::sim
