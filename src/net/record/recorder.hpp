// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "net/private_file.hpp"
#include "net/record/effects_mix.hpp"
#include "net/record/record_frames.hpp"
#include "net/stored_participant.hpp"

namespace bezant::net {

struct RecordOptions {
    /// Where to; if the name is taken, this with ".2", ".3" and so on, so that what a node left
    /// behind when it failed is still there after its restart.
    std::filesystem::path file;
    std::string version;  ///< of the program
    /// Called once, with a text for the operator, when the record cannot be written further.
    std::function<void(const std::string&)> failed;
};

/// Where the store is kept that a record began with, if anything was stored.
[[nodiscard]] std::filesystem::path recorded_store(const std::filesystem::path& record);

/// Writes what enters a participant, and a hash of what comes of it, into a file as it happens
/// (docs/formats.md, "Record"). Each event is in the file before it is handled, so that the one
/// which ends the program is there, too. Nothing rests on the record: when it cannot be written, it
/// ends, and the node goes on. Costs one or two writes an event, of which none waits for the disk.
class Recorder {
public:
    /// Makes the file. Where blocks are stored, the store is copied beside it into FILE.store,
    /// without what is the wallet's.
    [[nodiscard]] static Result<std::unique_ptr<Recorder>, StartError> begin(
        RecordOptions options, const LifeStart& start, const Parameters& parameters,
        storage::StoredLedger& ledger, Time now);

    [[nodiscard]] const std::filesystem::path& file() const { return options_.file; }

    /// Signs as this one does, and records what it has signed. The recorder must outlive it.
    [[nodiscard]] std::unique_ptr<const Signer> recorded(std::unique_ptr<const Signer> signer);
    /// Once, before the first event: whose effects are to be mixed, and where they go then. Both
    /// must outlive the recorder.
    void watch(const StoredParticipant& life, Effects& target);
    /// What the participant is to be given.
    [[nodiscard]] Effects& effects() { return *effects_; }

    // Before an event is handled, or a message is read.
    void event(const Event& event, Time at);
    void arrived(PeerId peer, ByteView message, Time at);
    /// After that.
    void finished();

    // Before facts are brought in.
    void loads(const BlockHash& block);
    void adds(const Transaction& transaction);
    void seeks(const OutPoint& outpoint);
    /// Before what was found out is written between two events.
    void stores();

    /// Nothing more will be recorded.
    void end();

    /// Whether all of it could be written so far.
    [[nodiscard]] bool is_whole() const { return !has_failed_; }
    [[nodiscard]] std::uint64_t events() const { return events_; }
    /// After the last event that was finished.
    [[nodiscard]] const Mix& mix() const { return mix_; }

private:
    class RecordingSigner;

    Recorder(RecordOptions options, PrivateStream stream)
        : options_(std::move(options)), stream_(std::move(stream)) {}
    void open_event(ByteView content);
    void put_frame(FrameKind kind, ByteView content);
    void put(ByteView bytes);

    RecordOptions options_;
    std::optional<PrivateStream> stream_;  ///< nothing: it has ended
    FrameChain chain_;
    const StoredParticipant* life_ = nullptr;
    std::optional<EffectsMix> effects_;
    std::uint64_t events_ = 0;
    Mix mix_;
    bool in_event_ = false;
    bool has_failed_ = false;
};

}  // namespace bezant::net
