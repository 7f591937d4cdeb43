// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/mining_kernel.hpp"
#include "ledger/block.hpp"

namespace bezant {

/// What a miner's own header, whose target is well-formed, gives to search.
[[nodiscard]] MiningWork mining_work_of(const BlockHeader& header);

}  // namespace bezant
