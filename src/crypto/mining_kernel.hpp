// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/bytes.hpp"
#include "base/uint256.hpp"

namespace bezant {

/// The bytes of a block header as Bitcoin has them; the last four are the nonce, least significant
/// byte first.
using HeaderBytes = std::array<Byte, 80>;

/// A header that wants a nonce, worked out as far as it can be without one: every kernel hashes the
/// first 64 bytes and the first three rounds of the rest only here. One compression to make.
class MiningWork {
public:
    /// A nonce is found when the double SHA-256 of the header with it, as a number with the least
    /// significant byte first, is at most the target. The header's own nonce does not matter.
    MiningWork(const HeaderBytes& header, const Uint256& target);

    using Words = std::array<std::uint32_t, 8>;

    /// SHA-256 state after the first 64 bytes.
    [[nodiscard]] const Words& midstate() const { return midstate_; }
    /// The same after three rounds of the next block, which do not depend on the nonce.
    [[nodiscard]] const Words& state_before_nonce() const { return state_before_nonce_; }
    /// Bytes 64 to 75 as the three big-endian words before the nonce.
    [[nodiscard]] const std::array<std::uint32_t, 3>& tail() const { return tail_; }
    /// The most significant 32 bits of the target: nearly every hash fails on these alone.
    [[nodiscard]] std::uint32_t target_top() const;
    /// True if this nonce's hash is at most the target: the whole comparison, on the
    /// whole hash.
    [[nodiscard]] bool is_solved_by(std::uint32_t nonce) const;

private:
    HeaderBytes header_;
    Uint256 target_;
    Words midstate_;
    Words state_before_nonce_;
    std::array<std::uint32_t, 3> tail_;
};

/// A way to search. All find the same nonces; they differ in the processors that they run on, and
/// in millions of nonces a second: in brackets those of one core at 2.6 GHz (Intel Sapphire
/// Rapids), where libsodium's double SHA-256 of 80 bytes makes 1.7. bench/sha256_bench.cpp measures
/// them.
enum class Kernel : Byte {
    scalar,  ///< portable C++, one nonce at a time [3.1]
    avx2,    ///< x86, eight nonces at a time [13]
    sha_ni,  ///< x86 with SHA extensions, two nonces at a time [16]
    avx512,  ///< x86 with AVX-512F, sixteen nonces at a time [35]
};

/// The kernel's name: "scalar", "avx2", "sha_ni", "avx512".
[[nodiscard]] std::string_view to_text(Kernel kernel);

/// The kernels that this processor can run, slowest first.
[[nodiscard]] std::span<const Kernel> available_kernels();

/// The last of them.
[[nodiscard]] Kernel fastest_kernel();

/// The lowest nonce in [first, first + count), cut off at 2^32, that solves the work; nothing if
/// none does. The kernel must be available.
[[nodiscard]] std::optional<std::uint32_t> search_nonces(const MiningWork& work,
                                                         std::uint32_t first, std::uint64_t count,
                                                         Kernel kernel = fastest_kernel());

}  // namespace bezant
