// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/secret_miner.hpp"

#include <algorithm>
#include <utility>

#include "node/forwarding_effects.hpp"

namespace bezant::sim {

namespace {

ParticipantOptions without_timers(ParticipantOptions options) {
    options.announce_interval = {};
    options.ping_interval = {};
    options.template_interval = {};
    options.fee_floor_interval = {};
    options.mines = false;
    return options;
}

/// What leads to this block from the last that both branches share, oldest first.
std::vector<BlockIndex> branch_to(BlockIndex last, BlockIndex other, const BlockTree& blocks) {
    const BlockIndex fork = blocks.fork_point(last, other);
    std::vector<BlockIndex> branch;
    for (BlockIndex block = last; block != fork; block = blocks[block].parent)
        branch.push_back(block);
    std::ranges::reverse(branch);
    return branch;
}

}  // namespace

/// The public face's effects are the seat's. Of the secret one nobody hears but the machine that
/// mines for it. What one face hands to the other was found before.
class SecretMiner::FaceEffects final : public ForwardingEffects {
public:
    FaceEffects(Effects& target, SecretMiner& miner, bool is_secret)
        : ForwardingEffects(target), miner_(miner), is_secret_(is_secret) {}

    void send(PeerId peer, Message message) override {
        if (!is_secret_) target().send(peer, std::move(message));
    }
    void set_timer(Timer timer, Time at) override {
        if (!is_secret_) target().set_timer(timer, at);
    }
    void store(BlockIndex block) override {
        if (!is_secret_) target().store(block);
    }
    void charge(Verification work) override {
        if (!is_secret_) target().charge(work);
    }
    void notice(const Notice& notice) override {
        const bool is_find = std::holds_alternative<BlockMined>(notice);
        if (is_find ? miner_.handing_over_ : is_secret_) return;
        target().notice(notice);
        if (const auto* accepted = std::get_if<PaymentAccepted>(&notice))
            miner_.accepted_.push_back(accepted->payment);
    }

private:
    SecretMiner& miner_;
    bool is_secret_;
};

SecretMiner::SecretMiner(const Seat& seat)
    : archive_(seat.archive),
      key_(seat.key),
      secret_options_(without_timers(seat.options)),
      random_(seat.random.stream("secret face")),
      public_(seat.archive, seat.key, seat.options, seat.random, seat.stored) {}

void SecretMiner::give(Participant& face, const Event& event, Time now, Effects& effects) {
    FaceEffects filtered{effects, *this, &face != &public_};
    face.handle(event, now, filtered);
}

void SecretMiner::handle(const Event& event, Time now, Effects& effects) {
    if (std::holds_alternative<PaymentOrdered>(event)) return;
    audience_.see(event);
    const auto* switched = std::get_if<MiningSwitched>(&event);
    if (switched != nullptr) mining_ = switched->on;
    const bool is_for_machine = switched != nullptr || std::holds_alternative<NonceFound>(event) ||
                                std::holds_alternative<BlockGranted>(event);
    give(is_for_machine && secret_ ? *secret_ : public_, event, now, effects);
    pass_payments(now, effects);
}

void SecretMiner::pass_payments(Time now, Effects& effects) {
    for (const TransactionIndex payment : std::exchange(accepted_, {}))
        if (secret_) give(*secret_, PaymentSubmitted{.payment = payment}, now, effects);
}

void SecretMiner::switch_mining(Participant& face, bool on, Time now, Effects& effects) {
    if (mining_) give(face, MiningSwitched{.on = on}, now, effects);
}

void SecretMiner::begin_in_secret(std::optional<TransactionIndex> payment, Time now,
                                  Effects& effects) {
    switch_mining(public_, false, now, effects);
    const std::vector<BlockIndex> known =
        branch_to(public_.chain().tip(), genesis_index, archive_.blocks());
    secret_.emplace(archive_, key_, secret_options_, random_, known);
    if (payment) give(*secret_, PaymentSubmitted{.payment = *payment}, now, effects);
    switch_mining(*secret_, true, now, effects);
}

// As a user hands a block in: each face judges for itself.
void SecretMiner::hand_over(Participant& face, BlockIndex last, Time now, Effects& effects) {
    std::vector<BlockIndex> lacked;
    for (BlockIndex block = last; !face.chain().has_body(block); block = blocks()[block].parent)
        lacked.push_back(block);
    handing_over_ = true;
    for (; !lacked.empty(); lacked.pop_back())
        give(face, BlockSubmitted{.block = Boxed{archive_.assemble(lacked.back())}}, now, effects);
    handing_over_ = false;
}

void SecretMiner::follow(Time now, Effects& effects) {
    hand_over(*secret_, public_.chain().tip(), now, effects);
}

void SecretMiner::show(BlockIndex last, Time now, Effects& effects) {
    const BlockIndex theirs = public_.chain().tip();
    hand_over(public_, last, now, effects);
    if (public_.chain().tip() == last) return;  // and he has told of it himself
    audience_.tell(Headers{.headers = branch_to(last, theirs, blocks())}, effects);
}

void SecretMiner::live_honestly(Time now, Effects& effects) {
    if (!secret_) return;
    switch_mining(*secret_, false, now, effects);
    secret_.reset();
    switch_mining(public_, true, now, effects);
}

}  // namespace bezant::sim
