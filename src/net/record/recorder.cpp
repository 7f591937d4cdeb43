// SPDX-License-Identifier: Apache-2.0
#include "net/record/recorder.hpp"

#include <array>
#include <utility>

#include "net/record/event_codec.hpp"

namespace bezant::net {

namespace {

/// A folder beside the record, with the store in it as in the folder of a node's data.
std::filesystem::path store_beside(const std::filesystem::path& file) {
    return file.string() + ".store";
}

std::filesystem::path free_name(const std::filesystem::path& wanted) {
    std::filesystem::path name = wanted;
    for (unsigned number = 2; is_taken(name) || is_taken(store_beside(name)); ++number)
        name = wanted.string() + "." + std::to_string(number);
    return name;
}

void remove_record(const std::filesystem::path& file) {
    std::error_code ignored;
    std::filesystem::remove_all(store_beside(file), ignored);
    std::filesystem::remove(file, ignored);
}

Result<void, StartError> copy_store(storage::StoredLedger& ledger,
                                    const std::filesystem::path& folder) {
    if (auto made = make_private_folder(folder); !made) return made;
    // Others' secrets, and what follows from the blocks.
    constexpr std::array left_out{storage::Family::wallet, storage::Family::bans,
                                  storage::Family::transaction_index,
                                  storage::Family::address_index};
    const auto copied = ledger.database().copy_to(folder / "store", left_out);
    if (!copied) return unexpected{StartError{.what = copied.error().text, .advice = {}}};
    return {};
}

}  // namespace

std::filesystem::path recorded_store(const std::filesystem::path& record) {
    return store_beside(record) / "store";
}

/// Only what is signed in an event is a part of the participant's life.
class Recorder::RecordingSigner final : public Signer {
public:
    RecordingSigner(std::unique_ptr<const Signer> inner, Recorder& recorder)
        : inner_(std::move(inner)), recorder_(recorder) {}

    [[nodiscard]] PublicKey public_key() const override { return inner_->public_key(); }
    [[nodiscard]] Signature sign(ByteView message) const override {
        const Signature signature = inner_->sign(message);
        if (recorder_.in_event_) recorder_.put_frame(FrameKind::signature, signature.view());
        return signature;
    }

private:
    std::unique_ptr<const Signer> inner_;
    Recorder& recorder_;
};

Result<std::unique_ptr<Recorder>, StartError> Recorder::begin(RecordOptions options,
                                                              const LifeStart& start,
                                                              const Parameters& parameters,
                                                              storage::StoredLedger& ledger,
                                                              Time now) {
    options.file = free_name(options.file);
    const RecordStart first{.version = options.version,
                            .at = now,
                            .parameters = parameters,
                            .key = start.signer->public_key(),
                            .store = mark_of(ledger),
                            .seed = start.seed,
                            .archive_secret = start.archive_secret,
                            .options = start.options,
                            .peers = encode_address_book(start.peers.book, start.peers.anchors)};
    auto stream = PrivateStream::make(options.file);
    if (!stream) return unexpected{stream.error()};
    if (first.store.blocks != 0) {
        if (auto copied = copy_store(ledger, store_beside(options.file)); !copied) {
            remove_record(options.file);
            return unexpected{copied.error()};
        }
    }
    std::unique_ptr<Recorder> recorder{new Recorder{std::move(options), *std::move(stream)}};
    recorder->put(recorder->chain_.head());
    Bytes content;
    Encoder out{content};
    encode(out, first);
    recorder->put_frame(FrameKind::start, content);
    return recorder;
}

std::unique_ptr<const Signer> Recorder::recorded(std::unique_ptr<const Signer> signer) {
    return std::make_unique<RecordingSigner>(std::move(signer), *this);
}

void Recorder::watch(const StoredParticipant& life, Effects& target) {
    life_ = &life;
    effects_.emplace(life.archive(), target);
}

void Recorder::event(const Event& event, Time at) {
    Bytes content;
    Encoder out{content};
    encode_event(out, event, at, life_->archive());
    open_event(content);
}

void Recorder::arrived(PeerId peer, ByteView message, Time at) {
    Bytes content;
    Encoder out{content};
    encode_arrival(out, peer, message, at);
    open_event(content);
}

void Recorder::open_event(ByteView content) {
    put_frame(FrameKind::event, content);
    in_event_ = true;
}

void Recorder::finished() {
    in_event_ = false;
    ++events_;
    mix_ = effects_->finish_event(life_->participant());
    put_frame(FrameKind::outcome, mix_.view());
}

void Recorder::loads(const BlockHash& block) { put_frame(FrameKind::block_loaded, block.view()); }

void Recorder::adds(const Transaction& transaction) {
    put_frame(FrameKind::transaction_added, encoded(transaction));
}

void Recorder::seeks(const OutPoint& outpoint) {
    Bytes content;
    Encoder out{content};
    out.raw(outpoint.transaction.view());
    out.u32(outpoint.index);
    put_frame(FrameKind::coin_sought, content);
}

void Recorder::stores() { put_frame(FrameKind::stored, {}); }

void Recorder::end() {
    Bytes content;
    Encoder out{content};
    out.u64(events_);
    encode(out, standing_of(life_->participant(), life_->archive()));
    put_frame(FrameKind::end, content);
    stream_.reset();
}

void Recorder::put_frame(FrameKind kind, ByteView content) {
    if (stream_) put(chain_.frame(kind, content));
}

void Recorder::put(ByteView bytes) {
    const auto written = stream_->append(bytes);
    if (written) return;
    stream_.reset();
    has_failed_ = true;
    if (options_.failed) {
        options_.failed("the record " + options_.file.string() + " cannot be written further (" +
                        written.error() + ") and ends here; see to the space on the disk");
    }
}

}  // namespace bezant::net
