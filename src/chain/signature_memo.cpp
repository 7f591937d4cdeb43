// SPDX-License-Identifier: Apache-2.0
#include "chain/signature_memo.hpp"

namespace bezant {

bool SignatureMemo::is_valid(const PublicKey& key, const Hash256& message,
                             const Signature& signature) {
    const Hash256 question =
        Sha256{}.update(key.view()).update(message.view()).update(signature.view()).finish();
    const auto remembered = verdicts_.find(question);
    if (remembered != verdicts_.end()) return remembered->second;
    const bool valid = verifier_.is_valid(key, message, signature);
    verdicts_.emplace(question, valid);
    return valid;
}

}  // namespace bezant
