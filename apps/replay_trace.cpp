// SPDX-License-Identifier: Apache-2.0
#include "apps/replay_trace.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>

#include "base/hex.hpp"
#include "report/text_style.hpp"

namespace bezant::apps {

namespace {

template <class Hash>
std::string shown(const Hash& hash) {
    return to_hex_reversed(hash.view());
}

std::string name_of(const Archive& archive, BlockIndex block) {
    return shown(archive.blocks()[block].hash);
}

std::string name_of(const Archive& archive, TransactionIndex payment) {
    return shown(archive.transactions()[payment].id);
}

std::string_view name_of(TimerKind kind) {
    constexpr std::array<std::string_view, 7> names{
        "announce_payments", "request_timeout", "ping",          "refresh_template",
        "fee_floor",         "tend_peers",      "send_addresses"};
    return names[static_cast<std::size_t>(kind)];
}

std::string words_of(const Timer& timer) {
    const std::string_view name = name_of(timer.kind);
    if (timer.kind == TimerKind::refresh_template || timer.kind == TimerKind::tend_peers)
        return std::string{name};
    return fmt::format("{} of peer {}", name, timer.peer.value);
}

std::string seconds_text(Duration span) {
    return fmt::format("{:.6f} s", static_cast<double>(span.microseconds) / 1e6);
}

/// What a message says, where a line can hold it.
std::string words_of(const Message& message, const Archive& archive) {
    std::string name{bezant::name_of(message)};
    if (const auto* malformed = std::get_if<Malformed>(&message))
        return fmt::format("{} ({})", name, malformed->fault);
    if (const auto* hello = std::get_if<Hello>(&message))
        return fmt::format("{}, height {}", name, hello->height.value);
    if (const auto* block = std::get_if<BlockMessage>(&message))
        return fmt::format("{} {}", name, name_of(archive, block->block));
    if (const auto* block = std::get_if<NewBlock>(&message))
        return fmt::format("{} {}", name, shown(block_hash(block->block->header)));
    if (const auto* block = std::get_if<CompactBlock>(&message))
        return fmt::format("{} {}", name, name_of(archive, block->block));
    if (const auto* block = std::get_if<NewCompactBlock>(&message))
        return fmt::format("{} {}", name, shown(block_hash(*block->header)));
    if (const auto* payment = std::get_if<PaymentMessage>(&message))
        return fmt::format("{} {}", name, name_of(archive, payment->payment));
    if (const auto* payment = std::get_if<NewPayment>(&message))
        return fmt::format("{} {}", name, shown(transaction_id(*payment->payment)));
    if (const auto* headers = std::get_if<Headers>(&message))
        return fmt::format("{}, {} known", name, headers->headers.size());
    if (const auto* headers = std::get_if<NewHeaders>(&message))
        return fmt::format("{}, {} with news", name, headers->headers.size());
    if (const auto* inventory = std::get_if<Inventory>(&message))
        return fmt::format("{} of {}", name,
                           report::counted(inventory->payments.size(), "payment", "payments"));
    return name;
}

/// What each event says.
struct EventWords {
    const Archive& archive;

    std::string operator()(const Started&) const { return "started"; }
    std::string operator()(const PeerConnected& event) const {
        return fmt::format("peer {} connected, {} {}", event.peer.value,
                           event.outbound ? "called at" : "calling from",
                           event.address ? to_text(*event.address) : "somewhere");
    }
    std::string operator()(const PeerDisconnected& event) const {
        return fmt::format("peer {} disconnected", event.peer.value);
    }
    std::string operator()(const MessageArrived& event) const {
        return fmt::format("from peer {}: {}", event.peer.value, words_of(event.message, archive));
    }
    std::string operator()(const TimerFired& event) const {
        return "timer " + words_of(event.timer);
    }
    std::string operator()(const MiningSwitched& event) const {
        return fmt::format("mining switched {}", event.on ? "on" : "off");
    }
    std::string operator()(const NonceFound& event) const {
        return fmt::format("nonce {} found for job {}", event.nonce, event.job);
    }
    std::string operator()(const BlockGranted&) const { return "block granted"; }
    std::string operator()(const PaymentOrdered& event) const {
        return fmt::format("payment ordered: {} BZT to owner {}", to_text(event.order.amount),
                           to_hex(event.order.to.view()));
    }
    std::string operator()(const PaymentSubmitted& event) const {
        return fmt::format("payment submitted: {}", name_of(archive, event.payment));
    }
    std::string operator()(const DialFailed& event) const {
        return fmt::format("no answer from {}", to_text(event.address));
    }
    std::string operator()(const AddressesGiven& event) const {
        return report::counted(event.addresses.size(), "address", "addresses") + " given";
    }
    std::string operator()(const BlockSubmitted& event) const {
        return fmt::format("block submitted: {}",
                           to_hex_reversed(block_hash(event.block->header).view()));
    }
};

/// What each notice says.
struct NoticeWords {
    const Archive& archive;

    std::string operator()(const TipMoved& notice) const {
        return fmt::format("tip {} at height {}", name_of(archive, notice.change.to),
                           archive.blocks()[notice.change.to].height.value);
    }
    std::string operator()(const BlockMined& notice) const {
        return fmt::format("mined block {}", name_of(archive, notice.block));
    }
    std::string operator()(const BlockRefused& notice) const {
        return fmt::format("refused block {}: {}", name_of(archive, notice.block),
                           to_text(notice.rejection));
    }
    std::string operator()(const BlockLeftStale& notice) const {
        return fmt::format("left block {} beside the chain", name_of(archive, notice.block));
    }
    std::string operator()(const SubmissionRefused& notice) const {
        return fmt::format(
            "does not take block {}: {}", to_hex_reversed(notice.block.view()),
            notice.rejection != nullptr ? to_text(*notice.rejection) : "it is here already");
    }
    std::string operator()(const PaymentAccepted& notice) const {
        return fmt::format("holds payment {}", name_of(archive, notice.payment));
    }
    std::string operator()(const PaymentRefused& notice) const {
        return fmt::format("refused payment {}: {}", name_of(archive, notice.payment),
                           to_text(notice.refusal));
    }
    std::string operator()(const DoubleSpendAttempted& notice) const {
        return fmt::format("payment {} spends a coin that {} spends",
                           name_of(archive, notice.offered), name_of(archive, notice.held));
    }
    std::string operator()(const OrderPaid& notice) const {
        return fmt::format("paid by {}", name_of(archive, notice.payment));
    }
    std::string operator()(const OrderFailed& notice) const {
        return fmt::format("cannot pay: {}", to_text(notice.error));
    }
    std::string operator()(const PeerDropped& notice) const {
        return fmt::format("dropped peer {}: {}", notice.peer.value, to_text(notice.misconduct));
    }
};

void line(const std::string& text) { fmt::print("    {}\n", text); }

}  // namespace

std::string moment_text(Time at) {
    constexpr std::int64_t microseconds_per_second = 1'000'000;
    const std::chrono::sys_seconds second{std::chrono::seconds{unix_seconds(at)}};
    return fmt::format("{:%Y-%m-%d %H:%M:%S}.{:06}", second,
                       at.microseconds - unix_seconds(at) * microseconds_per_second);
}

void ReplayTrace::begins(std::uint64_t number, const net::TimedEvent& event, const Archive& archive,
                         double /*read*/) {
    archive_ = &archive;
    now_ = event.at;
    fmt::print("{} {} {}\n", number, moment_text(event.at),
               std::visit(EventWords{archive}, event.event));
}

void ReplayTrace::send(PeerId peer, Message message) {
    line(fmt::format("to peer {}: {}", peer.value, words_of(message, *archive_)));
}

void ReplayTrace::disconnect(PeerId peer, Misconduct why) {
    line(fmt::format("disconnects peer {}: {}", peer.value, to_text(why)));
}

void ReplayTrace::set_timer(Timer timer, Time at) {
    line(fmt::format("sets timer {}, in {}", words_of(timer), seconds_text(at - now_)));
}

void ReplayTrace::store(BlockIndex block) {
    line(fmt::format("stores block {}", name_of(*archive_, block)));
}

void ReplayTrace::mine(const MiningJob& job) {
    line(fmt::format("mines job {} on {}", job.job, shown(job.header.previous)));
}

void ReplayTrace::stop_mining() { line("stops mining"); }

void ReplayTrace::notice(const Notice& notice) { line(std::visit(NoticeWords{*archive_}, notice)); }

void ReplayTrace::dial(const NetworkAddress& address) {
    line(fmt::format("calls {}", to_text(address)));
}

}  // namespace bezant::apps
