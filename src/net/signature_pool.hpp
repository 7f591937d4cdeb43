// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "rules/signature_verifier.hpp"

namespace bezant::net {

/// Verifies, on threads of its own, the signatures that are known to be good to whoever made them,
/// while he goes on: in a simulated world those of all payments, which are half of its work. What
/// is only claimed to be good it verifies on the spot. Nothing that is answered depends on the
/// threads. Called from one thread.
class SignaturePool final : public SignatureVerifier {
public:
    /// At least one thread.
    explicit SignaturePool(unsigned threads);
    /// Settles.
    ~SignaturePool() override;

    [[nodiscard]] bool is_valid(const PublicKey& key, const Hash256& message,
                                const Signature& signature) override;
    void expect_valid(const PublicKey& key, const Hash256& message,
                      const Signature& signature) override;
    void settle() override;

private:
    struct Expected {
        PublicKey key;
        Hash256 message;
        Signature signature;
    };
    using Batch = std::vector<Expected>;

    static void verify_all(const Batch& batch);
    void hand_over();
    void run(const std::stop_token& stop);

    Batch gathered_;
    std::mutex mutex_;
    std::condition_variable_any changed_;  ///< there is work, or some was done
    std::deque<Batch> waiting_;
    std::size_t under_way_ = 0;  ///< batches that threads are at
    std::vector<std::jthread> threads_;
};

}  // namespace bezant::net
