// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.hpp"
#include "crypto/mining_kernel.hpp"
#include "node/effects.hpp"
#include "sim/hash_rate.hpp"

namespace bezant::sim {

/// A real search for a nonce under a virtual clock: attempt i (from 1) of a miner with rate h ends
/// i / h after the job began. A slice of nonces is searched when virtual time reaches it, so that
/// nothing is hashed for a job that has been replaced; what is found, and when, does not depend on
/// the size of slices nor on this machine's speed.
class NonceSearch {
public:
    NonceSearch(const MiningJob& job, Time began, HashRate rate, std::uint64_t slice_nonces);

    [[nodiscard]] std::uint64_t job() const { return job_; }
    /// When the next slice begins.
    [[nodiscard]] Time next_slice() const { return after(searched_); }
    /// Whether all nonces have been tried.
    [[nodiscard]] bool is_exhausted() const { return searched_ >= nonces_end; }

    struct Found {
        std::uint32_t nonce = 0;
        Time at;
    };
    /// Searches the next slice; it must not be exhausted.
    std::optional<Found> search_slice();

private:
    static constexpr std::uint64_t nonces_end = std::uint64_t{1} << 32U;

    [[nodiscard]] Time after(std::uint64_t attempts) const {
        return began_ + time_of_hashes(attempts, rate_);
    }

    MiningWork work_;
    std::uint64_t job_;
    Time began_;
    HashRate rate_;
    std::uint64_t slice_nonces_;
    std::uint64_t searched_ = 0;
};

/// A good size of slices: a quarter of a virtual second, so that little is hashed in vain, but
/// enough for the kernel to be worth starting.
[[nodiscard]] std::uint64_t slice_nonces(HashRate rate);

}  // namespace bezant::sim
