// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "node/effects.hpp"

namespace bezant::net {

/// Threads that search nonces, at low priority. A job that takes another's place is taken up within
/// slice_length on a processor that is free. Called from one thread.
class MiningThreads {
public:
    /// How long a thread searches before it looks whether there is something else to do.
    static constexpr Duration slice_length = milliseconds(10);

    /// `found` is called from a mining thread, once a job at most. `hashes_per_second`, if given,
    /// holds all threads together to that rate: attempt i of a job happens i / rate after it began,
    /// as in a simulation.
    using Found = std::function<void(std::uint64_t job, std::uint32_t nonce)>;
    explicit MiningThreads(Found found, std::optional<double> hashes_per_second = std::nullopt);
    MiningThreads(const MiningThreads&) = delete;
    MiningThreads& operator=(const MiningThreads&) = delete;
    /// Waits for the threads to end.
    ~MiningThreads();

    void set_threads(unsigned count);
    [[nodiscard]] unsigned threads() const { return static_cast<unsigned>(workers_.size()); }

    void work_on(const MiningJob& job);
    void rest();

    /// Since the last work_on that found the threads at rest; 0 while they are.
    [[nodiscard]] double hashes_per_second() const;

private:
    struct Search;

    void work(const std::stop_token& stop);
    [[nodiscard]] std::shared_ptr<Search> next_search(const std::stop_token& stop);
    [[nodiscard]] bool wait_for_turn(const std::stop_token& stop,
                                     const std::shared_ptr<Search>& search, std::uint64_t attempts);
    [[nodiscard]] std::uint64_t slice(double nonces_per_second) const;
    void replace(std::shared_ptr<Search> search);

    Found found_;
    std::optional<double> rate_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::shared_ptr<Search> search_;
    std::atomic<std::uint64_t> hashes_ = 0;
    std::uint64_t hashes_before_ = 0;
    std::chrono::steady_clock::time_point busy_since_;
    std::vector<std::jthread> workers_;
};

}  // namespace bezant::net
