// SPDX-License-Identifier: Apache-2.0
#include "net/record/effects_mix.hpp"

#include <utility>

#include "ledger/codec.hpp"
#include "node/message_codec.hpp"

namespace bezant::net {

namespace {

/// As docs/formats.md numbers what is mixed in.
enum class Mixed : std::uint8_t {
    end_of_event = 0,
    send = 1,
    send_block = 2,
    disconnect = 3,
    set_timer = 4,
    store = 5,
    mine = 6,
    stop_mining = 7,
    dial = 8,
    notice = 9,
};

template <class... Words>
void mix(Mixer& mixer, Mixed what, Words... words) {
    mixer.word(static_cast<std::uint64_t>(what));
    (mixer.word(static_cast<std::uint64_t>(words)), ...);
}

/// What each notice names.
class NoticeMix {
public:
    NoticeMix(Mixer& mixer, const Archive& archive) : mixer_(mixer), archive_(archive) {}

    void operator()(const TipMoved& notice) {
        block(notice.change.to);
        mixer_.word(notice.change.disconnected.size());
        payments(notice.pool.confirmed);
        payments(notice.pool.returned);
        payments(notice.pool.adopted);
        mixer_.word(notice.pool.dropped.size());
        for (const auto& dropped : notice.pool.dropped) payment(dropped.payment);
    }
    void operator()(const BlockMined& notice) { block(notice.block); }
    void operator()(const BlockRefused& notice) { block(notice.block); }
    void operator()(const BlockLeftStale& notice) { block(notice.block); }
    void operator()(const SubmissionRefused& notice) { mixer_.bytes(notice.block); }
    void operator()(const PaymentAccepted& notice) { payment(notice.payment); }
    void operator()(const PaymentRefused& notice) {
        payment(notice.payment);
        mixer_.bytes(as_bytes(to_text(notice.refusal)));
    }
    void operator()(const DoubleSpendAttempted& notice) {
        payment(notice.held);
        payment(notice.offered);
    }
    void operator()(const OrderPaid& notice) {
        mixer_.word(notice.order);
        payment(notice.payment);
    }
    void operator()(const OrderFailed& notice) { mixer_.word(notice.order); }
    void operator()(const PeerDropped& notice) { mixer_.word(notice.peer.value); }

private:
    void block(BlockIndex block) { mixer_.bytes(archive_.blocks()[block].hash); }
    void payment(TransactionIndex payment) {
        mixer_.bytes(archive_.transactions()[payment].full_id);
    }
    void payments(const std::vector<TransactionIndex>& list) {
        mixer_.word(list.size());
        for (const TransactionIndex each : list) payment(each);
    }

    Mixer& mixer_;
    const Archive& archive_;
};

}  // namespace

void EffectsMix::send(PeerId peer, Message message) {
    if (const auto* block = std::get_if<BlockMessage>(&message)) {
        mix(mixer_, Mixed::send_block, peer.value);
        mixer_.bytes(archive_.blocks()[block->block].hash);
    } else {
        mix(mixer_, Mixed::send, peer.value);
        mixer_.bytes(ByteView{encode_message(message, archive_)});
    }
    target().send(peer, std::move(message));
}

void EffectsMix::disconnect(PeerId peer, Misconduct why) {
    mix(mixer_, Mixed::disconnect, peer.value, why);
    target().disconnect(peer, why);
}

void EffectsMix::set_timer(Timer timer, Time at) {
    mix(mixer_, Mixed::set_timer, timer.kind, timer.peer.value, at.microseconds);
    target().set_timer(timer, at);
}

void EffectsMix::store(BlockIndex block) {
    mix(mixer_, Mixed::store);
    mixer_.bytes(archive_.blocks()[block].hash);
    target().store(block);
}

void EffectsMix::mine(const MiningJob& job) {
    mix(mixer_, Mixed::mine, job.job);
    mixer_.bytes(ByteView{encoded(job.header)});
    target().mine(job);
}

void EffectsMix::stop_mining() {
    mix(mixer_, Mixed::stop_mining);
    target().stop_mining();
}

void EffectsMix::notice(const Notice& notice) {
    mix(mixer_, Mixed::notice, notice.index());
    std::visit(NoticeMix{mixer_, archive_}, notice);
    target().notice(notice);
}

void EffectsMix::dial(const NetworkAddress& address) {
    mix(mixer_, Mixed::dial, address.port);
    mixer_.bytes(address.host);
    target().dial(address);
}

Mix EffectsMix::finish_event(const Participant& participant) {
    mix(mixer_, Mixed::end_of_event, participant.mempool().size());
    mixer_.bytes(archive_.blocks()[participant.chain().tip()].hash);
    return mixer_.mix();
}

}  // namespace bezant::net
