// SPDX-License-Identifier: Apache-2.0
#include "net/mining_threads.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "ledger/mining_work.hpp"
#include "net/spawn.hpp"

namespace bezant::net {

namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::uint64_t nonces_end = std::uint64_t{1} << 32U;
constexpr std::uint64_t first_slice = 4'096;
constexpr std::uint64_t longest_slice = std::uint64_t{1} << 24U;
constexpr int low_priority = 15;

/// Of the calling thread only, as Linux has it. Without it mining is as good, and ruder.
void lower_priority() {
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), low_priority);
}

}  // namespace

struct MiningThreads::Search {
    explicit Search(const MiningJob& job)
        : number(job.job), work(mining_work_of(job.header)), began(Clock::now()) {}

    std::uint64_t number;
    MiningWork work;
    Clock::time_point began;
    std::atomic<std::uint64_t> next_nonce = 0;
    std::atomic<bool> is_found = false;

    [[nodiscard]] bool is_over() const { return is_found || next_nonce >= nonces_end; }
};

MiningThreads::MiningThreads(Found found, std::optional<double> hashes_per_second)
    : found_(std::move(found)), rate_(hashes_per_second) {}

MiningThreads::~MiningThreads() { set_threads(0); }

void MiningThreads::set_threads(unsigned count) {
    for (std::size_t i = count; i < workers_.size(); ++i) workers_[i].request_stop();
    while (workers_.size() > count) workers_.pop_back();
    while (workers_.size() < count)
        workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

void MiningThreads::work_on(const MiningJob& job) { replace(std::make_shared<Search>(job)); }
void MiningThreads::rest() { replace(nullptr); }

void MiningThreads::replace(std::shared_ptr<Search> search) {
    const std::scoped_lock lock{mutex_};
    if (!search_) {
        busy_since_ = Clock::now();
        hashes_before_ = hashes_;
    }
    search_ = std::move(search);
    changed_.notify_all();
}

double MiningThreads::hashes_per_second() const {
    const std::scoped_lock lock{mutex_};
    const double busy = Seconds{Clock::now() - busy_since_}.count();
    if (!search_ || workers_.empty() || busy <= 0) return 0;
    return static_cast<double>(hashes_ - hashes_before_) / busy;
}

std::shared_ptr<MiningThreads::Search> MiningThreads::next_search(const std::stop_token& stop) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, stop, [this] { return search_ && !search_->is_over(); });
    return stop.stop_requested() ? nullptr : search_;
}

/// With a rate: waits until so many attempts of the search may have been made. False if by then
/// there is something else to do.
bool MiningThreads::wait_for_turn(const std::stop_token& stop,
                                  const std::shared_ptr<Search>& search, std::uint64_t attempts) {
    if (!rate_) return true;
    const auto due = search->began + std::chrono::duration_cast<Clock::duration>(
                                         Seconds{static_cast<double>(attempts) / *rate_});
    std::unique_lock lock{mutex_};
    const bool other = changed_.wait_until(lock, stop, due, [&] { return search_ != search; });
    return !other && !stop.stop_requested();
}

std::uint64_t MiningThreads::slice(double nonces_per_second) const {
    const double length = Seconds{real(slice_length)}.count();
    const double wanted = std::min(nonces_per_second, rate_.value_or(nonces_per_second)) * length;
    return std::clamp(static_cast<std::uint64_t>(wanted), std::uint64_t{1}, longest_slice);
}

void MiningThreads::work(const std::stop_token& stop) {
    lower_priority();
    double speed = first_slice / Seconds{real(slice_length)}.count();
    while (const auto search = next_search(stop)) {
        const std::uint64_t count = slice(speed);
        const std::uint64_t first = search->next_nonce.fetch_add(count);
        if (first >= nonces_end || !wait_for_turn(stop, search, first + count)) continue;
        const auto began = Clock::now();
        const auto nonce = search_nonces(search->work, static_cast<std::uint32_t>(first), count);
        const std::uint64_t tried = nonce ? *nonce - first + 1 : count;
        speed = static_cast<double>(tried) / std::max(Seconds{Clock::now() - began}.count(), 1e-6);
        hashes_ += tried;
        if (nonce && !search->is_found.exchange(true)) found_(search->number, *nonce);
    }
}

}  // namespace bezant::net
