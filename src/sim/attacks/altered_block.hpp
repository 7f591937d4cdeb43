// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chain/archive.hpp"
#include "chain/ledger_verification.hpp"
#include "crypto/ed25519.hpp"
#include "sim/attacks/deceiver.hpp"

namespace bezant::sim {

/// A payment that lies deep in a chain: the last one of its block, so that nothing else in that
/// block rests on it.
struct BuriedPayment {
    BlockIndex block = no_block;
    TransactionIndex payment = no_transaction;
};

/// The oldest block with a payment that has at least `depth_min` blocks on it, on the way to `tip`.
[[nodiscard]] std::optional<BuriedPayment> find_buried(const Archive& archive, BlockIndex tip,
                                                       std::uint32_t depth_min);

/// A block of history as a tamperer would have it, and how far he went to hide it.
struct AlteredBlock {
    std::string what;
    Block block;
};

/// The same block altered five times, each time with one more trace covered: the payment's amount,
/// then the merkle root, the work, the miner's signature; last the payment is left out instead.
/// Takes as many hashes as three blocks do, where work is searched.
[[nodiscard]] std::vector<AlteredBlock> alter(const Archive& archive, const BuriedPayment& buried,
                                              const SigningKey& tamperer);

/// What `verify_ledger` says of the chain that ends at `tip`, with this block in the place of the
/// one at its height. Linear in the chain.
[[nodiscard]] Result<LedgerAccount, LedgerFault> verify_with(const Archive& archive, BlockIndex tip,
                                                             Height height, const Block& altered);

/// How the tamperer tells a newcomer the altered block in the place of `original`, on the way to
/// `tip`: by all headers up to it, of which those before it are true. Linear in the chain.
[[nodiscard]] Lie lie_of(Archive& archive, BlockIndex tip, BlockIndex original,
                         const Block& altered);

}  // namespace bezant::sim
