// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "chain/payment_checks.hpp"
#include "ledger/parameters.hpp"

namespace bezant::net {

/// Threads that find out whether payments are sound: signatures, and the hashes that go with them.
/// They see nothing but what they are given, and say nothing but what is so, whenever they come to
/// it. Called from one thread, which takes part when it waits, and when it has nothing else to do.
class CheckingPool final : public PaymentChecks {
public:
    /// Payments that are being looked at while the caller does something else.
    class Work;

    /// `parameters` must outlive the pool. At least one thread.
    CheckingPool(const Parameters& parameters, unsigned threads);
    CheckingPool(const CheckingPool&) = delete;
    CheckingPool& operator=(const CheckingPool&) = delete;
    /// Waits for the threads to end; what was not looked at is left.
    ~CheckingPool() override;

    /// Goes before everything that was begun.
    void find_out(std::span<PaymentCheck> checks) override;

    /// Begins to look at these, after those begun before. `done` is called when all were looked at,
    /// from a thread of the pool or from within a call.
    [[nodiscard]] std::shared_ptr<Work> begin(std::vector<PaymentCheck> checks,
                                              std::function<void()> done);
    /// Whether all were looked at.
    [[nodiscard]] static bool is_done(const Work& work);
    /// Looks at a few of those begun first, which takes less than a millisecond; false if there are
    /// none left to take.
    bool help();
    /// Takes part until all were looked at, and gives them back.
    [[nodiscard]] std::vector<PaymentCheck> finish(Work& work);

private:
    void run(const std::stop_token& stop);
    [[nodiscard]] std::shared_ptr<Work> next_work(const std::stop_token& stop);
    [[nodiscard]] std::shared_ptr<Work> oldest();
    bool take_part(Work& work);
    void wait_for(Work& work);

    const Parameters& parameters_;
    Amount supply_max_;
    std::mutex mutex_;
    std::condition_variable_any changed_;  ///< there is work, or some was done
    std::deque<std::shared_ptr<Work>> begun_;
    std::vector<std::jthread> threads_;
};

}  // namespace bezant::net
