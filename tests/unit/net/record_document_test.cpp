// SPDX-License-Identifier: Apache-2.0
// Holds the example of docs/formats.md, "Record", to the code: it is what is recorded of a short
// life, and can be replayed. A failure prints the example as it should be.
#include <gtest/gtest.h>

#include "base/mixer.hpp"
#include "net/record/options_codec.hpp"
#include "tests/support/annotated.hpp"
#include "tests/support/document_examples.hpp"
#include "tests/support/example_ledger.hpp"
#include "tests/unit/net/recorded_node.hpp"

namespace bezant::net {
namespace {

constexpr Time begun = from_unix_seconds(1'767'225'600);
const NetworkAddress caller{.host = ipv4_host(93, 184, 216, 34), .port = 7333};

class RecordDocument : public testing::Test {
protected:
    [[nodiscard]] LifeStart start() const {
        std::array<Byte, 32> carol{};
        carol.fill(3);
        LifeStart start{
            .signer = std::make_unique<SigningKey>(SigningKey::from_seed(SecretSeed{carol})),
            .options = {},
            .seed = 1,
            .archive_secret = 2,
            .peers = {.book = AddressBook{secret(), {}, AddressRealm::internet}, .anchors = {}}};
        start.options.payout = PublicKeyHash{};
        start.options.advertised_address = caller;
        return start;
    }
    static AddressSecret secret() {
        AddressSecret secret;
        secret.bytes.fill(7);
        return secret;
    }

    /// Somebody calls, says something that is no message, and is dropped.
    void record() {
        auto stored = storage::StoredLedger::open(folder.file("store"), ledger.parameters).value();
        LifeStart begin = start();
        recorder = Recorder::begin({.file = file, .version = "0.1.0", .failed = {}}, begin,
                                   ledger.parameters, *stored, begun)
                       .value();
        begin.signer = recorder->recorded(std::move(begin.signer));
        life =
            StoredParticipant::open(std::move(stored), ledger.parameters, std::move(begin)).value();
        recorder->watch(*life, nobody);
        happens(PeerConnected{.peer = PeerId{1}, .outbound = false, .address = caller});
        mixes.push_back(recorder->mix());
        recorder->arrived(PeerId{1}, Bytes{0xff}, begun + seconds(1));
        life->handle(MessageArrived{PeerId{1}, decode_message(Bytes{0xff}, life->facts())},
                     begun + seconds(1), recorder->effects());
        recorder->finished();
        mixes.push_back(recorder->mix());
        recorder->end();
    }
    void happens(const Event& event) {
        recorder->event(event, begun);
        life->handle(event, begun, recorder->effects());
        recorder->finished();
    }

    // The obvious twin of the encoders.
    void frame(FrameKind kind, const std::function<void(Annotated&)>& content) {
        Annotated inside;
        inside.u8(static_cast<std::uint8_t>(kind), "frame kind");
        content(inside);
        Annotated whole;
        whole.u32(static_cast<std::uint32_t>(inside.bytes().size()), "content length");
        Bytes bytes = whole.bytes();
        bytes.insert(bytes.end(), inside.bytes().begin(), inside.bytes().end());
        mixer.bytes(ByteView{bytes});
        expected += whole.lines() + inside.lines() + check();
    }
    std::string check() const {
        Annotated field;
        field.raw(mixer.mix().view(), "check");
        return field.lines();
    }
    static void annotate_time(Annotated& out, Time at) {
        out.u64(static_cast<std::uint64_t>(at.microseconds), "time");
    }
    static void annotate_span(Annotated& out, Duration span, std::string_view name) {
        out.u64(static_cast<std::uint64_t>(span.microseconds), name);
    }
    static void annotate(Annotated& out, const NetworkAddress& place, const std::string& prefix) {
        out.raw(place.host.view(), prefix + "host");
        out.u16(place.port, prefix + "port");
    }
    static void annotate(Annotated& out, const AddressBookLimits& book) {
        out.u32(book.new_buckets, "new buckets");
        out.u32(book.tried_buckets, "tried buckets");
        out.u32(book.bucket_places, "bucket places");
        out.u32(book.new_buckets_per_source_group, "new buckets per source group");
        out.u32(book.tried_buckets_per_group, "tried buckets per group");
        out.u32(book.collisions_max, "collisions");
    }
    static void annotate(Annotated& out, const ParticipantOptions& options) {
        out.u64(options.mempool.bytes_max, "pool bytes");
        out.u64(options.mempool.ancestors_max, "pool ancestors");
        out.u64(options.mempool.descendants_max, "pool descendants");
        out.u64(options.mempool.fee_per_kilobyte_min.value, "pool fee per kilobyte");
        out.u64(options.mempool.orphans_max, "pool orphans");
        annotate_span(out, options.announce_interval, "announce interval");
        annotate_span(out, options.request_timeout, "request timeout");
        annotate_span(out, options.ping_interval, "ping interval");
        annotate_span(out, options.template_interval, "template interval");
        annotate_span(out, options.fee_floor_interval, "fee floor interval");
        out.u64(options.blocks_in_flight_per_peer_max, "blocks in flight");
        out.u64(options.payments_in_flight_per_peer_max, "payments in flight");
        out.u64(options.waiting_body_bytes_max, "waiting body bytes");
        out.u8(0, "block relay");
        out.u64(options.transactions_in_memory_min, "transactions in memory");
        out.u8(0, "mines");
        out.u8(1, "has payout");
        out.raw(options.payout->view(), "payout");
        out.raw(Bytes(32), "minimum work");
        out.u64(options.outbound_slots, "outbound slots");
        out.u64(options.inbound_slots, "inbound slots");
        annotate_span(out, options.dial_interval, "dial interval");
        annotate_span(out, options.feeler_interval, "feeler interval");
        out.u8(1, "has advertised address");
        annotate(out, *options.advertised_address, "advertised ");
        out.u8(0, "address realm");
        annotate(out, options.address_book);
        annotate_span(out, options.address_interval, "address interval");
    }
    void annotate_start(Annotated& out) const {
        const LifeStart begin = start();
        out.text("0.1.0", "program version");
        annotate_time(out, begun);
        out.parameters(ledger.parameters);
        out.raw(begin.signer->public_key().view(), "public key");
        out.u64(0, "stored blocks");
        out.raw(Mixer{}.mix().view(), "stored mix");
        out.raw(ledger.parameters.genesis_hash.view(), "stored tip");
        out.u64(1, "seed");
        out.u64(2, "archive secret");
        annotate(out, begin.options);
        const Bytes book = encode_address_book(begin.peers.book, {});
        out.count(book.size(), "address book length");
        out.raw(book, "address book");
    }
    void annotate_end(Annotated& out) const {
        out.u64(2, "event count");
        out.raw(ledger.parameters.genesis_hash.view(), "tip");
        out.u32(0, "height");
        out.u64(0, "payments");
        out.raw(Mixer{}.mix().view(), "pool mix");
    }

    const ExampleLedger ledger = example_ledger();
    test::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "record.bzr";
    ReplayWatcher nobody;
    std::unique_ptr<Recorder> recorder;
    std::unique_ptr<StoredParticipant> life;
    std::vector<Mix> mixes;
    Mixer mixer;
    std::string expected;
};

TEST_F(RecordDocument, IsWhatIsRecordedAndCanBeReplayed) {
    record();
    Annotated head;
    head.raw(Bytes{0x89, 0x42, 0x5a, 0x52, 0x0d, 0x0a, 0x1a, 0x0a}, "magic");
    head.u32(1, "format version");
    mixer.bytes(ByteView{head.bytes()});
    expected = head.lines();
    frame(FrameKind::start, [&](Annotated& out) { annotate_start(out); });
    frame(FrameKind::event, [&](Annotated& out) {
        out.u8(1, "event kind");
        annotate_time(out, begun);
        out.u32(1, "peer");
        out.u8(0, "outbound");
        out.u8(1, "has address");
        annotate(out, caller, "");
    });
    frame(FrameKind::outcome, [&](Annotated& out) { out.raw(mixes[0].view(), "outcome"); });
    frame(FrameKind::event, [&](Annotated& out) {
        out.u8(3, "event kind");
        annotate_time(out, begun + seconds(1));
        out.u32(1, "peer");
        out.count(1, "message length");
        out.raw(Bytes{0xff}, "message");
    });
    frame(FrameKind::outcome, [&](Annotated& out) { out.raw(mixes[1].view(), "outcome"); });
    frame(FrameKind::end, [&](Annotated& out) { annotate_end(out); });

    const std::string shown = example("record");
    EXPECT_EQ(shown, expected);
    expect_fields_in_tables(shown);
    std::ifstream in{file, std::ios::binary};
    const Bytes recorded{std::istreambuf_iterator<char>{in}, {}};
    EXPECT_EQ(recorded, bytes_of_example(shown));
    const auto report = replay({.file = file}, nobody);
    ASSERT_TRUE(report) << report.error().what;
    EXPECT_EQ(report->ending, RecordEnding::clean);
    EXPECT_FALSE(report->parting);
    EXPECT_EQ(report->digest, mixes[1]);
}

/// The options with all that the example has not.
TEST(RecordedOptions, ComeBackAsTheyWere) {
    ParticipantOptions options;
    options.block_relay = BlockRelay::compact;
    options.address_realm = AddressRealm::private_network;
    options.mines = true;
    options.minimum_work = Uint256::power_of_two(77);
    options.outbound_slots = 8;
    options.fee_floor_interval = {};
    options.mempool.fee_per_kilobyte_min = Amount{5};
    Bytes bytes;
    Encoder out{bytes};
    encode(out, options);
    Decoder in{bytes};
    const ParticipantOptions again = decode_participant_options(in);
    ASSERT_TRUE(in.finish());
    Bytes second;
    Encoder second_out{second};
    encode(second_out, again);
    EXPECT_EQ(second, bytes);
    EXPECT_EQ(again.block_relay, BlockRelay::compact);
    EXPECT_EQ(again.minimum_work, options.minimum_work);
    EXPECT_EQ(again.outbound_slots, 8U);
    EXPECT_TRUE(again.mines);
    EXPECT_FALSE(again.payout);
}

}  // namespace
}  // namespace bezant::net
