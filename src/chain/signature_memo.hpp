// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>

#include "base/bytes.hpp"
#include "crypto/hash.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant {

/// Remembers every verdict, good or bad, by a hash of all that it depends on, so that a signature
/// is verified once wherever it turns up: in a payment offered, in one block, in another. About 40
/// bytes a signature; a verdict remembered costs one hash.
class SignatureMemo final : public SignatureVerifier {
public:
    /// `verifier` works out what is not remembered, and must outlive the memo.
    explicit SignatureMemo(SignatureVerifier& verifier) : verifier_(verifier) {}

    [[nodiscard]] bool is_valid(const PublicKey& key, const Hash256& message,
                                const Signature& signature) override;

    /// Number of signatures verified so far.
    [[nodiscard]] std::size_t size() const { return verdicts_.size(); }

private:
    SignatureVerifier& verifier_;
    boost::unordered_flat_map<Hash256, bool, DigestHasher> verdicts_;
};

}  // namespace bezant
