// SPDX-License-Identifier: Apache-2.0
#include "net/record/replay.hpp"

#include <fstream>
#include <set>
#include <utility>

#include "net/record/effects_mix.hpp"
#include "net/record/recorded_signer.hpp"
#include "net/record/replay_folder.hpp"
#include "net/stored_participant.hpp"
#include "node/limits.hpp"

namespace bezant::net {

namespace {

/// Does what must be done: blocks are stored. Who is connected is remembered.
class ReplayEffects final : public ForwardingEffects {
public:
    ReplayEffects(StoredParticipant& life, std::set<PeerId>& connected, Effects& target)
        : ForwardingEffects(target), life_(life), connected_(connected) {}

    void disconnect(PeerId peer, Misconduct why) override {
        connected_.erase(peer);
        target().disconnect(peer, why);
    }
    void store(BlockIndex block) override {
        life_.store(block);
        target().store(block);
    }

private:
    StoredParticipant& life_;
    std::set<PeerId>& connected_;
};

ReplayError error_of_record(const RecordFault& fault) {
    return {.is_of_record = true, .what = fault.what, .advice = fault.advice};
}
RecordFault out_of_place(const Frame& frame) {
    return {.what = "the record's frame at byte " + std::to_string(frame.offset - 1) +
                    " is of kind " + std::to_string(static_cast<unsigned>(frame.kind)) +
                    ", which may not come here",
            .advice = "replay it with the version of Bezant that wrote it"};
}

/// One record on its way through a participant.
class Replay {
public:
    Replay(const RecordReader& reader, ReplayFolder folder, ReplayWatcher& watcher)
        : reader_(reader), folder_(std::move(folder)), watcher_(watcher) {}

    [[nodiscard]] Result<void, ReplayError> begin(const std::filesystem::path& file);
    [[nodiscard]] ReplayReport run(std::uint64_t events_max) &&;

private:
    [[nodiscard]] Result<void, ReplayError> come_to_life(
        std::unique_ptr<storage::StoredLedger> ledger);
    void read_ahead();
    [[nodiscard]] std::optional<Frame> take();
    [[nodiscard]] std::optional<Frame> take(FrameKind kind);
    void play(const Frame& frame);
    void play_event(const Frame& frame);
    [[nodiscard]] bool can_happen(const Event& event);
    void compare(const TimedEvent& event, const Mix& expected);
    void part(Time at, std::string what);
    void load(Decoder& in);
    void compare_end(Decoder& in);
    template <class Read>
    void read_whole(const Frame& frame, Read&& read);

    RecordReader reader_;
    ReplayFolder folder_;
    ReplayWatcher& watcher_;
    RecordedSigner::Signatures signatures_;
    std::set<PeerId> connected_;
    std::unique_ptr<StoredParticipant> life_;
    std::optional<ReplayEffects> acts_;
    std::optional<EffectsMix> mixes_;
    std::optional<Frame> ahead_;
    std::optional<RecordFault> fault_ahead_;  ///< why nothing is ahead, if that is no end
    ReplayReport report_;
};

Result<void, ReplayError> Replay::begin(const std::filesystem::path& file) {
    read_ahead();
    const auto first = take(FrameKind::start);
    if (!first) {
        return unexpected{error_of_record(
            fault_ahead_.value_or(RecordFault{.what = "the record ends before its first event",
                                              .advice = "there is nothing in it to replay"}))};
    }
    read_whole(*first, [&](Decoder& in) { report_.start = decode_record_start(in); });
    if (report_.damage) return unexpected{error_of_record(*report_.damage)};
    report_.last_at = report_.start.at;
    auto ledger = open_recorded_store(file, report_.start, folder_);
    if (!ledger) return unexpected{ledger.error()};
    return come_to_life(*std::move(ledger));
}

Result<void, ReplayError> Replay::come_to_life(std::unique_ptr<storage::StoredLedger> ledger) {
    const RecordStart& start = report_.start;
    const ParticipantOptions& options = start.options;
    auto peers = decode_address_book(start.peers, options.address_book, options.address_realm);
    CHECK(peers, "the address book was read with the rest of the start");
    auto life =
        StoredParticipant::open(std::move(ledger), start.parameters,
                                {.signer = std::make_unique<RecordedSigner>(start.key, signatures_),
                                 .options = options,
                                 .seed = start.seed,
                                 .archive_secret = start.archive_secret,
                                 .peers = *std::move(peers)});
    if (!life) return unexpected{error_around(life.error())};
    life_ = *std::move(life);
    acts_.emplace(*life_, connected_, watcher_);
    mixes_.emplace(life_->archive(), *acts_);
    return {};
}

void Replay::read_ahead() {
    ahead_.reset();
    if (fault_ahead_) return;
    auto frame = reader_.next();
    if (frame)
        ahead_ = *std::move(frame);
    else
        fault_ahead_ = frame.error();
}

std::optional<Frame> Replay::take() {
    std::optional<Frame> frame = std::move(ahead_);
    read_ahead();
    return frame;
}

std::optional<Frame> Replay::take(FrameKind kind) {
    return ahead_ && ahead_->kind == kind ? take() : std::nullopt;
}

ReplayReport Replay::run(std::uint64_t events_max) && {
    report_.ending = RecordEnding::after_event;
    while (report_.events < events_max && !report_.parting && !report_.damage) {
        const auto frame = take();
        if (!frame) break;
        play(*frame);
    }
    if (!ahead_ && !report_.damage) report_.damage = fault_ahead_;
    if (report_.events == events_max && ahead_) report_.ending = RecordEnding::not_reached;
    report_.is_torn = reader_.is_torn();
    report_.standing = standing_of(life_->participant(), life_->archive());
    for (const TransactionIndex payment : life_->participant().mempool().payments())
        report_.pool.push_back(life_->archive().transactions()[payment].id);
    return std::move(report_);
}

/// The content must be that and nothing more.
template <class Read>
void Replay::read_whole(const Frame& frame, Read&& read) {
    Decoder in{frame.content};
    read(in);
    if (const auto end = in.finish(); !end) report_.damage = fault_in(frame, end.error());
}

void Replay::play(const Frame& frame) {
    if (report_.ending == RecordEnding::clean) {
        report_.damage = out_of_place(frame);
        return;
    }
    switch (frame.kind) {
        case FrameKind::event:
            return play_event(frame);
        case FrameKind::block_loaded:
            return read_whole(frame, [&](Decoder& in) { load(in); });
        case FrameKind::transaction_added:
            return read_whole(frame, [&](Decoder& in) {
                Transaction transaction = decode_transaction(in);
                if (!in.failed()) life_->facts().add_transaction(std::move(transaction));
            });
        case FrameKind::coin_sought:
            return read_whole(frame, [&](Decoder& in) {
                const auto transaction = in.fixed<TransactionId>("previous transaction");
                const std::uint32_t index = in.u32("output index");
                (void)life_->facts().find_coin({.transaction = transaction, .index = index});
            });
        case FrameKind::stored:
            return read_whole(frame, [&](Decoder&) { life_->settle(); });
        case FrameKind::end:
            return read_whole(frame, [&](Decoder& in) { compare_end(in); });
        case FrameKind::start:
        case FrameKind::signature:
        case FrameKind::outcome:
            break;
    }
    report_.damage = out_of_place(frame);
}

void Replay::load(Decoder& in) {
    const Archive& archive = life_->archive();
    const auto block = archive.blocks().find(in.fixed<BlockHash>("block"));
    if (!block || !archive.has_body(*block)) return in.fail(DecodeReason::bad_value, "block");
    life_->facts().load(*block);
}

void Replay::play_event(const Frame& frame) {
    signatures_ = {};
    while (const auto made = take(FrameKind::signature))
        read_whole(*made, [&](Decoder& in) {
            signatures_.left.push_back(in.fixed<Signature>("signature"));
        });
    std::optional<Mix> expected;
    if (const auto outcome = take(FrameKind::outcome))
        read_whole(*outcome, [&](Decoder& in) { expected = in.fixed<Mix>("outcome"); });
    TimedEvent event;
    read_whole(frame, [&](Decoder& in) {
        event = decode_event(in, life_->facts());
        if (!in.failed() && !can_happen(event.event)) in.fail(DecodeReason::bad_value, "peer");
    });
    if (report_.damage) return;
    report_.last_at = event.at;
    ++report_.events;
    watcher_.begins(report_.events, event, life_->archive(),
                    static_cast<double>(reader_.offset()) / static_cast<double>(reader_.size()));
    life_->handle(event.event, event.at, *mixes_);
    report_.digest = mixes_->finish_event(life_->participant());
    if (expected) return compare(event, *expected);
    if (ahead_) report_.damage = out_of_place(*ahead_);
    if (fault_ahead_) return;
    report_.ending = RecordEnding::in_event;
    report_.lacks_signature = signatures_.lacked;
}

/// No driver gives a number to two neighbours at a time, or has more of them.
bool Replay::can_happen(const Event& event) {
    if (const auto* gone = std::get_if<PeerDisconnected>(&event)) connected_.erase(gone->peer);
    const auto* connects = std::get_if<PeerConnected>(&event);
    if (connects == nullptr) return true;
    return connected_.size() < peers_max && connected_.insert(connects->peer).second;
}

void Replay::compare(const TimedEvent& event, const Mix& expected) {
    if (signatures_.lacked)
        return part(event.at, "asks for a signature that the node did not make");
    if (!signatures_.left.empty()) return part(event.at, "does not sign what the node signed");
    if (report_.digest != expected) part(event.at, "does something else than the node did");
}

void Replay::part(Time at, std::string what) {
    report_.parting = Parting{.event = report_.events, .at = at, .what = std::move(what)};
}

void Replay::compare_end(Decoder& in) {
    const std::uint64_t events = in.u64("event count");
    const Standing standing = decode_standing(in);
    if (in.failed()) return;
    report_.ending = RecordEnding::clean;
    if (events != report_.events || standing != standing_of(life_->participant(), life_->archive()))
        part(report_.last_at, "has come to another state than the node");
}

}  // namespace

Result<ReplayReport, ReplayError> replay(const ReplayOptions& options, ReplayWatcher& watcher) {
    std::error_code failure;
    const std::uint64_t bytes = std::filesystem::file_size(options.file, failure);
    std::ifstream in{options.file, std::ios::binary};
    if (failure || !in) {
        return unexpected{ReplayError{.is_of_record = false,
                                      .what = "cannot read " + options.file.string(),
                                      .advice = "name a file that 'bezant node --record' wrote"}};
    }
    auto reader = RecordReader::open(in, bytes);
    if (!reader) return unexpected{error_of_record(reader.error())};
    auto folder = ReplayFolder::make();
    if (!folder) return unexpected{error_around(folder.error())};
    Replay replay{*reader, *std::move(folder), watcher};
    if (auto begun = replay.begin(options.file); !begun) return unexpected{begun.error()};
    return std::move(replay).run(options.events_max);
}

}  // namespace bezant::net
