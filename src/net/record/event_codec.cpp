// SPDX-License-Identifier: Apache-2.0
#include "net/record/event_codec.hpp"

#include <utility>

#include "net/record/record_fields.hpp"
#include "node/message_codec.hpp"
#include "node/network_address_codec.hpp"

namespace bezant::net {

namespace {

/// As docs/formats.md numbers them.
enum class EventKind : std::uint8_t {
    started = 0,
    peer_connected = 1,
    peer_disconnected = 2,
    message_arrived = 3,
    timer_fired = 4,
    mining_switched = 5,
    nonce_found = 6,
    block_granted = 7,
    payment_ordered = 8,
    payment_submitted = 9,
    dial_failed = 10,
    addresses_given = 11,
    block_submitted = 12,
};

void begin(Encoder& out, EventKind kind, Time at) {
    out.u8(static_cast<std::uint8_t>(kind));
    out.u64(static_cast<std::uint64_t>(at.microseconds));
}

void put_bytes(Encoder& out, ByteView bytes) {
    out.size(bytes.size());
    out.raw(bytes);
}

/// Writes each kind of event.
class EventWriter {
public:
    EventWriter(Encoder& out, Time at, const Archive& archive)
        : out_(out), at_(at), archive_(archive) {}

    void operator()(const Started&) { begin(EventKind::started); }
    void operator()(const PeerConnected& event) {
        begin(EventKind::peer_connected);
        out_.u32(event.peer.value);
        out_.u8(event.outbound ? 1 : 0);
        put_optional(out_, event.address,
                     [&](const NetworkAddress& address) { encode(out_, address); });
    }
    void operator()(const PeerDisconnected& event) {
        begin(EventKind::peer_disconnected);
        out_.u32(event.peer.value);
    }
    void operator()(const MessageArrived& event) {
        encode_arrival(out_, event.peer, encode_message(event.message, archive_), at_);
    }
    void operator()(const TimerFired& event) {
        begin(EventKind::timer_fired);
        out_.u8(static_cast<std::uint8_t>(event.timer.kind));
        out_.u32(event.timer.peer.value);
    }
    void operator()(const MiningSwitched& event) {
        begin(EventKind::mining_switched);
        out_.u8(event.on ? 1 : 0);
    }
    void operator()(const NonceFound& event) {
        begin(EventKind::nonce_found);
        out_.u64(event.job);
        out_.u32(event.nonce);
    }
    void operator()(const BlockGranted&) { begin(EventKind::block_granted); }
    void operator()(const PaymentOrdered& event) {
        begin(EventKind::payment_ordered);
        out_.u64(event.order.order);
        out_.raw(event.order.to.view());
        out_.u64(event.order.amount.value);
        out_.u64(event.order.fee.value);
    }
    void operator()(const PaymentSubmitted& event) {
        begin(EventKind::payment_submitted);
        out_.raw(archive_.transactions()[event.payment].full_id.view());
    }
    void operator()(const DialFailed& event) {
        begin(EventKind::dial_failed);
        encode(out_, event.address);
    }
    void operator()(const AddressesGiven& event) {
        begin(EventKind::addresses_given);
        out_.size(event.addresses.size());
        for (const NetworkAddress& address : event.addresses) encode(out_, address);
    }
    void operator()(const BlockSubmitted& event) {
        begin(EventKind::block_submitted);
        encode(out_, *event.block);
    }

private:
    void begin(EventKind kind) { bezant::net::begin(out_, kind, at_); }

    Encoder& out_;
    Time at_;
    const Archive& archive_;
};

NetworkAddress read_address(Decoder& in) { return decode_network_address(in, "host", "port"); }

Event read_peer_connected(Decoder& in) {
    PeerConnected event{.peer = PeerId{in.u32("peer")}, .outbound = flag(in, "outbound")};
    if (flag(in, "has address")) event.address = read_address(in);
    return event;
}

Event read_message(Decoder& in, Archive& archive) {
    const PeerId peer{in.u32("peer")};
    const ByteView message = in.raw(in.size("message length", 1), "message");
    if (in.failed()) return Started{};
    return MessageArrived{.peer = peer, .message = decode_message(message, archive)};
}

Event read_timer(Decoder& in) {
    const std::uint8_t kind = in.u8("timer kind");
    if (kind > static_cast<std::uint8_t>(TimerKind::send_addresses))
        in.fail(DecodeReason::bad_value, "timer kind");
    return TimerFired{{.kind = static_cast<TimerKind>(kind), .peer = PeerId{in.u32("peer")}}};
}

// On a network where nonces are searched nobody is granted a block.
Event read_block_granted(Decoder& in, const Archive& archive) {
    if (archive.parameters().proof_of_work == ProofOfWork::searched)
        in.fail(DecodeReason::bad_value, "event kind");
    return BlockGranted{};
}

Event read_payment_ordered(Decoder& in) {
    PayOrder order;
    order.order = in.u64("order");
    order.to = in.fixed<PublicKeyHash>("owner");
    order.amount = Amount{in.u64("amount")};
    order.fee = Amount{in.u64("fee")};
    return PaymentOrdered{order};
}

Event read_payment_submitted(Decoder& in, const Archive& archive) {
    const auto payment = archive.transactions().find(in.fixed<FullTransactionId>("payment"));
    if (!payment || !archive.transactions().is_known(*payment))
        in.fail(DecodeReason::bad_value, "payment");
    return PaymentSubmitted{payment.value_or(no_transaction)};
}

Event read_addresses_given(Decoder& in) {
    AddressesGiven event;
    for (std::size_t left = in.size("address count", network_address_bytes); left > 0; --left)
        event.addresses.push_back(read_address(in));
    return event;
}

Event read_event(EventKind kind, Decoder& in, Archive& archive) {
    switch (kind) {
        case EventKind::started:
            return Started{};
        case EventKind::peer_connected:
            return read_peer_connected(in);
        case EventKind::peer_disconnected:
            return PeerDisconnected{PeerId{in.u32("peer")}};
        case EventKind::message_arrived:
            return read_message(in, archive);
        case EventKind::timer_fired:
            return read_timer(in);
        case EventKind::mining_switched:
            return MiningSwitched{flag(in, "on")};
        case EventKind::nonce_found:
            return NonceFound{.job = in.u64("job"), .nonce = in.u32("nonce")};
        case EventKind::block_granted:
            return read_block_granted(in, archive);
        case EventKind::payment_ordered:
            return read_payment_ordered(in);
        case EventKind::payment_submitted:
            return read_payment_submitted(in, archive);
        case EventKind::dial_failed:
            return DialFailed{read_address(in)};
        case EventKind::addresses_given:
            return read_addresses_given(in);
        case EventKind::block_submitted:
            return BlockSubmitted{Boxed{decode_block(in)}};
    }
    in.fail(DecodeReason::bad_value, "event kind");
    return Started{};
}

}  // namespace

void encode_event(Encoder& out, const Event& event, Time at, const Archive& archive) {
    std::visit(EventWriter{out, at, archive}, event);
}

void encode_arrival(Encoder& out, PeerId peer, ByteView message, Time at) {
    begin(out, EventKind::message_arrived, at);
    out.u32(peer.value);
    put_bytes(out, message);
}

TimedEvent decode_event(Decoder& in, Archive& archive) {
    const auto kind = static_cast<EventKind>(in.u8("event kind"));
    const Time at = decode_time(in);
    return {.event = read_event(kind, in, archive), .at = at};
}

}  // namespace bezant::net
