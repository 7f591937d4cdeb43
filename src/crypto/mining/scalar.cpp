// SPDX-License-Identifier: Apache-2.0
#include "crypto/mining/kernels.hpp"
#include "crypto/mining/scalar_lane.hpp"

namespace bezant::mining {

std::uint32_t scalar_candidates(const MiningWork& work, std::uint32_t nonce) {
    const std::uint32_t last = last_hash_word<ScalarLane>(work, swap_bytes(nonce));
    return swap_bytes(last) <= work.target_top() ? 1 : 0;
}

}  // namespace bezant::mining
