// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "ledger/codec.hpp"
#include "node/address_book.hpp"

namespace bezant {

/// What a participant remembers of others from one life to the next.
struct RememberedPeers {
    AddressBook book;
    std::vector<NetworkAddress> anchors;  ///< to be called before all others (node/outbound.hpp)
};

/// The file of docs/formats.md, "Address book". At most anchors_max anchors.
[[nodiscard]] Bytes encode_address_book(const AddressBook& book,
                                        std::span<const NetworkAddress> anchors);

/// Reads it again, for a book of these sizes. Refused as a whole if anything in it cannot be: then
/// an empty book with a fresh secret is the way on.
[[nodiscard]] Result<RememberedPeers, DecodeError> decode_address_book(
    ByteView file, const AddressBookLimits& limits, AddressRealm realm);

}  // namespace bezant
