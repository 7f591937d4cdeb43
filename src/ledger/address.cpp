// SPDX-License-Identifier: Apache-2.0
#include "ledger/address.hpp"

#include <algorithm>

#include "crypto/bech32m.hpp"
#include "crypto/bit_groups.hpp"

namespace bezant {

namespace {

constexpr Byte version = 0;

unexpected<AddressError> refusal(AddressReason reason, std::string text) {
    return unexpected{AddressError{reason, std::move(text)}};
}

std::string other_network(std::string_view prefix_got, std::string_view prefix_expected) {
    std::string text = "an address of another network: it begins with \"";
    text.append(prefix_got).append("\", those of this network with \"");
    return text.append(prefix_expected).append("\"");
}

}  // namespace

std::string address_of(const PublicKeyHash& owner, std::string_view prefix) {
    Bytes groups = to_five_bit_groups(owner.view());
    groups.insert(groups.begin(), version);
    return bech32m_encode_groups(prefix, groups);
}

Result<PublicKeyHash, AddressError> owner_of_address(std::string_view address,
                                                     std::string_view prefix) {
    const auto parts = bech32m_decode_groups(address);
    if (!parts) {
        return refusal(AddressReason::not_bech32m, std::string{to_text(parts.error())});
    }
    if (parts->prefix != prefix) {
        return refusal(AddressReason::other_network, other_network(parts->prefix, prefix));
    }
    if (parts->groups.empty() || parts->groups.front() != version) {
        return refusal(AddressReason::unknown_version,
                       "an address of a version that is not known; known is 0");
    }
    const auto bytes = from_five_bit_groups(ByteView{parts->groups}.subspan(1));
    if (!bytes || bytes->size() != PublicKeyHash::size()) {
        return refusal(AddressReason::wrong_length,
                       "an address that does not hold a hash of 32 bytes");
    }
    PublicKeyHash owner;
    std::ranges::copy(*bytes, owner.bytes.begin());
    return owner;
}

}  // namespace bezant
