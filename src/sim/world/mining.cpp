// SPDX-License-Identifier: Apache-2.0
#include "sim/world/mining.hpp"

#include "base/check.hpp"
#include "ledger/codec.hpp"
#include "rules/block_rules.hpp"

namespace bezant::sim {

namespace {

__extension__ using Wide = unsigned __int128;

/// Attempts searched at a time: long enough to keep the kernel busy, short enough that little is
/// searched in vain when the tip moves.
constexpr std::uint64_t slice_attempts = 2'048;
constexpr std::uint64_t microseconds_per_second = 1'000'000;
constexpr unsigned sampled_work_bits_max = 62;

std::uint64_t rate_of(const MiningSettings& mining, std::uint32_t participants, ParticipantId who) {
    const std::uint32_t miners = mining.miners.value_or(participants);
    if (who >= miners) return 0;
    if (mining.shares.empty()) return mining.hash_rate / miners;
    return static_cast<std::uint64_t>(Wide{mining.hash_rate} * mining.shares[who] / one_million);
}

HeaderBytes bytes_of(const BlockHeader& header) {
    const Bytes bytes = encoded(header);
    HeaderBytes fixed{};
    std::ranges::copy(bytes, fixed.begin());
    return fixed;
}

Uint256 target_of(CompactTarget compact) {
    const auto target = target_from_compact(compact);
    CHECK(target, "participants mine on well-formed targets");
    return *target;
}

/// count / rate seconds, rounded up to microseconds; centuries at most.
Duration time_for(std::uint64_t count, std::uint64_t rate) {
    const Wide exact = (Wide{count} * microseconds_per_second + rate - 1) / rate;
    constexpr Wide longest = Wide{INT64_MAX / 8};
    return {static_cast<std::int64_t>(exact < longest ? exact : longest)};
}

}  // namespace

Mining::Mining(Core& core) : core_(core), machines_(core.size()) {
    for (ParticipantId who = 0; who < core.size(); ++who) {
        machines_[who].hash_rate = rate_of(core.scenario.mining, core.size(), who);
        randoms_.push_back(core.random.stream("mining", who));
    }
}

bool Mining::is_searched() const {
    return core_.archive.parameters().proof_of_work == ProofOfWork::searched;
}

void Mining::switch_machine(ParticipantId who, bool on) {
    Machine& machine = machines_[who];
    if (machine.hash_rate == 0) return;
    core_.places[who].wants_to_mine = on;
    if (machine.on == on || !core_.places[who].actor) return;
    machine.on = on;
    ++machine.generation;
    core_.tell(who, EventKind::mining_switch, MiningSwitched{on});
    if (on && !is_searched()) draw(who);
}

void Mining::switch_all(bool on) {
    for (ParticipantId who = 0; who < core_.size(); ++who) switch_machine(who, on);
}

void Mining::new_job(ParticipantId who, const MiningJob& job, Time begins) {
    Machine& machine = machines_[who];
    if (!machine.on) return;
    ++machine.generation;
    machine.job = job.job;
    machine.work = std::make_unique<MiningWork>(bytes_of(job.header), target_of(job.header.target));
    machine.began = begins;
    machine.attempts = 0;
    schedule_slice(who);
}

void Mining::job_ended(ParticipantId who) { ++machines_[who].generation; }

void Mining::tip_moved(ParticipantId who) {
    const bool work_may_change = core_.archive.parameters().schedule != TargetSchedule::fixed;
    if (machines_[who].on && !is_searched() && work_may_change) draw(who);
}

void Mining::crashed(ParticipantId who) {
    machines_[who].on = false;
    ++machines_[who].generation;
}

Duration Mining::time_of_attempts(const Machine& machine, std::uint64_t count) const {
    return time_for(count, machine.hash_rate);
}

/// The slice begins where the last one ended; the event comes then.
void Mining::schedule_slice(ParticipantId who) {
    const Machine& machine = machines_[who];
    const Time at = machine.began + time_of_attempts(machine, machine.attempts);
    core_.schedule.add(std::max(at, core_.now), EventKind::mining_slice, who,
                       core_.schedule.world(), {Started{}, 0, machine.generation});
}

void Mining::search_slice(ParticipantId who, std::uint64_t generation) {
    Machine& machine = machines_[who];
    if (!machine.on || machine.generation != generation) return;
    const auto first = static_cast<std::uint32_t>(machine.attempts);
    const auto nonce = search_nonces(*machine.work, first, slice_attempts);
    if (!nonce) {
        machine.attempts += slice_attempts;
        // Nonces run out after hours; the participant gives out a new header long before.
        if (machine.attempts + slice_attempts <= UINT32_MAX) schedule_slice(who);
        return;
    }
    const Time found = machine.began + time_of_attempts(machine, *nonce + std::uint64_t{1});
    core_.schedule.add(std::max(found, core_.now), EventKind::nonce_found, who,
                       core_.schedule.world(),
                       {NonceFound{machine.job, *nonce}, 0, machine.generation});
}

void Mining::draw(ParticipantId who) {
    Machine& machine = machines_[who];
    ++machine.generation;
    const Participant* miner = core_.places[who].participant();
    const BlockIndex tip = miner != nullptr ? miner->chain().tip() : genesis_index;
    const CompactTarget target =
        next_target(core_.archive.context_of(tip), core_.archive.parameters());
    const Uint256 work = work_of_target(target_of(target));
    CHECK(work.bit_length() <= sampled_work_bits_max, "scenarios bound the work of a block");
    const Duration mean = time_for(work.low64(), machine.hash_rate);
    core_.schedule.add(core_.now + randoms_[who].exponential(mean), EventKind::block_granted, who,
                       core_.schedule.world(), {BlockGranted{}, 0, machine.generation});
}

bool Mining::takes(ParticipantId who, std::uint64_t generation) {
    Machine& machine = machines_[who];
    if (!machine.on || machine.generation != generation) return false;
    if (!is_searched()) draw(who);
    return true;
}

}  // namespace bezant::sim
