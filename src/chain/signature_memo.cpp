// SPDX-License-Identifier: Apache-2.0
#include "chain/signature_memo.hpp"

#include <utility>

#include "base/check.hpp"

namespace bezant {

Hash256 SignatureMemo::question_of(const PublicKey& key, const Hash256& message,
                                   const Signature& signature) {
    return Sha256{}.update(key.view()).update(message.view()).update(signature.view()).finish();
}

bool SignatureMemo::is_valid(const PublicKey& key, const Hash256& message,
                             const Signature& signature) {
    const Hash256 question = question_of(key, message, signature);
    if (const auto remembered = recall(question)) return *remembered;
    const bool valid = verifier_.is_valid(key, message, signature);
    ++verified_;
    remember(question, valid);
    return valid;
}

void SignatureMemo::expect_valid(const PublicKey& key, const Hash256& message,
                                 const Signature& signature) {
    const Hash256 question = question_of(key, message, signature);
    if (const auto remembered = recall(question)) {
        CHECK(*remembered, "a wallet signs what it pays");
        return;
    }
    verifier_.expect_valid(key, message, signature);
    ++verified_;
    remember(question, true);
}

std::optional<bool> SignatureMemo::recall(const Hash256& question) {
    if (const auto found = recent_.find(question); found != recent_.end()) return found->second;
    if (const auto found = older_.find(question); found != older_.end()) return found->second;
    return std::nullopt;
}

// Two halves: when the recent one is full it becomes the older one, which goes.
void SignatureMemo::remember(const Hash256& question, bool valid) {
    if (recent_.size() >= verdicts_max_ / 2) {
        older_ = std::move(recent_);
        recent_.clear();
    }
    recent_.emplace(question, valid);
}

}  // namespace bezant
