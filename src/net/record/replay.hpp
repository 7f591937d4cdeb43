// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "net/record/event_codec.hpp"
#include "net/record/record_frames.hpp"
#include "net/start_error.hpp"
#include "node/effects.hpp"

namespace bezant::net {

/// Looks on while a record is replayed. Sees each event before it is handled, and then what the
/// participant does; none of it goes anywhere else.
class ReplayWatcher : public Effects {
public:
    /// The event of this number, the first of which is 1; `read` is the part of the record that
    /// lies behind, from 0 to 1.
    virtual void begins(std::uint64_t /*number*/, const TimedEvent& /*event*/,
                        const Archive& /*archive*/, double /*read*/) {}

    void send(PeerId /*peer*/, Message /*message*/) override {}
    void disconnect(PeerId /*peer*/, Misconduct /*why*/) override {}
    void set_timer(Timer /*timer*/, Time /*at*/) override {}
    void store(BlockIndex /*block*/) override {}
    void mine(const MiningJob& /*job*/) override {}
    void stop_mining() override {}
    void charge(Verification /*work*/) override {}
    void notice(const Notice& /*notice*/) override {}
    void dial(const NetworkAddress& /*address*/) override {}
};

struct ReplayOptions {
    std::filesystem::path file;
    /// After so many it stops, wherever the record ends.
    std::uint64_t events_max = UINT64_MAX;
};

/// How the record ends.
enum class RecordEnding : std::uint8_t {
    clean,        ///< the node ended as it should
    after_event,  ///< it was stopped between two events
    in_event,     ///< while the last event was handled: that one may have ended it
    not_reached,  ///< as many events as were asked for have been replayed
};

/// The first event at which a replay did something else than the node had done.
struct Parting {
    std::uint64_t event = 0;  ///< its number, from 1
    Time at;
    std::string what;
};

struct ReplayReport {
    RecordStart start;
    std::uint64_t events = 0;
    Time last_at;  ///< of the last event; of the start if there was none
    Standing standing;
    std::vector<TransactionId> pool;  ///< ids of the payments that wait
    Mix digest;                       ///< of all that the participant did
    RecordEnding ending{};
    bool is_torn = false;  ///< the last frame is not whole
    /// The last event asked for a signature that is not in the record: what was to be signed has
    /// none.
    bool lacks_signature = false;
    std::optional<Parting> parting;
    std::optional<RecordFault> damage;  ///< why it was not read further
};

/// Why there is nothing to report.
struct ReplayError {
    bool is_of_record = false;  ///< and not of what surrounds it
    std::string what;
    std::string advice;
};

/// What does not lie in the record.
[[nodiscard]] inline ReplayError error_around(const StartError& error) {
    return {.is_of_record = false, .what = error.what, .advice = error.advice};
}

/// Gives a record's events to the class that they were given to before, on a store as it was, and
/// compares what comes of each. No network, clock, random device or thread takes part; the disk is
/// a temporary folder. Stops at the first difference.
[[nodiscard]] Result<ReplayReport, ReplayError> replay(const ReplayOptions& options,
                                                       ReplayWatcher& watcher);

}  // namespace bezant::net
