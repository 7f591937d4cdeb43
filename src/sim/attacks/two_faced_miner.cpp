// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/two_faced_miner.hpp"

#include <algorithm>
#include <array>

#include "node/forwarding_effects.hpp"

namespace bezant::sim {

namespace {

/// What each face calls the other: a number that the world never gives to a neighbour.
constexpr PeerId other_face{UINT32_MAX};

ParticipantOptions without_timers(ParticipantOptions options) {
    options.announce_interval = {};
    options.ping_interval = {};
    options.template_interval = {};
    options.mines = false;
    return options;
}

bool is_question(const Message& message) {
    return std::holds_alternative<Hello>(message) || std::holds_alternative<GetHeaders>(message) ||
           std::holds_alternative<GetData>(message) ||
           std::holds_alternative<GetCompactBlock>(message) ||
           std::holds_alternative<GetMissingTransactions>(message);
}

}  // namespace

/// The public face's effects are the seat's, but for what concerns the secret face.
class TwoFacedMiner::PublicEffects final : public ForwardingEffects {
public:
    PublicEffects(Effects& target, TwoFacedMiner& miner)
        : ForwardingEffects(target), miner_(miner) {}

    void send(PeerId peer, Message message) override {
        if (peer != other_face) return target().send(peer, std::move(message));
        if (is_question(message))
            miner_.carried_.push_back({.to_secret = true, .message = std::move(message)});
    }
    void disconnect(PeerId peer, Misconduct why) override {
        if (peer != other_face) target().disconnect(peer, why);
    }
    void set_timer(Timer timer, Time at) override {
        if (timer.peer != other_face) target().set_timer(timer, at);
    }

private:
    TwoFacedMiner& miner_;
};

/// Of the secret face nobody hears but the public one, and the machine that mines for it.
class TwoFacedMiner::SecretEffects final : public Effects {
public:
    SecretEffects(Effects& target, TwoFacedMiner& miner) : target_(target), miner_(miner) {}

    void send(PeerId /*peer*/, Message message) override {
        if (!std::holds_alternative<Inventory>(message))
            miner_.carried_.push_back({.to_secret = false, .message = std::move(message)});
    }
    void disconnect(PeerId /*peer*/, Misconduct /*why*/) override {}
    void set_timer(Timer /*timer*/, Time /*at*/) override {}
    void store(BlockIndex /*block*/) override {}
    void mine(const MiningJob& job) override { target_.mine(job); }
    void stop_mining() override { target_.stop_mining(); }
    void charge(Verification /*work*/) override {}
    void notice(const Notice& notice) override {
        if (!std::holds_alternative<BlockMined>(notice)) return;
        miner_.has_branch_ = true;
        target_.notice(notice);
    }
    void dial(const NetworkAddress& /*address*/) override {}

private:
    Effects& target_;
    TwoFacedMiner& miner_;
};

TwoFacedMiner::TwoFacedMiner(const Seat& seat, const TransactionIndex& secret_payment)
    : archive_(seat.archive),
      key_(seat.key),
      secret_options_(without_timers(seat.options)),
      random_(seat.random.stream("secret face")),
      secret_payment_(secret_payment),
      public_(seat.archive, seat.key, seat.options, seat.random, seat.stored) {}

void TwoFacedMiner::give(Participant& face, const Event& event, Time now, Effects& effects) {
    if (&face == &public_) {
        PublicEffects filtered{effects, *this};
        face.handle(event, now, filtered);
    } else {
        SecretEffects filtered{effects, *this};
        face.handle(event, now, filtered);
    }
}

void TwoFacedMiner::handle(const Event& event, Time now, Effects& effects) {
    if (std::holds_alternative<PaymentOrdered>(event)) return;
    const auto* switched = std::get_if<MiningSwitched>(&event);
    if (switched != nullptr) mining_ = switched->on;
    const bool is_for_miner = switched != nullptr || std::holds_alternative<NonceFound>(event) ||
                              std::holds_alternative<BlockGranted>(event);
    give(is_for_miner && secret_ ? *secret_ : public_, event, now, effects);
    carry_messages(now, effects);
    const bool is_behind =
        secret_ && !has_branch_ && secret_->chain().tip() != public_.chain().tip();
    if (is_behind) begin_in_secret(now, effects);
}

void TwoFacedMiner::poked(std::uint64_t tag, Time now, Effects& effects) {
    switch (static_cast<MinerOrder>(tag)) {
        case MinerOrder::mine_in_secret:
            return begin_in_secret(now, effects);
        case MinerOrder::release:
            return release(now, effects);
        case MinerOrder::live_honestly:
            return live_honestly(now, effects);
    }
}

void TwoFacedMiner::switch_mining(Participant& face, bool on, Time now, Effects& effects) {
    if (mining_) give(face, MiningSwitched{.on = on}, now, effects);
}

std::vector<BlockIndex> TwoFacedMiner::public_chain() const {
    std::vector<BlockIndex> chain;
    for (BlockIndex block = public_.chain().tip(); block != genesis_index;
         block = archive_.blocks()[block].parent)
        chain.push_back(block);
    std::ranges::reverse(chain);
    return chain;
}

// The secret face begins with what the public one knows; its payment is a fact of its own.
void TwoFacedMiner::begin_in_secret(Time now, Effects& effects) {
    switch_mining(public_, false, now, effects);
    const std::vector<BlockIndex> known = public_chain();
    secret_.emplace(archive_, key_, secret_options_, random_, known);
    give(*secret_, PaymentSubmitted{.payment = secret_payment_}, now, effects);
    switch_mining(*secret_, true, now, effects);
}

void TwoFacedMiner::release(Time now, Effects& effects) {
    if (!secret_ || is_released_) return;
    is_released_ = true;
    for (Participant* face : std::array{&public_, &*secret_})
        give(*face, PeerConnected{.peer = other_face, .outbound = true}, now, effects);
    carry_messages(now, effects);
}

void TwoFacedMiner::carry_messages(Time now, Effects& effects) {
    while (!carried_.empty()) {
        const Carried next = std::move(carried_.front());
        carried_.pop_front();
        if (next.to_secret && !secret_) continue;
        give(next.to_secret ? *secret_ : public_,
             MessageArrived{.peer = other_face, .message = next.message}, now, effects);
    }
}

void TwoFacedMiner::live_honestly(Time now, Effects& effects) {
    if (!secret_) return;
    switch_mining(*secret_, false, now, effects);
    secret_.reset();
    carried_.clear();
    if (is_released_) give(public_, PeerDisconnected{.peer = other_face}, now, effects);
    is_released_ = false;
    switch_mining(public_, true, now, effects);
}

}  // namespace bezant::sim
