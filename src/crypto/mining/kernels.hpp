// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "crypto/mining_kernel.hpp"

namespace bezant::mining {

/// The heart of each kernel: bit i of the result is set if the hash with nonce + i may solve the
/// work, that is, if its most significant 32 bits are at most those of the target. As many nonces
/// as the kernel has lanes, wrapping around at 2^32. Only for processors that have the
/// instructions.
using FindCandidates = std::uint32_t (*)(const MiningWork& work, std::uint32_t nonce);

inline constexpr unsigned scalar_lanes = 1;
std::uint32_t scalar_candidates(const MiningWork& work, std::uint32_t nonce);

#if defined(__x86_64__)
inline constexpr unsigned avx2_lanes = 8;
std::uint32_t avx2_candidates(const MiningWork& work, std::uint32_t nonce);

inline constexpr unsigned sha_ni_lanes = 2;
std::uint32_t sha_ni_candidates(const MiningWork& work, std::uint32_t nonce);

inline constexpr unsigned avx512_lanes = 16;
std::uint32_t avx512_candidates(const MiningWork& work, std::uint32_t nonce);
#endif

}  // namespace bezant::mining
