// SPDX-License-Identifier: Apache-2.0
#include "rules/refusal.hpp"

namespace bezant {

std::string shown(const OutPoint& outpoint) {
    return "coin " + shown(outpoint.transaction) + ":" + shown(outpoint.index);
}

std::string shown(CompactTarget target) {
    const std::uint32_t bits = target.value;
    return to_hex(Bytes{static_cast<Byte>(bits >> 24U), static_cast<Byte>(bits >> 16U),
                        static_cast<Byte>(bits >> 8U), static_cast<Byte>(bits)});
}

std::string shown_signature(const PublicKey& key, const Hash256& message) {
    return "a signature by key " + to_hex(key.view()) + " of message " + to_hex(message.view());
}

}  // namespace bezant
