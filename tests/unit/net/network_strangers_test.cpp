// SPDX-License-Identifier: Apache-2.0
// Strangers at the other end of a connection: what they may say, and how long they may stay.
#include <gmock/gmock.h>

#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "tests/unit/net/network_sides.hpp"

namespace bezant::net {
namespace {

using test::seed_of;
using testing::ElementsAre;
using testing::IsEmpty;

/// Somebody with a key who does as he likes after the handshake.
class Stranger {
public:
    Stranger(boost::asio::io_context& loop, const NetworkAddress& address) {
        spawn(loop.get_executor(), [this, &loop, address]() -> Task<> {
            boost::asio::ip::tcp::endpoint at{boost::asio::ip::address_v4::loopback(),
                                              address.port};
            auto called = co_await call(tls_, at, seconds(50), seconds(50));
            EXPECT_TRUE(called);
            if (called) stream_.emplace(std::move(called->stream));
            (void)loop;
        });
    }
    [[nodiscard]] bool is_there() const { return stream_.has_value(); }
    void say(const Bytes& bytes) {
        boost::system::error_code ignored;
        boost::asio::write(*stream_, boost::asio::buffer(bytes), ignored);
    }

private:
    TlsContext tls_{seed_of("stranger"), std::nullopt};
    std::optional<TlsStream> stream_;
};

class StrangeFramesTest : public NetworkTest {
protected:
    bool greet() {
        return until([&] { return stranger_.is_there() && bob_.connections.size() == 1; });
    }
    static NetworkLimits limits() {
        NetworkLimits limits = usual_limits();
        limits.connection.message_time_max = milliseconds(50);
        return limits;
    }

    Side bob_{loop_, "bob", limits()};
    Stranger stranger_{loop_, bob_.listen()};
};

TEST_F(StrangeFramesTest, TooLongEndTheConnection) {
    ASSERT_TRUE(greet());
    stranger_.say({0, 5, 0, 0});  // 1,280 bytes, in place of a hello
    ASSERT_TRUE(until([&] { return bob_.lost.size() == 1; }));
    EXPECT_THAT(bob_.reasons, ElementsAre("sent a message too long"));
    EXPECT_THAT(bob_.messages, IsEmpty());
}

/// Somebody who does not hang up when there is no room for him.
class LingererTest : public NetworkTest {
protected:
    bool let_go(const NetworkLimits& limits) {
        bob_ = std::make_unique<Side>(loop_, "bob", limits);
        bob_->drops_at_once = true;
        at_bob_ = bob_->listen();
        stranger_ = std::make_unique<Stranger>(loop_, at_bob_);
        return until([&] { return stranger_->is_there() && bob_->connections.size() == 1; });
    }
    /// Whether there is room for another one.
    bool takes_alice() {
        alice_->network->dial(at_bob_);
        const std::size_t calls = bob_->connections.size() + bob_->refusals.size();
        EXPECT_TRUE(
            until([&] { return bob_->connections.size() + bob_->refusals.size() > calls; }));
        return bob_->connections.size() > 1;
    }
    static NetworkLimits room_for_one() {
        NetworkLimits limits = usual_limits();
        limits.callers.inbound_max = 1;
        return limits;
    }

    std::unique_ptr<Side> bob_;
    NetworkAddress at_bob_;
    std::unique_ptr<Stranger> stranger_;
    std::unique_ptr<Side> alice_ = std::make_unique<Side>(loop_, "alice");
};

TEST_F(LingererTest, CountsAsLongAsHeIsThere) {
    ASSERT_TRUE(let_go(room_for_one()));
    EXPECT_FALSE(takes_alice());
    EXPECT_THAT(bob_->refusals, ElementsAre("too many have called"));
    stranger_.reset();
    EXPECT_TRUE(until([&] { return takes_alice(); }));
}

TEST_F(LingererTest, IsNotWaitedForLong) {
    NetworkLimits limits = room_for_one();
    limits.connection.leave_time_max = milliseconds(100);
    ASSERT_TRUE(let_go(limits));
    EXPECT_TRUE(until([&] { return takes_alice(); }));
}

TEST_F(LingererTest, IsNotListenedToForLong) {
    NetworkLimits limits = room_for_one();
    limits.connection.leave_time_max = seconds(3'600);
    ASSERT_TRUE(let_go(limits));
    stranger_->say(Bytes(limits.connection.leave_bytes_max / 2));
    EXPECT_FALSE(takes_alice());
    stranger_->say(Bytes(limits.connection.leave_bytes_max));
    EXPECT_TRUE(until([&] { return takes_alice(); }));
}

TEST_F(StrangeFramesTest, EmptyEndTheConnection) {
    ASSERT_TRUE(greet());
    stranger_.say({1, 0, 0, 0, 7, 0, 0, 0, 0});
    ASSERT_TRUE(until([&] { return bob_.lost.size() == 1; }));
    EXPECT_THAT(bob_.reasons, ElementsAre("sent a message without content"));
    EXPECT_THAT(bob_.messages, ElementsAre(Bytes{7}));
}

TEST_F(StrangeFramesTest, BegunAndNotEndedEndTheConnection) {
    ASSERT_TRUE(greet());
    stranger_.say({9, 0, 0, 0, 1, 2});
    ASSERT_TRUE(until([&] { return bob_.lost.size() == 1; }));
    EXPECT_THAT(bob_.reasons, ElementsAre("took too long over a message"));
}

}  // namespace
}  // namespace bezant::net
