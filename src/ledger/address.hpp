// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ledger/identifiers.hpp"

namespace bezant {

/// Why a text is no address, in the order of the checks.
enum class AddressReason : std::uint8_t {
    not_bech32m,      ///< mistyped: its form or its checksum is wrong
    other_network,    ///< sound, but its prefix is another's
    unknown_version,  ///< of a kind that came later, or of none
    wrong_length,     ///< does not hold the 32 bytes of a hash
};

struct AddressError {
    AddressReason reason{};
    std::string text;  ///< a plain English sentence without a full stop, for the person who typed
};

/// The text of an owner on the network whose addresses begin with this prefix: Bech32m (BIP 350) of
/// one group of five bits that holds the version, 0, and the hash. With a prefix of p characters it
/// is p + 60 long.
[[nodiscard]] std::string address_of(const PublicKeyHash& owner, std::string_view prefix);

/// The owner that an address of this network names.
[[nodiscard]] Result<PublicKeyHash, AddressError> owner_of_address(std::string_view address,
                                                                   std::string_view prefix);

}  // namespace bezant
