// SPDX-License-Identifier: Apache-2.0
#include "net/timer_queue.hpp"

#include <gtest/gtest.h>

#include "tests/unit/net/loop.hpp"

namespace bezant::net {
namespace {

constexpr PeerId first_peer{1};
constexpr PeerId second_peer{2};

Timer ping(PeerId peer) { return {.kind = TimerKind::ping, .peer = peer}; }

class TimerQueueTest : public testing::Test {
protected:
    bool wait_for(std::size_t count) {
        return test::run_until(loop_, [&] { return fired_.size() >= count; });
    }

    boost::asio::io_context loop_;
    std::vector<Timer> fired_;
    TimerQueue queue_{loop_.get_executor(), [this](const Timer& timer) {
                          fired_.push_back(timer);
                          if (fired_.size() == 1 && sets_another_)
                              queue_.set(ping(PeerId{9}), milliseconds(0));
                      }};
    bool sets_another_ = false;
};

TEST_F(TimerQueueTest, FiresInOrderOfTime) {
    queue_.set(ping(PeerId{3}), milliseconds(30));
    queue_.set(ping(PeerId{1}), milliseconds(10));
    queue_.set(ping(PeerId{2}), milliseconds(20));
    ASSERT_TRUE(wait_for(3));
    EXPECT_EQ(fired_, (std::vector{ping(PeerId{1}), ping(PeerId{2}), ping(PeerId{3})}));
    EXPECT_EQ(queue_.size(), 0U);
}

TEST_F(TimerQueueTest, FiresWhatIsLongDueAtOnce) {
    queue_.set(ping(first_peer), seconds(3'600));
    queue_.set(ping(second_peer), seconds(-3'600));
    ASSERT_TRUE(wait_for(1));
    EXPECT_EQ(fired_, std::vector{ping(second_peer)});
}

TEST_F(TimerQueueTest, LetsAnotherBeSetWhileOneFires) {
    sets_another_ = true;
    queue_.set(ping(first_peer), milliseconds(0));
    ASSERT_TRUE(wait_for(2));
    EXPECT_EQ(fired_.back(), ping(PeerId{9}));
}

TEST_F(TimerQueueTest, ForgetsOnePeersAndNoOthers) {
    const Timer tend{.kind = TimerKind::tend_peers, .peer = first_peer};
    queue_.set(ping(first_peer), milliseconds(0));
    queue_.set(tend, milliseconds(1));
    queue_.set(ping(second_peer), milliseconds(2));
    queue_.forget(first_peer);
    ASSERT_TRUE(wait_for(2));
    EXPECT_EQ(fired_, (std::vector{tend, ping(second_peer)}));
}

}  // namespace
}  // namespace bezant::net
