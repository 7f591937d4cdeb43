// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

#include "net/record/recorder.hpp"
#include "net/record/replay.hpp"
#include "node/message_codec.hpp"
#include "rules/header_rules.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::net {

/// Participant 0 of a network once more, as it is deployed: with an archive and a store of its own,
/// and a record of all that enters it. It is given every event that the other one is given.
class RecordedNode {
public:
    explicit RecordedNode(test::TestNetwork& network) : network_(network) {
        network.witness = [this](std::size_t to, const Event& event, Time now) {
            if (to == 0) happen(event, now);
        };
        start();
        happen(Started{}, network.now());
    }
    RecordedNode(const RecordedNode&) = delete;
    RecordedNode& operator=(const RecordedNode&) = delete;
    ~RecordedNode() { network_.witness = nullptr; }

    [[nodiscard]] const Archive& archive() const { return life_->archive(); }
    [[nodiscard]] const Participant& participant() const { return life_->participant(); }
    [[nodiscard]] const Recorder& recorder() const { return *recorder_; }
    [[nodiscard]] const std::filesystem::path& record() const { return recorder_->file(); }
    [[nodiscard]] const std::vector<std::filesystem::path>& earlier_records() const {
        return earlier_records_;
    }
    [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }
    [[nodiscard]] Standing standing() const { return standing_of(participant(), archive()); }

    void end() { recorder_->end(); }
    /// The process ends and begins anew, with another record, here and in the network.
    void restart() {
        network_.crash(0);
        network_.start(0);
        for (std::size_t other = 1; other < network_.size(); ++other) network_.connect(0, other);
    }

    // Somebody else reads, hands in, asks.
    void load(BlockIndex block) {
        recorder_->loads(archive().blocks()[block].hash);
        life_->facts().load(block);
    }
    TransactionIndex add_transaction(const Transaction& transaction) {
        recorder_->adds(transaction);
        return life_->facts().add_transaction(transaction);
    }
    void find_coin(const OutPoint& outpoint) {
        recorder_->seeks(outpoint);
        (void)life_->facts().find_coin(outpoint);
    }
    /// A peer says these bytes.
    void arrives(PeerId peer, ByteView message) {
        recorder_->arrived(peer, message, network_.now());
        live(MessageArrived{.peer = peer, .message = decode_message(message, life_->facts())},
             network_.now());
    }

    std::vector<std::string> failures;  ///< why the record could not be written further
    std::vector<Bytes> sent;            ///< messages but blocks, to anybody

private:
    class Sink final : public ReplayWatcher {
    public:
        explicit Sink(RecordedNode& node) : node_(node) {}
        void send(PeerId, Message message) override {
            if (!std::holds_alternative<BlockMessage>(message))
                node_.sent.push_back(encode_message(message, node_.archive()));
        }
        void store(BlockIndex block) override { node_.life_->store(block); }

    private:
        RecordedNode& node_;
    };

    [[nodiscard]] LifeStart life_start() {
        ParticipantOptions options = network_.options();
        options.transactions_in_memory_min = 10;
        AddressSecret secret;
        secret.bytes.fill(7);
        return {.signer = std::make_unique<SigningKey>(test::TestNetwork::person(0).key),
                .options = options,
                .seed = ++lives_,
                .archive_secret = 99 + lives_,
                .peers = {.book = AddressBook{secret, options.address_book, options.address_realm},
                          .anchors = {}}};
    }

    void start() {
        life_.reset();
        if (recorder_) earlier_records_.push_back(record());
        const Parameters& parameters = network_.archive().parameters();
        auto ledger =
            storage::StoredLedger::open(folder_.file("store"), parameters, {.synced = false})
                .value();
        LifeStart start = life_start();
        recorder_ =
            Recorder::begin({.file = folder_.path() / "record.bzr",
                             .version = "1.2.3",
                             .failed = [this](const std::string& why) { failures.push_back(why); }},
                            start, parameters, *ledger, network_.now())
                .value();
        start.signer = recorder_->recorded(std::move(start.signer));
        life_ = StoredParticipant::open(std::move(ledger), parameters, std::move(start)).value();
        recorder_->watch(*life_, sink_);
    }

    void happen(const Event& event, Time now) {
        if (std::holds_alternative<Started>(event) && recorder_->events() != 0) start();
        if (const auto* arrived = std::get_if<MessageArrived>(&event))
            return arrives(arrived->peer, encode_message(arrived->message, network_.archive()));
        const Event translated = own(event);
        recorder_->event(translated, now);
        live(translated, now);
    }
    void live(const Event& event, Time now) {
        life_->handle(event, now, recorder_->effects());
        recorder_->finished();
    }
    Event own(const Event& event) {
        const auto* submitted = std::get_if<PaymentSubmitted>(&event);
        if (submitted == nullptr) return event;
        return PaymentSubmitted{
            add_transaction(network_.archive().transactions()[submitted->payment].transaction)};
    }

    test::TestNetwork& network_;
    test::TemporaryFolder folder_;
    std::uint64_t lives_ = 0;
    std::vector<std::filesystem::path> earlier_records_;
    Sink sink_{*this};
    std::unique_ptr<Recorder> recorder_;
    std::unique_ptr<StoredParticipant> life_;
};

/// A block of this participant's, on a network where nonces are searched, as on all that can be
/// recorded.
inline void find_block(test::TestNetwork& network, std::size_t miner) {
    network.happen(miner, MiningSwitched{.on = true});
    const MiningJob job = network.effects(miner).job.value();
    BlockHeader header = job.header;
    while (!check_header_work(header, network.archive().parameters())) ++header.nonce;
    network.happen(miner, NonceFound{.job = job.job, .nonce = header.nonce});
    network.happen(miner, MiningSwitched{.on = false});
}

/// The whole frames of a record, and a record with these frames.
inline std::vector<Frame> frames_of(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    auto reader = RecordReader::open(in, std::filesystem::file_size(file)).value();
    std::vector<Frame> frames;
    while (auto frame = reader.next().value()) frames.push_back(*std::move(frame));
    return frames;
}

inline void write_bytes(const std::filesystem::path& file, ByteView bytes) {
    std::ofstream out{file, std::ios::binary};
    out.write(reinterpret_cast<const char*>(bytes.data()),
              static_cast<std::streamsize>(bytes.size()));
}

inline Bytes bytes_of_frames(const std::vector<Frame>& frames) {
    FrameChain chain;
    Bytes bytes = chain.head();
    for (const Frame& frame : frames) {
        const Bytes next = chain.frame(frame.kind, frame.content);
        bytes.insert(bytes.end(), next.begin(), next.end());
    }
    return bytes;
}

}  // namespace bezant::net
