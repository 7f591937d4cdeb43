// SPDX-License-Identifier: Apache-2.0
#include "net/mining_threads.hpp"

#include <gtest/gtest.h>

#include <future>
#include <map>

#include "ledger/block.hpp"
#include "ledger/parameters.hpp"
#include "ledger/target.hpp"
#include "tests/unit/net/loop.hpp"

namespace bezant::net {
namespace {

MiningJob job_on(std::string_view network, std::uint64_t number) {
    BlockHeader header = built_in_parameters(network)->genesis.header;
    header.time = static_cast<std::uint32_t>(number);
    return {.job = number, .header = header};
}

/// Found nonces by job, from any thread.
class Findings {
public:
    void add(std::uint64_t job, std::uint32_t nonce) {
        const std::scoped_lock lock{mutex_};
        nonces_.emplace(job, nonce);
        changed_.notify_all();
    }
    std::optional<std::uint32_t> wait_for(std::uint64_t job) {
        std::unique_lock lock{mutex_};
        const bool found =
            changed_.wait_for(lock, test::patience, [&] { return nonces_.contains(job); });
        return found ? std::optional{nonces_.find(job)->second} : std::nullopt;
    }
    std::size_t count(std::uint64_t job) {
        const std::scoped_lock lock{mutex_};
        return nonces_.count(job);
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::multimap<std::uint64_t, std::uint32_t> nonces_;
};

class MiningThreadsTest : public testing::Test {
protected:
    Findings findings_;
    MiningThreads miner_{
        [this](std::uint64_t job, std::uint32_t nonce) { findings_.add(job, nonce); }};
};

TEST_F(MiningThreadsTest, FindNoncesThatSolveTheirJobOnceEach) {
    miner_.set_threads(3);
    for (std::uint64_t number = 1; number <= 30; ++number) {
        const MiningJob job = job_on("classroom", number);
        miner_.work_on(job);
        const auto nonce = findings_.wait_for(number);
        ASSERT_TRUE(nonce);
        BlockHeader solved = job.header;
        solved.nonce = *nonce;
        EXPECT_TRUE(meets_target(block_hash(solved), *target_from_compact(solved.target)));
    }
    miner_.set_threads(0);
    for (std::uint64_t number = 1; number <= 30; ++number) EXPECT_EQ(findings_.count(number), 1U);
}

TEST_F(MiningThreadsTest, LeaveAJobForTheNextOne) {
    miner_.set_threads(2);
    miner_.work_on(job_on("main", 1));  // 2^32 hashes
    miner_.work_on(job_on("classroom", 2));
    EXPECT_TRUE(findings_.wait_for(2));
    EXPECT_EQ(findings_.count(1), 0U);
}

TEST_F(MiningThreadsTest, DoNothingWhileTheyRest) {
    miner_.work_on(job_on("classroom", 1));
    EXPECT_EQ(miner_.hashes_per_second(), 0);
    miner_.rest();
    miner_.set_threads(1);
    EXPECT_EQ(miner_.hashes_per_second(), 0);
    miner_.work_on(job_on("classroom", 2));
    EXPECT_TRUE(findings_.wait_for(2));
    EXPECT_EQ(findings_.count(1), 0U);
}

TEST_F(MiningThreadsTest, MayBecomeMoreAndFewerMeanwhile) {
    for (std::uint64_t number = 1; number <= 20; ++number) {
        miner_.work_on(job_on("classroom", number));
        miner_.set_threads(static_cast<unsigned>(1 + number % 4));
        EXPECT_TRUE(findings_.wait_for(number));
        miner_.set_threads(static_cast<unsigned>(number % 3));
    }
    EXPECT_EQ(miner_.threads(), 20U % 3);
}

TEST(MiningThreads, AreHeldToARate) {
    Findings findings;
    MiningThreads miner{[&](std::uint64_t job, std::uint32_t nonce) { findings.add(job, nonce); },
                        100'000.0};
    miner.set_threads(2);
    const auto began = std::chrono::steady_clock::now();
    std::uint64_t attempts = 0;
    for (std::uint64_t number = 1; number <= 5; ++number) {
        miner.work_on(job_on("classroom", number));
        attempts += *findings.wait_for(number) + 1;
    }
    // Attempt i comes i / rate after the job began, and not before.
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - began;
    EXPECT_GE(taken.count(), static_cast<double>(attempts) / 100'000.0);
}

}  // namespace
}  // namespace bezant::net
