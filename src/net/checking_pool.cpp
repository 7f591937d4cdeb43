// SPDX-License-Identifier: Apache-2.0
#include "net/checking_pool.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include "base/check.hpp"
#include "rules/sound_payment.hpp"

namespace bezant::net {

namespace {

/// Payments that a thread takes at once: a third of a millisecond, so that all end together.
constexpr std::size_t taken_at_once = 4;

}  // namespace

class CheckingPool::Work {
public:
    Work(std::vector<PaymentCheck> kept, std::function<void()> done)
        : kept_(std::move(kept)), checks_(kept_), left_(checks_.size()), done_(std::move(done)) {}
    explicit Work(std::span<PaymentCheck> checks) : checks_(checks), left_(checks.size()) {}

    /// The next few that nobody has taken.
    std::span<PaymentCheck> take() {
        const std::size_t first = std::min(next_.fetch_add(taken_at_once), checks_.size());
        return checks_.subspan(first, std::min(taken_at_once, checks_.size() - first));
    }
    [[nodiscard]] bool is_taken() const { return next_ >= checks_.size(); }
    [[nodiscard]] bool is_done() const { return left_ == 0; }
    /// Whether they were the last.
    bool put_back(std::size_t count) { return left_.fetch_sub(count) == count; }
    void tell() const {
        if (done_) done_();
    }
    [[nodiscard]] std::vector<PaymentCheck> give_back() { return std::move(kept_); }

private:
    std::vector<PaymentCheck> kept_;
    std::span<PaymentCheck> checks_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::size_t> left_;
    std::function<void()> done_;
};

CheckingPool::CheckingPool(const Parameters& parameters, unsigned threads)
    : parameters_(parameters), supply_max_(maximum_supply(parameters)) {
    CHECK(threads > 0, "somebody does what is begun");
    for (unsigned i = 0; i < threads; ++i)
        threads_.emplace_back([this](const std::stop_token& stop) { run(stop); });
}

CheckingPool::~CheckingPool() {
    for (std::jthread& thread : threads_) thread.request_stop();
}

void CheckingPool::find_out(std::span<PaymentCheck> checks) {
    const auto work = std::make_shared<Work>(checks);
    {
        const std::scoped_lock lock{mutex_};
        begun_.push_front(work);
    }
    changed_.notify_all();
    wait_for(*work);
}

std::shared_ptr<CheckingPool::Work> CheckingPool::begin(std::vector<PaymentCheck> checks,
                                                        std::function<void()> done) {
    CHECK(!checks.empty(), "what is begun has an end that can be told of");
    auto work = std::make_shared<Work>(std::move(checks), std::move(done));
    {
        const std::scoped_lock lock{mutex_};
        begun_.push_back(work);
    }
    changed_.notify_all();
    return work;
}

bool CheckingPool::is_done(const Work& work) { return work.is_done(); }

std::vector<PaymentCheck> CheckingPool::finish(Work& work) {
    wait_for(work);
    return work.give_back();
}

void CheckingPool::wait_for(Work& work) {
    while (take_part(work)) {
    }
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return work.is_done(); });
}

/// Looks at a few; false if there were none left to take.
bool CheckingPool::take_part(Work& work) {
    const std::span<PaymentCheck> taken = work.take();
    if (taken.empty()) return false;
    DirectVerifier verifier;
    for (PaymentCheck& each : taken)
        each.fee = fee_if_sound(*each.payment, each.spent, parameters_, supply_max_, verifier);
    if (!work.put_back(taken.size())) return true;
    {
        // Whoever waits has either seen it, or waits by now and is woken.
        const std::scoped_lock lock{mutex_};
    }
    changed_.notify_all();
    work.tell();
    return true;
}

void CheckingPool::run(const std::stop_token& stop) {
    while (const auto work = next_work(stop)) (void)take_part(*work);
}

std::shared_ptr<CheckingPool::Work> CheckingPool::next_work(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    std::shared_ptr<Work> work;
    changed_.wait(lock, stop, [&] { return (work = oldest()) != nullptr; });
    return stop.stop_requested() ? nullptr : work;
}

/// With something left to take; the mutex is held.
std::shared_ptr<CheckingPool::Work> CheckingPool::oldest() {
    while (!begun_.empty() && begun_.front()->is_taken()) begun_.pop_front();
    return begun_.empty() ? nullptr : begun_.front();
}

bool CheckingPool::help() {
    std::shared_ptr<Work> work;
    {
        const std::scoped_lock lock{mutex_};
        work = oldest();
    }
    return work != nullptr && take_part(*work);
}

}  // namespace bezant::net
