// SPDX-License-Identifier: Apache-2.0
#include "mining/stratum_client.hpp"

#include <algorithm>
#include <boost/asio.hpp>
#include <chrono>
#include <utility>

#include "mining/limits.hpp"
#include "net/spawn.hpp"

namespace bezant::mining {

namespace asio = boost::asio;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

constexpr std::chrono::nanoseconds line_interval =
    std::chrono::nanoseconds{std::chrono::seconds{1}} / lines_per_second_max;

}  // namespace

StratumClient::StratumClient(Socket socket, StratumDesk& desk, std::uint32_t number, Waits waits)
    : socket_(std::move(socket)),
      signal_(socket_.get_executor(), asio::steady_timer::time_point::max()),
      desk_(desk),
      session_(desk, number),
      waits_(waits) {
    boost::system::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket_.set_option(asio::socket_base::keep_alive(true), ignored);
}

asio::awaitable<void> StratumClient::run() {
    net::spawn(socket_.get_executor(), [self = shared_from_this()] { return self->write(); });
    while (!ends_) {
        const bool is_there = co_await read_line();
        if (!is_there || ends_) break;
        answer_line();
        co_await wait_for_turn();
    }
    ends_ = true;
    signal_.cancel();
}

/// False if no line comes, in time and of a size that it may have.
asio::awaitable<bool> StratumClient::read_line() {
    const net::Deadline<Socket> deadline{
        socket_, session_.is_introduced() ? waits_.silence : waits_.introduction};
    const auto [error, bytes] = co_await asio::async_read_until(
        socket_, asio::dynamic_buffer(heard_, line_bytes_max), '\n', as_result);
    line_ = bytes;
    co_return !error;
}

void StratumClient::answer_line() {
    const std::string line = heard_.substr(0, line_ - 1);
    heard_.erase(0, line_);
    const StratumSession::Reply reply = session_.answer(line);
    say(reply.text);
    ends_ = ends_ || reply.ends;
    if (!ends_ && session_.is_flooding()) give(desk_.works.current(), false);
}

/// Who says much waits: what it says next stays in its socket.
asio::awaitable<void> StratumClient::wait_for_turn() {
    const auto now = asio::steady_timer::clock_type::now();
    turn_ = std::max(turn_ + line_interval, now - line_interval * lines_at_once_max);
    if (turn_ <= now) co_return;
    asio::steady_timer timer{socket_.get_executor(), turn_};
    co_await timer.async_wait(as_result);
}

void StratumClient::give(const WorkDesk::Given& given, bool clean) {
    if (!ends_ && session_.is_introduced()) say(session_.job(given, clean));
}

void StratumClient::say(std::string_view text) {
    unsent_ += text;
    if (unsent_.size() > unsent_bytes_max) return hang_up();
    signal_.cancel();
}

void StratumClient::hang_up() {
    ends_ = true;
    boost::system::error_code ignored;
    socket_.close(ignored);
    signal_.cancel();
}

/// What is to be said when the program has ended is said still, as far as it is taken.
asio::awaitable<void> StratumClient::write() {
    while (true) {
        if (unsent_.empty()) {
            if (ends_) break;
            co_await signal_.async_wait(as_result);
            continue;
        }
        const std::string text = std::exchange(unsent_, {});
        const net::Deadline<Socket> deadline{socket_, waits_.introduction};
        const auto [error, bytes] =
            co_await asio::async_write(socket_, asio::buffer(text), as_result);
        if (error) break;
    }
    hang_up();
}

}  // namespace bezant::mining
