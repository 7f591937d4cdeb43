// SPDX-License-Identifier: Apache-2.0
#include "sim/event_effects.hpp"

#include <utility>

#include "node/message_codec.hpp"
#include "rules/header_rules.hpp"

namespace bezant::sim {

void Engine::EventEffects::send(PeerId peer, Message message) {
    const Connections::End from{.who = who_, .peer = peer};
    if (!engine_.connections_.is_open(from)) return;
    const std::size_t bytes = encoded_size(message, engine_.archive_);
    const auto arrival = engine_.connections_.send(from, moment_, bytes);
    // The last bit tells whether it is awaited.
    const bool news = engine_.brings_news(who_, arrival.end.who, message);
    engine_.schedule_event(arrival.at, EventKind::message, arrival.end.who, who_,
                           MessageArrived{arrival.end.peer, std::move(message)},
                           std::uint64_t{bytes} << 1U | (news ? 1U : 0U));
}

void Engine::EventEffects::disconnect(PeerId peer, Misconduct why) {
    const Connections::End end{.who = who_, .peer = peer};
    if (engine_.connections_.is_open(end)) engine_.give_up(end, why, moment_);
}

// Asked for by the participant's own clock.
void Engine::EventEffects::set_timer(Timer timer, Time at) {
    engine_.schedule_event(at - place().skew, EventKind::timer, who_, who_, TimerFired{timer},
                           place().life);
}

// All that is stored in one event is made safe by one sync, and what is sent after waits for it.
void Engine::EventEffects::store(BlockIndex block) {
    const auto appended = place().disk.append(block);
    CHECK(appended, "simulated disks have room");
    if (stored_) return;
    stored_ = true;
    const CostSettings& cost = engine_.scenario_.cost;
    moment_ = moment_ + Duration{engine_.disk_random_.between(cost.disk_sync_min.microseconds,
                                                              cost.disk_sync_max.microseconds)};
}

void Engine::EventEffects::mine(const MiningJob& job) {
    engine_.mining_->work_on(who_, job, moment_);
}

void Engine::EventEffects::stop_mining() { engine_.mining_->stop(who_); }

void Engine::EventEffects::charge(Verification work) {
    constexpr std::int64_t bytes_per_kilobyte = 1'000;
    const CostSettings& cost = engine_.scenario_.cost;
    const Duration reading{cost.per_kilobyte.microseconds * work.bytes / bytes_per_kilobyte};
    moment_ = moment_ + cost.per_signature * work.signatures + reading;
}

void Engine::EventEffects::notice(const Notice& notice) {
    if (const auto* moved = std::get_if<TipMoved>(&notice)) {
        tip_moved_ = true;
        const Parameters& parameters = engine_.archive_.parameters();
        if (parameters.schedule != TargetSchedule::fixed) {
            const ParentContext parent = engine_.archive_.context_of(moved->change.to);
            engine_.mining_->retarget(who_, next_target(parent, parameters));
        }
    }
    engine_.listener_.noticed(who_, notice, moment_);
}

void Engine::EventEffects::dial(const NetworkAddress& address) {
    CHECK(engine_.has_discovery(),
          "where the topology gives the links, participants have no slots to fill");
    engine_.place_call(who_, address, moment_);
}

void Engine::EventEffects::finish() {
    place().busy_until = moment_;
    if (!stored_) return;
    const std::uint64_t life_and_blocks =
        std::uint64_t{place().life} << 32U | place().disk.appended();
    engine_.timeline_.schedule(moment_, EventKind::disk_synced, who_, who_).number =
        life_and_blocks;
}

}  // namespace bezant::sim
