// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/mixer.hpp"
#include "chain/archive.hpp"
#include "node/forwarding_effects.hpp"
#include "node/participant.hpp"

namespace bezant::net {

/// Mixes all that a participant does into one running hash, and passes it on (docs/formats.md,
/// "Outcome"): two lives that have done the same have the same mix, and from the first event on at
/// which they part they never have it again. By content, not by index. What work is charged is left
/// out, since it depends on what is remembered.
class EffectsMix final : public ForwardingEffects {
public:
    /// Both must outlive it.
    EffectsMix(const Archive& archive, Effects& target)
        : ForwardingEffects(target), archive_(archive) {}

    void send(PeerId peer, Message message) override;
    void disconnect(PeerId peer, Misconduct why) override;
    void set_timer(Timer timer, Time at) override;
    void store(BlockIndex block) override;
    void mine(const MiningJob& job) override;
    void stop_mining() override;
    void notice(const Notice& notice) override;
    void dial(const NetworkAddress& address) override;

    /// The event is done: mixes in where the participant has come to, and gives the mix so far.
    Mix finish_event(const Participant& participant);

private:
    const Archive& archive_;
    Mixer mixer_;
};

}  // namespace bezant::net
