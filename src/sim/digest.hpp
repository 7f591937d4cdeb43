// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/mixer.hpp"
#include "chain/archive.hpp"
#include "node/event.hpp"
#include "sim/event_order.hpp"

namespace bezant::sim {

/// The digest of a run: a hash over every event that a participant was given: when, what kind, to
/// whom, from whom, and all that it says. Blocks and payments are mixed in by their hashes when
/// they first come up, and by their index from then on, which costs little and says the same: the
/// index is given in the order in which facts come up.
///
/// Same scenario and seed, same digest, whatever the compiler, the build or the machine.
class RunDigest {
public:
    /// The archive must outlive the digest.
    explicit RunDigest(const Archive& archive) : archive_(archive) {}

    /// `at` is when the participant took the event up: later than its order says if it was busy.
    void add(const EventOrder& order, Time at, const Event& event);

    /// Mixes in the blocks and payments that have come up since the last event: before any of them
    /// can be forgotten.
    void note_facts();

    /// 32 hexadecimal digits.
    [[nodiscard]] std::string to_text() const { return mixer_.to_text(); }

private:
    const Archive& archive_;
    Mixer mixer_;
    std::uint32_t blocks_seen_ = 0;
    std::uint32_t transactions_seen_ = 0;
};

}  // namespace bezant::sim
