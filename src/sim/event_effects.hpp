// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/engine.hpp"

namespace bezant::sim {

/// Carries out what a participant does in one event. Time that it takes passes between effects:
/// what comes after leaves later.
class Engine::EventEffects final : public Effects {
public:
    EventEffects(Engine& engine, ParticipantId who)
        : engine_(engine), who_(who), moment_(engine.timeline_.now()) {}

    void send(PeerId peer, Message message) override;
    void disconnect(PeerId peer, Misconduct why) override;
    void set_timer(Timer timer, Time at) override;
    void store(BlockIndex block) override;
    void mine(const MiningJob& job) override;
    void stop_mining() override;
    void charge(Verification work) override;
    void notice(const Notice& notice) override;
    void dial(const NetworkAddress& address) override;

    /// The event is over: the participant is busy until all that it took has passed.
    void finish();

    [[nodiscard]] bool tip_moved() const { return tip_moved_; }

private:
    [[nodiscard]] Place& place() { return engine_.places_[who_]; }

    Engine& engine_;
    ParticipantId who_;
    Time moment_;
    bool stored_ = false;
    bool tip_moved_ = false;
};

}  // namespace bezant::sim
