// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/amount.hpp"
#include "base/strong_integer.hpp"
#include "ledger/block.hpp"
#include "ledger/target.hpp"

namespace bezant {

/// How the target of the next block follows from the chain.
enum class TargetSchedule : std::uint8_t {
    fixed,  ///< always target_limit
    asert,  ///< aserti3-2d, anchored at the genesis block
};

/// Whether a block's hash must show its work.
enum class ProofOfWork : std::uint8_t {
    searched,  ///< it must: nonces are really searched
    sampled,   ///< simulations only: blocks are granted by chance, and the hash is not looked at
};

/// Everything in which one network's rules may differ from another's. A value, passed in: several
/// networks can live in one process.
struct Parameters {
    std::string name;
    std::string address_prefix;
    Block genesis;
    BlockHash genesis_hash;  ///< of genesis.header; signatures are bound to it

    ProofOfWork proof_of_work = ProofOfWork::searched;
    TargetSchedule schedule = TargetSchedule::fixed;
    CompactTarget target_limit;                ///< the easiest target, and the first
    std::uint32_t block_interval_seconds = 0;  ///< what ASERT steers to
    std::uint32_t half_life_seconds = 0;       ///< ASERT's: this far off schedule doubles or halves

    Amount initial_subsidy;
    std::uint32_t halving_interval = 0;   ///< blocks between halvings of the subsidy
    std::uint32_t coinbase_maturity = 0;  ///< blocks until a coinbase's coins can be spent
    std::uint32_t block_bytes_max = 0;
    std::uint32_t transaction_bytes_max = 0;
    std::uint32_t future_seconds_max =
        0;  ///< how far ahead of a participant's clock a block may be

    friend bool operator==(const Parameters&, const Parameters&) = default;
};

/// What the coinbase of a block of this height may claim beside fees: nothing at height 0, whose
/// allocation is part of the parameters; the initial subsidy from height 1 on, halved (rounded
/// down) after each `halving_interval` blocks.
[[nodiscard]] Amount subsidy_at(Height height, const Parameters& parameters);

/// All that can ever exist on the network: genesis allocation and every subsidy. The bound of every
/// sum of money. Parameters from outside are asked for the checked one, which gives nothing if 64
/// bits cannot hold it.
[[nodiscard]] std::optional<Amount> checked_maximum_supply(const Parameters& parameters);
[[nodiscard]] Amount maximum_supply(const Parameters& parameters);

/// What has been issued when a chain is this high, if every miner claims all that it may.
[[nodiscard]] Amount scheduled_supply(Height height, const Parameters& parameters);

/// A genesis block that allocates these outputs. Its coinbase has no signature, its nonce is not
/// searched: it is valid because the parameters say so.
[[nodiscard]] Block make_genesis(std::string_view network, std::uint32_t time, CompactTarget target,
                                 std::span<const Output> allocation);

/// The built-in networks: "main", "test", "local", "classroom". `allocation` is added to the
/// genesis block; main and test take none. Nothing for another name.
[[nodiscard]] std::optional<Parameters> built_in_parameters(
    std::string_view name, std::span<const Output> allocation = {});

}  // namespace bezant
