// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.hpp"
#include "crypto/ed25519.hpp"
#include "mempool/mempool.hpp"

namespace bezant {

/// A block on `tip` that lacks only its nonce: the pool's best payments, a coinbase that pays the
/// miner's own key subsidy and fees and is signed by it, the scheduled target, and a time of `now`,
/// or just above the median of the last 11 if `now` is not.
[[nodiscard]] Block make_block_template(const Archive& archive, const Mempool& pool, BlockIndex tip,
                                        const SigningKey& miner, Time now);

}  // namespace bezant
