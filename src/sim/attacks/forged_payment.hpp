// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "chain/archive.hpp"
#include "crypto/ed25519.hpp"

namespace bezant::sim {

/// A payment that its maker has no right to make: whose coin, under whose public key, and for how
/// much.
struct Forgery {
    std::string_view what;  ///< "another's coin, under ..."
    bool of_victims_coin = false;
    bool under_victims_key = false;
    enum class Worth : std::uint8_t { fair, far_more, a_little_more } worth = Worth::fair;
};

/// All that a forger tries, in order; each breaks another rule.
[[nodiscard]] std::span<const Forgery> forgeries();

/// The forgery of the largest coin that its owner has on this tip, to the forger's profit; nothing
/// if there is no coin. Linear in all coins.
[[nodiscard]] std::optional<Transaction> forge(const Forgery& forgery, const Archive& archive,
                                               BlockIndex tip, const SigningKey& forger,
                                               const PublicKey& victim);

}  // namespace bezant::sim
