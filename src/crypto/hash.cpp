// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.hpp"

namespace bezant {

Hash256 double_sha256(ByteView message) { return sha256(sha256(message).view()); }

Sha256 tagged_hasher(std::string_view tag) {
    const Hash256 prefix = sha256(as_bytes(tag));
    Sha256 hasher;
    hasher.update(prefix.view()).update(prefix.view());
    return hasher;
}

Hash256 tagged_hash(std::string_view tag, ByteView message) {
    return tagged_hasher(tag).update(message).finish();
}

}  // namespace bezant
