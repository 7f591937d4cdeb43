// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/mixer.hpp"
#include "base/time.hpp"
#include "ledger/parameters.hpp"
#include "ledger/parameters_codec.hpp"
#include "node/participant.hpp"
#include "storage/stored_ledger.hpp"

namespace bezant::net {

// The contents of the frames of a record (docs/formats.md, "Record") that are not events.

enum class FrameKind : std::uint8_t {
    start = 0,
    event = 1,
    signature = 2,     ///< made while the event before it was handled
    outcome = 3,       ///< the event before it is done
    block_loaded = 4,  ///< facts that others than the participant brought in
    transaction_added = 5,
    coin_sought = 6,
    end = 7,
    stored = 8,  ///< what was found out was written, not at the end of an event
};

/// What tells one store from another: the blocks that it keeps, in order, and its tip.
struct StoreMark {
    std::uint64_t blocks = 0;  ///< without genesis
    Mix mix;                   ///< of their hashes
    BlockHash tip;

    friend bool operator==(const StoreMark&, const StoreMark&) = default;
};
/// Linear in the number of blocks.
[[nodiscard]] StoreMark mark_of(const storage::StoredLedger& ledger);

/// All that a life began with but the blocks that were stored and the secret key.
struct RecordStart {
    std::string version;  ///< of the program
    Time at;
    Parameters parameters;
    PublicKey key;  ///< with which it signs
    StoreMark store;
    std::uint64_t seed = 0;
    std::uint64_t archive_secret = 0;
    ParticipantOptions options;
    Bytes peers;  ///< an address book (node/address_book_codec.hpp)
};
void encode(Encoder& out, const RecordStart& start);
[[nodiscard]] RecordStart decode_record_start(Decoder& in);

/// Where a participant has come to.
struct Standing {
    BlockHash tip;
    Height height;
    std::uint64_t payments = 0;  ///< that wait in its pool
    Mix pool;                    ///< of their full ids, in the pool's order

    friend bool operator==(const Standing&, const Standing&) = default;
};
[[nodiscard]] Standing standing_of(const Participant& participant, const Archive& archive);
void encode(Encoder& out, const Standing& standing);
[[nodiscard]] Standing decode_standing(Decoder& in);

}  // namespace bezant::net
