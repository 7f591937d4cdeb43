// SPDX-License-Identifier: Apache-2.0
#include "net/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "net/wall_clock.hpp"

namespace bezant::net {

namespace {

using boost::asio::as_tuple;
using boost::asio::buffer;
using boost::asio::use_awaitable;
using Signal = boost::asio::steady_timer;

/// Small messages are gathered up to so many bytes, to be written at once.
constexpr std::size_t gathered_bytes = 65'536;
constexpr Duration watch_interval_max = seconds(5);

std::string_view text_of(FrameFault fault) {
    return fault == FrameFault::empty ? "sent a message without content"
                                      : "sent a message too long";
}

/// Waits until somebody cancels the timer.
Task<> wait_for(Signal& signal) {
    signal.expires_at(Signal::time_point::max());
    co_await signal.async_wait(as_tuple(use_awaitable));
}

}  // namespace

Connection::Connection(TlsStream stream, const PeerReport& about, const ConnectionLimits& limits,
                       Owner& owner)
    : stream_(std::move(stream)),
      about_(about),
      limits_(limits),
      owner_(&owner),
      reader_(limits.message_bytes_max),
      to_write_(stream_.get_executor()),
      written_(stream_.get_executor()),
      watch_over_(stream_.get_executor()) {}

void Connection::start() {
    spawn(executor(), [self = shared_from_this()] { return self->read_all(); });
    spawn(executor(), [self = shared_from_this()] { return self->write_all(); });
    spawn(executor(), [self = shared_from_this()] { return self->watch(); });
}

void Connection::send(ByteView message) {
    Bytes frame;
    frame.reserve(frame_head_bytes + message.size());
    append_frame(frame, message);
    const std::size_t bytes = frame.size();
    queue(std::move(frame), bytes);
}

void Connection::send_block(BlockIndex block) { queue(block, sizeof(block)); }

void Connection::queue(Outgoing outgoing, std::size_t bytes) {
    if (!is_open() || is_overfull()) return;
    waiting_.push_back(std::move(outgoing));
    about_.bytes_waiting += bytes;
    ++about_.messages_sent;
    to_write_.cancel();
    if (is_overfull()) {
        // Not from inside a call of the owner's.
        boost::asio::post(executor(),
                          [self = shared_from_this()] { self->end("takes too little"); });
    }
}

// A socket that is closed while something lies there unread tells the peer so at once, and then he
// may lose what was on its way to him (RFC 1122, section 4.2.2.13). So his end is waited for.
void Connection::leave() {
    owner_ = nullptr;
    leave_by_ = Clock::now() + real(limits_.leave_time_max);
    std::erase_if(waiting_, [](const Outgoing& outgoing) {
        return std::holds_alternative<BlockIndex>(outgoing);
    });
    to_write_.cancel();
    written_.cancel();
    watch_over_.cancel();
}

void Connection::close() {
    owner_ = nullptr;
    leave_by_.reset();
    boost::system::error_code ignored;
    stream_.next_layer().close(ignored);
    to_write_.cancel();
    written_.cancel();
    watch_over_.cancel();
}

void Connection::end(std::string_view why) {
    Owner* const owner = std::exchange(owner_, nullptr);
    close();
    if (owner != nullptr) owner->ended(*this, why);
}

Task<> Connection::read_all() {
    while (is_open()) {
        const auto room = reader_.room();
        const auto [failure, count] = co_await stream_.async_read_some(
            buffer(room.data(), room.size()), as_tuple(use_awaitable));
        if (failure) co_return end(failure.message());
        reader_.filled(count);
        about_.bytes_received += count;
        about_.last_received_at = time_of_day();
        co_await hand_over();
    }
    co_await await_end();
}

/// Whatever a peer that is leaving says, until it hangs up.
Task<> Connection::await_end() {
    std::array<Byte, 1'024> unread{};
    for (std::size_t said = 0; is_leaving();) {
        const auto [failure, count] =
            co_await stream_.async_read_some(buffer(unread), as_tuple(use_awaitable));
        said += count;
        if (failure || said > limits_.leave_bytes_max) close();
    }
}

/// All messages that are whole, while the peer takes what it is told.
Task<> Connection::hand_over() {
    while (is_open()) {
        const auto message = reader_.next();
        if (!message) co_return end(text_of(message.error()));
        if (!*message) break;
        message_began_.reset();
        ++about_.messages_received;
        owner_->arrived(*this, **message);
        while (is_open() && about_.bytes_waiting > limits_.reads_pause_bytes)
            co_await wait_for(written_);
    }
    if (!reader_.is_waiting())
        message_began_.reset();
    else if (!message_began_)
        message_began_ = Clock::now();
}

Task<> Connection::write_all() {
    while (!is_over()) {
        if (waiting_.empty() && is_leaving()) {
            boost::system::error_code ignored;
            stream_.next_layer().shutdown(boost::asio::socket_base::shutdown_send, ignored);
            co_return;
        }
        if (waiting_.empty()) {
            co_await wait_for(to_write_);
            continue;
        }
        gather();
        write_began_ = Clock::now();
        const auto [failure, count] =
            co_await boost::asio::async_write(stream_, buffer(writing_), as_tuple(use_awaitable));
        write_began_.reset();
        if (failure) co_return end(failure.message());
        about_.bytes_waiting -= writing_.size();
        about_.bytes_sent += count;
        about_.last_sent_at = time_of_day();
        if (writing_.capacity() > 2 * gathered_bytes) Bytes{}.swap(writing_);
        written_.cancel();
    }
}

/// Takes from what waits as much as is worth writing at once. It goes on waiting until it is
/// written.
void Connection::gather() {
    writing_.clear();
    while (!waiting_.empty() && (writing_.empty() || writing_.size() < gathered_bytes)) {
        const Outgoing next = std::move(waiting_.front());
        waiting_.pop_front();
        if (const auto* frame = std::get_if<Bytes>(&next)) {
            writing_.insert(writing_.end(), frame->begin(), frame->end());
        } else {
            const std::size_t before = writing_.size();
            append_frame(writing_, owner_->block_message(std::get<BlockIndex>(next)));
            about_.bytes_waiting += writing_.size() - before - sizeof(BlockIndex);
        }
    }
}

/// Time alone ends connections on which nothing else would happen.
Task<> Connection::watch() {
    const Duration interval = std::min({watch_interval_max, limits_.message_time_max,
                                        limits_.write_time_max, limits_.leave_time_max});
    while (!is_over()) {
        watch_over_.expires_after(real(interval));
        co_await watch_over_.async_wait(as_tuple(use_awaitable));
        if (const auto why = overdue(Clock::now()); !why.empty()) co_return end(why);
    }
}

/// What takes too long; nothing if all is in time.
std::string_view Connection::overdue(Clock::time_point now) const {
    if (is_leaving()) return now >= *leave_by_ ? "does not go" : "";
    if (is_reading_too_slow(now)) return "took too long over a message";
    if (write_began_ && now - *write_began_ > real(limits_.write_time_max)) return "takes nothing";
    return {};
}

bool Connection::is_reading_too_slow(Clock::time_point now) const {
    if (!message_began_) return false;
    const auto allowance =
        seconds(static_cast<std::int64_t>(reader_.announced() / limits_.slowest_bytes));
    return now - *message_began_ > real(limits_.message_time_max + allowance);
}

}  // namespace bezant::net
