// SPDX-License-Identifier: Apache-2.0
#include "sim/digest.hpp"

#include <variant>
#include <vector>

namespace bezant::sim {

namespace {

/// Mixes in what an event or a message says, field by field.
class Contents {
public:
    explicit Contents(Mixer& mixer) : mixer_(mixer) {}

    void operator()(const Started&) {}
    void operator()(const PeerConnected& event) {
        words(event.peer.value, event.outbound);
        if (event.address) address(*event.address);
    }
    void operator()(const PeerDisconnected& event) { words(event.peer.value); }
    void operator()(const MessageArrived& event) {
        words(event.peer.value, event.message.index());
        std::visit(*this, event.message);
    }
    void operator()(const TimerFired& event) {
        words(static_cast<std::uint64_t>(event.timer.kind), event.timer.peer.value);
    }
    void operator()(const MiningSwitched& event) { words(event.on); }
    void operator()(const NonceFound& event) { words(event.job, event.nonce); }
    void operator()(const BlockGranted&) {}
    void operator()(const PaymentOrdered& event) {
        words(event.order.order, event.order.amount.value, event.order.fee.value);
        mixer_.bytes(event.order.to);
    }
    void operator()(const PaymentSubmitted& event) { words(event.payment.value); }
    void operator()(const DialFailed& event) { address(event.address); }
    void operator()(const AddressesGiven& event) {
        words(event.addresses.size());
        for (const NetworkAddress& given : event.addresses) address(given);
    }
    void operator()(const BlockSubmitted& event) {
        mixer_.bytes(block_hash(event.block->header));
        transactions(event.block->transactions);
    }

    void operator()(const Hello& message) {
        words(message.version, message.nonce, message.height.value);
        mixer_.bytes(message.genesis);
    }
    void operator()(const Ping& message) { words(message.nonce); }
    void operator()(const Pong& message) { words(message.nonce); }
    void operator()(const Inventory& message) { indices(message.payments); }
    void operator()(const GetData& message) {
        indices(message.payments);
        indices(message.blocks);
    }
    void operator()(const NotFound& message) {
        indices(message.payments);
        indices(message.blocks);
    }
    void operator()(const PaymentMessage& message) { words(message.payment.value); }
    void operator()(const GetHeaders& message) {
        indices(message.locator);
        if (message.beyond) mixer_.bytes(*message.beyond);
    }
    void operator()(const Headers& message) { indices(message.headers); }
    void operator()(const BlockMessage& message) { words(message.block.value); }
    void operator()(const NewHeaders& message) {
        words(message.headers.size());
        for (const BlockHeader& header : message.headers) mixer_.bytes(block_hash(header));
    }
    void operator()(const NewBlock& message) {
        mixer_.bytes(block_hash(message.block->header));
        transactions(message.block->transactions);
    }
    void operator()(const NewPayment& message) { mixer_.bytes(message.full_id); }
    void operator()(const NewCompactBlock& message) {
        mixer_.bytes(block_hash(*message.header));
        (*this)(message.outline);
    }
    void operator()(const Malformed& message) { mixer_.text(message.fault); }
    void operator()(const SendCompact& message) { words(message.unasked); }
    void operator()(const GetCompactBlock& message) { words(message.block.value); }
    void operator()(const CompactBlock& message) {
        words(message.block.value, message.nonce, message.short_ids.size());
        for (const ShortId id : message.short_ids) words(id);
        words(message.prefilled.size());
        for (const Prefilled& each : message.prefilled) {
            words(each.position);
            mixer_.bytes(full_transaction_id(each.transaction));
        }
    }
    void operator()(const GetMissingTransactions& message) {
        words(message.block.value, message.positions.size());
        for (const std::uint32_t position : message.positions) words(position);
    }
    void operator()(const MissingTransactions& message) {
        words(message.block.value);
        transactions(message.transactions);
    }
    void operator()(const FeeFloor& message) { words(message.fee_per_kilobyte.value); }
    void operator()(const GetAddresses&) {}
    void operator()(const Addresses& message) {
        words(message.addresses.size());
        for (const HeardAddress& heard : message.addresses) {
            words(heard.heard_at);
            address(heard.address);
        }
    }

private:
    template <class... Words>
    void words(Words... values) {
        (mixer_.word(static_cast<std::uint64_t>(values)), ...);
    }

    void address(const NetworkAddress& place) {
        mixer_.bytes(place.host);
        words(place.port);
    }

    void transactions(const std::vector<Transaction>& list) {
        words(list.size());
        for (const Transaction& transaction : list) mixer_.bytes(full_transaction_id(transaction));
    }

    template <class Index>
    void indices(const std::vector<Index>& list) {
        mixer_.word(list.size());
        for (const Index index : list) mixer_.word(index.value);
    }

    Mixer& mixer_;
};

}  // namespace

void RunDigest::add(const EventOrder& order, Time at, const Event& event) {
    note_facts();
    mixer_.word(static_cast<std::uint64_t>(at.microseconds));
    mixer_.word(order.ends());
    std::visit(Contents{mixer_}, event);
}

void RunDigest::note_facts() {
    for (; blocks_seen_ < archive_.blocks().size(); ++blocks_seen_) {
        mixer_.bytes(archive_.blocks()[BlockIndex{blocks_seen_}].hash);
    }
    for (; transactions_seen_ < archive_.transactions().size(); ++transactions_seen_) {
        mixer_.bytes(archive_.transactions()[TransactionIndex{transactions_seen_}].full_id);
    }
}

}  // namespace bezant::sim
