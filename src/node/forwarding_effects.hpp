// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "node/effects.hpp"

namespace bezant {

/// Passes every effect on. Who stands between a participant and its driver overrides what he would
/// look at, hold back or change.
class ForwardingEffects : public Effects {
public:
    explicit ForwardingEffects(Effects& target) : target_(target) {}

    void send(PeerId peer, Message message) override { target_.send(peer, std::move(message)); }
    void disconnect(PeerId peer, Misconduct why) override { target_.disconnect(peer, why); }
    void set_timer(Timer timer, Time at) override { target_.set_timer(timer, at); }
    void store(BlockIndex block) override { target_.store(block); }
    void mine(const MiningJob& job) override { target_.mine(job); }
    void stop_mining() override { target_.stop_mining(); }
    void charge(Verification work) override { target_.charge(work); }
    void notice(const Notice& notice) override { target_.notice(notice); }
    void dial(const NetworkAddress& address) override { target_.dial(address); }

protected:
    [[nodiscard]] Effects& target() { return target_; }

private:
    Effects& target_;
};

}  // namespace bezant
