// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include "net/frame_reader.hpp"
#include "net/running_node.hpp"
#include "net/spawn.hpp"
#include "net/tls_context.hpp"

namespace bezant::net {

/// What one connection may cost.
struct ConnectionLimits {
    std::size_t message_bytes_max = 0;  ///< longest that is read
    /// Nothing more is read from a peer that has left so much unread: it may ask when it has taken
    /// what it asked for.
    std::size_t reads_pause_bytes = std::size_t{1} << 20U;
    /// One that has left so much unread is let go. Answers to one question fit in.
    std::size_t waiting_bytes_max = std::size_t{32} << 20U;
    /// A message that has begun must end within this and one second for each `slowest_bytes`.
    Duration message_time_max = seconds(60);
    std::size_t slowest_bytes = 16'384;
    /// What is being written must get on within this.
    Duration write_time_max = seconds(60);
    /// Whoever has to go must have taken what he was sent, and hung up, within this.
    Duration leave_time_max = seconds(10);
    /// So much of what he says meanwhile is thrown away; then he is not waited for.
    std::size_t leave_bytes_max = 65'536;
};

/// One connection with a peer, from the handshake to its end: cuts messages out of the stream, and
/// sends what is to be sent, in order. Its coroutines keep it alive.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    /// Who is told. Must live until `close` has been called or `ended` was.
    class Owner {
    public:
        Owner() = default;
        Owner(const Owner&) = delete;
        Owner& operator=(const Owner&) = delete;
        virtual ~Owner() = default;

        virtual void arrived(Connection& connection, ByteView message) = 0;
        [[nodiscard]] virtual Bytes block_message(BlockIndex block) = 0;
        /// The last that is heard of it; `why` is for the log.
        virtual void ended(Connection& connection, std::string_view why) = 0;
    };

    /// `about` says what is known of the peer.
    Connection(TlsStream stream, const PeerReport& about, const ConnectionLimits& limits,
               Owner& owner);

    /// Begins to read and write.
    void start();

    void send(ByteView message);
    void send_block(BlockIndex block);

    /// Ends it; what has not been sent is lost. The owner is not told.
    void close();
    /// Ends it when what has been sent, but for blocks, has gone and the peer has hung up; or
    /// sooner, by leave_time_max and leave_bytes_max. The owner is told nothing more.
    void leave();

    [[nodiscard]] const PeerReport& about() const { return about_; }

private:
    using Outgoing = std::variant<Bytes, BlockIndex>;
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] boost::asio::any_io_executor executor() { return stream_.get_executor(); }
    [[nodiscard]] bool is_open() const { return owner_ != nullptr; }
    [[nodiscard]] bool is_leaving() const { return leave_by_.has_value(); }
    [[nodiscard]] bool is_over() const { return !is_open() && !is_leaving(); }
    [[nodiscard]] bool is_overfull() const {
        return about_.bytes_waiting > limits_.waiting_bytes_max;
    }
    void end(std::string_view why);
    void queue(Outgoing outgoing, std::size_t bytes);

    Task<> read_all();
    Task<> hand_over();
    Task<> await_end();
    Task<> write_all();
    Task<> watch();
    void gather();
    [[nodiscard]] std::string_view overdue(Clock::time_point now) const;
    [[nodiscard]] bool is_reading_too_slow(Clock::time_point now) const;

    TlsStream stream_;
    PeerReport about_;
    ConnectionLimits limits_;
    Owner* owner_;

    FrameReader reader_;
    std::optional<Clock::time_point> message_began_;

    std::deque<Outgoing> waiting_;
    Bytes writing_;
    std::optional<Clock::time_point> write_began_;
    std::optional<Clock::time_point> leave_by_;
    boost::asio::steady_timer to_write_;    ///< cancelled when there is something to write
    boost::asio::steady_timer written_;     ///< cancelled when something was written
    boost::asio::steady_timer watch_over_;  ///< cancelled when it ends
};

}  // namespace bezant::net
