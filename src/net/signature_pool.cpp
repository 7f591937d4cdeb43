// SPDX-License-Identifier: Apache-2.0
#include "net/signature_pool.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"
#include "crypto/ed25519.hpp"

namespace bezant::net {

namespace {

/// Signatures that a thread takes at once: a millisecond or two.
constexpr std::size_t batch_size = 32;

/// Batches that wait: when there are more, whoever brings them takes part.
constexpr std::size_t batches_max = 256;

/// Signatures that nobody has taken: when there are more, those made first are given up.
constexpr std::size_t signed_max = 64;

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
    for (const Expected& each : batch) verify_one(each);
}

void SignaturePool::settle() {
    if (!gathered_.empty()) hand_over();
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return is_settled(); });
}

void SignaturePool::expect(const SigningKey& key, ByteView message) {
    {
        const std::scoped_lock lock{mutex_};
        to_sign_.push_back({.key = key, .message = Bytes(message.begin(), message.end())});
        must_sign_ = true;
    }
    changed_.notify_one();
}

std::optional<Signature> SignaturePool::take(const SigningKey& key, ByteView message) {
    const auto is_asked_for = [&, owner = key.public_key()](const Early& each) {
        return std::ranges::equal(each.message, message) && each.key.public_key() == owner;
    };
    const std::scoped_lock lock{mutex_};
    const auto made = std::ranges::find_if(signed_, is_asked_for);
    if (made == signed_.end()) {
        std::erase_if(to_sign_, is_asked_for);
        return std::nullopt;
    }
    const Signature signature = made->signature;
    signed_.erase(made);
    return signature;
}

void SignaturePool::verify_one(const Expected& expected) {
    CHECK(verify(expected.key, expected.message.view(), expected.signature),
          "a wallet signs what it pays");
}

void SignaturePool::verify_all(const Batch& batch) {
    for (const Expected& each : batch) {
        if (must_sign_) {
            std::unique_lock lock{mutex_};
            sign_all(lock);
        }
        verify_one(each);
    }
}

void SignaturePool::sign_all(std::unique_lock<std::mutex>& lock) {
    while (!to_sign_.empty()) {
        Early early = std::move(to_sign_.front());
        to_sign_.pop_front();
        ++under_way_;
        lock.unlock();
        early.signature = early.key.sign(early.message);
        lock.lock();
        --under_way_;
        signed_.push_back(std::move(early));
        if (signed_.size() > signed_max) signed_.pop_front();
    }
    must_sign_ = false;
    if (is_settled()) changed_.notify_all();
}

void SignaturePool::run(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    while (changed_.wait(lock, stop, [this] { return !waiting_.empty() || !to_sign_.empty(); })) {
        if (!to_sign_.empty()) {
            sign_all(lock);
            continue;
        }
        const Batch batch = std::move(waiting_.front());
        waiting_.pop_front();
        ++under_way_;
        lock.unlock();
        verify_all(batch);
        lock.lock();
        --under_way_;
        if (is_settled()) changed_.notify_all();
    }
}

}  // namespace bezant::net
