// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.hpp"
#include "crypto/hash.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant {

/// Remembers every verdict, good or bad, by a hash of all that it depends on, so that a signature
/// is verified once wherever it turns up: in a payment offered, in one block, in another. About 40
/// bytes a signature; a verdict remembered costs one hash. With a bound, the older half of what is
/// remembered makes way when there is too much.
class SignatureMemo final : public SignatureVerifier {
public:
    /// `verifier` works out what is not remembered, and must outlive the memo. No more than
    /// `verdicts_max` verdicts are remembered, and after the first so many never less than half.
    explicit SignatureMemo(SignatureVerifier& verifier, std::size_t verdicts_max = SIZE_MAX)
        : verifier_(verifier), verdicts_max_(verdicts_max) {}

    [[nodiscard]] bool is_valid(const PublicKey& key, const Hash256& message,
                                const Signature& signature) override;

    /// Counts as verified, and is remembered as valid.
    void expect_valid(const PublicKey& key, const Hash256& message,
                      const Signature& signature) override;
    void settle() override { verifier_.settle(); }

    /// Number of signatures verified so far.
    [[nodiscard]] std::size_t verified() const { return verified_; }
    /// Number of verdicts remembered.
    [[nodiscard]] std::size_t size() const { return recent_.size() + older_.size(); }

private:
    using Verdicts = boost::unordered_flat_map<Hash256, bool, DigestHasher>;

    [[nodiscard]] static Hash256 question_of(const PublicKey& key, const Hash256& message,
                                             const Signature& signature);
    [[nodiscard]] std::optional<bool> recall(const Hash256& question);
    void remember(const Hash256& question, bool valid);

    SignatureVerifier& verifier_;
    std::size_t verdicts_max_;
    std::size_t verified_ = 0;
    Verdicts recent_;
    Verdicts older_;
};

}  // namespace bezant
