// SPDX-License-Identifier: Apache-2.0
#include "sim/nonce_search.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "ledger/mining_work.hpp"

namespace bezant::sim {

NonceSearch::NonceSearch(const MiningJob& job, Time began, HashRate rate,
                         std::uint64_t slice_nonces)
    : work_(mining_work_of(job.header)),
      job_(job.job),
      began_(began),
      rate_(rate),
      slice_nonces_(slice_nonces) {
    CHECK(slice_nonces > 0, "a slice has nonces in it");
}

std::optional<NonceSearch::Found> NonceSearch::search_slice() {
    CHECK(!is_exhausted(), "there are nonces left to try");
    const std::uint64_t count = std::min(slice_nonces_, nonces_end - searched_);
    const auto nonce = search_nonces(work_, static_cast<std::uint32_t>(searched_), count);
    searched_ += count;
    if (!nonce) return std::nullopt;
    return Found{.nonce = *nonce, .at = after(std::uint64_t{*nonce} + 1)};
}

std::uint64_t slice_nonces(HashRate rate) {
    constexpr std::uint64_t slices_per_million_seconds = 4'000'000;
    constexpr std::uint64_t least = 64;
    constexpr std::uint64_t most = std::uint64_t{1} << 24U;
    return std::clamp(rate.per_million_seconds / slices_per_million_seconds, least, most);
}

}  // namespace bezant::sim
