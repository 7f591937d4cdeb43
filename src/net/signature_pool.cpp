// SPDX-License-Identifier: Apache-2.0
#include "net/signature_pool.hpp"

#include <utility>

#include "base/check.hpp"
#include "crypto/ed25519.hpp"

namespace bezant::net {

namespace {

/// Signatures that a thread takes at once: a millisecond or two.
constexpr std::size_t batch_size = 32;

/// Batches that wait: when there are more, whoever brings them takes part.
constexpr std::size_t batches_max = 256;

}  // namespace

SignaturePool::SignaturePool(unsigned threads) {
    CHECK(threads > 0, "somebody does what is begun");
    for (unsigned i = 0; i < threads; ++i)
        threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

SignaturePool::~SignaturePool() {
    settle();
    for (std::jthread& thread : threads_) thread.request_stop();
}

bool SignaturePool::is_valid(const PublicKey& key, const Hash256& message,
                             const Signature& signature) {
    return verify(key, message.view(), signature);
}

void SignaturePool::expect_valid(const PublicKey& key, const Hash256& message,
                                 const Signature& signature) {
    gathered_.push_back({.key = key, .message = message, .signature = signature});
    if (gathered_.size() == batch_size) hand_over();
}

void SignaturePool::hand_over() {
    Batch batch = std::exchange(gathered_, {});
    std::unique_lock lock{mutex_};
    waiting_.push_back(std::move(batch));
    if (waiting_.size() <= batches_max) {
        lock.unlock();
        return changed_.notify_one();
    }
    batch = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    verify_all(batch);
}

void SignaturePool::settle() {
    if (!gathered_.empty()) hand_over();
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return waiting_.empty() && under_way_ == 0; });
}

void SignaturePool::verify_all(const Batch& batch) {
    for (const Expected& each : batch) {
        CHECK(verify(each.key, each.message.view(), each.signature), "a wallet signs what it pays");
    }
}

void SignaturePool::run(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
        const Batch batch = std::move(waiting_.front());
        waiting_.pop_front();
        ++under_way_;
        lock.unlock();
        verify_all(batch);
        lock.lock();
        --under_way_;
        if (waiting_.empty() && under_way_ == 0) changed_.notify_all();
    }
}

}  // namespace bezant::net
