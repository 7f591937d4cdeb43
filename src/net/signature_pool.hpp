// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "crypto/early_signatures.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant::net {

/// Verifies, on threads of its own, the signatures that are known to be good to whoever made them,
/// while he goes on: in a simulated world those of all payments, which are half of its work. What
/// is only claimed to be good it verifies on the spot. Makes those that are expected to be needed,
/// before it verifies. No signature or verdict depends on the threads. Called from one thread.
class SignaturePool final : public SignatureVerifier, public EarlySignatures {
public:
    /// At least one thread.
    explicit SignaturePool(unsigned threads);
    /// Settles.
    ~SignaturePool() override;

    [[nodiscard]] bool is_valid(const PublicKey& key, const Hash256& message,
                                const Signature& signature) override;
    void expect_valid(const PublicKey& key, const Hash256& message,
                      const Signature& signature) override;
    /// What is to be signed is signed, too.
    void settle() override;

    void expect(const SigningKey& key, ByteView message) override;
    [[nodiscard]] std::optional<Signature> take(const SigningKey& key, ByteView message) override;

private:
    struct Expected {
        PublicKey key;
        Hash256 message;
        Signature signature;
    };
    using Batch = std::vector<Expected>;

    struct Early {
        SigningKey key;
        Bytes message;
        Signature signature{};  ///< once it is made
    };

    static void verify_one(const Expected& expected);
    void verify_all(const Batch& batch);
    /// The lock is held, but for while a signature is made.
    void sign_all(std::unique_lock<std::mutex>& lock);
    void hand_over();
    /// The mutex is held.
    [[nodiscard]] bool is_settled() const {
        return waiting_.empty() && to_sign_.empty() && under_way_ == 0;
    }
    void run(const std::stop_token& stop);

    Batch gathered_;
    std::mutex mutex_;
    std::condition_variable_any changed_;  ///< there is work, or some was done
    std::deque<Batch> waiting_;
    std::size_t under_way_ = 0;  ///< batches, and signatures to be made, that threads are at
    std::deque<Early> to_sign_;
    std::deque<Early> signed_;             ///< and not taken, the oldest first
    std::atomic<bool> must_sign_ = false;  ///< there is something to sign
    std::vector<std::jthread> threads_;
};

}  // namespace bezant::net
