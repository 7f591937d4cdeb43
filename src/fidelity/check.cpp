// SPDX-License-Identifier: Apache-2.0
#include "fidelity/check.hpp"

#include <algorithm>
#include <array>

#include "base/random.hpp"

namespace bezant::fidelity {

std::uint32_t Plan::scaled(std::uint32_t full, std::uint32_t least) const {
    return std::max(least, static_cast<std::uint32_t>(full * scale));
}

std::uint64_t Plan::seed_of(std::string_view check, std::uint64_t run) const {
    // A scenario's seed has 63 bits.
    return Random{seed}.stream(check, run).next() >> 1U;
}

std::span<const Check> checks() {
    static constexpr std::array<Check, 6> all{{
        {"intervals", "Time between blocks", "the exponential law, by Kolmogorov and Smirnov", "s",
         check_block_intervals},
        {"revenue", "Blocks won by hash rate", "the share of the hash rate; all by chi-squared",
         "%", check_revenue},
        {"difficulty", "Step response of the difficulty",
         "ASERT in closed form, r - (r - 1) 2^(-blocks / half-life), as a share of the first "
         "target",
         "", check_difficulty},
        {"forks", "Share of blocks with a rival",
         "Decker & Wattenhofer 2013, equation 4, fed by the simulated spread", "%",
         check_fork_rate},
        {"double-spend", "Payments taken back", "Rosenfeld 2012", "%", check_double_spend},
        {"selfish", "What selfish mining earns",
         "Eyal & Sirer 2014, equation 8; *: the share from which on it pays, where it earns what "
         "it has",
         "%", check_selfish_mining},
    }};
    return all;
}

}  // namespace bezant::fidelity
