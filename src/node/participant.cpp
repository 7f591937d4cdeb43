// SPDX-License-Identifier: Apache-2.0
#include "node/participant.hpp"

#include <utility>

#include "node/block_intake.hpp"
#include "node/chain_follow.hpp"
#include "node/event_handling.hpp"
#include "node/foresight.hpp"
#include "node/forgetting.hpp"
#include "node/outbound.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

struct Participant::State : ParticipantState {
    using ParticipantState::ParticipantState;
};

Participant::Participant(Archive& archive, SigningKey key, ParticipantOptions options,
                         Random random, std::span<const BlockIndex> stored,
                         std::optional<RememberedPeers> remembered)
    : Participant(archive, std::make_unique<SigningKey>(std::move(key)), options, random, stored,
                  std::move(remembered)) {}

Participant::Participant(Archive& archive, std::unique_ptr<const Signer> key,
                         ParticipantOptions options, Random random,
                         std::span<const BlockIndex> stored,
                         std::optional<RememberedPeers> remembered)
    : state_(std::make_unique<State>(archive, std::move(key), options, random,
                                     std::move(remembered))) {
    watch_stored_block(*state_, genesis_index);
    for (const BlockIndex block : stored) {
        take_stored_block(*state_, block);
        if (archive.has_storage()) bezant::forget_buried(*state_);
    }
    state_->wallet.keep_unspent(state_->chain);
}

Participant::~Participant() = default;
Participant::Participant(Participant&&) noexcept = default;
Participant& Participant::operator=(Participant&&) noexcept = default;

void Participant::handle(const Event& event, Time now, Effects& effects) {
    Turn turn{*state_, now, effects};
    std::visit([&](const auto& kind) { on_event(turn, kind); }, event);
    forget_dropped(turn);
}

Amount Participant::spendable(Amount enough) const {
    return state_->wallet.spendable(enough, state_->chain, state_->archive);
}

void Participant::expect(const Event& event, Foresight step) const {
    foresee(*state_, event, step);
}

void Participant::expect_order(const PayOrder& order) const {
    state_->wallet.expect_order(order, state_->chain, state_->pool, state_->archive);
}

void Participant::hold_waiting_facts(HeldFacts& held) const {
    bezant::hold_waiting_facts(*state_, held);
}

void Participant::forget_buried() { bezant::forget_buried(*state_); }

Block Participant::next_block(Time now, const BlockWish& wish) const {
    return bezant::next_block(*state_, now, wish);
}

const LocalChain& Participant::chain() const { return state_->chain; }
const Mempool& Participant::mempool() const { return state_->pool; }
const Wallet& Participant::wallet() const { return state_->wallet; }

Balance Participant::balance() const {
    return state_->wallet.balance(state_->chain, state_->pool, state_->archive);
}

const AddressBook& Participant::addresses() const { return state_->addresses; }
std::vector<NetworkAddress> Participant::anchors() const { return anchors_of(*state_); }

const PublicKey& Participant::public_key() const { return state_->wallet.public_key(); }

std::size_t Participant::memory_bytes() const {
    const State& state = *state_;
    return sizeof(State) + state.chain.memory_bytes() + state.stored.memory_bytes() +
           state.pool.memory_bytes() + state.wallet.memory_bytes() + state.miner.memory_bytes() +
           state.peers.memory_bytes() + state.block_requests.memory_bytes() +
           state.relay.memory_bytes() + state.payment_requests.memory_bytes() +
           state.orphans.memory_bytes() + state.refused.memory_bytes() +
           state.addresses.memory_bytes() + state.outbound.memory_bytes() +
           state.exchange.memory_bytes();
}

}  // namespace bezant
