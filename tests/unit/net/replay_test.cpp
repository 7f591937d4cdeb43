// SPDX-License-Identifier: Apache-2.0
// What a record gives back: the same life, event by event; where another one parts from it; and
// what is said of records that are not whole.
#include "net/record/replay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "tests/seeds.hpp"
#include "tests/unit/net/recorded_node.hpp"

namespace bezant::net {
namespace {

using test::TestNetwork;
using testing::HasSubstr;

TestNetwork::Settings replay_settings(std::uint64_t seed) {
    TestNetwork::Settings settings;
    settings.seed = seed;
    settings.proof_of_work = ProofOfWork::searched;
    settings.jitter = milliseconds(100);
    if (seed % 2 == 0) settings.options.block_relay = BlockRelay::compact;
    return settings;
}

Result<ReplayReport, ReplayError> replayed(const std::filesystem::path& file,
                                           std::uint64_t events_max = UINT64_MAX) {
    ReplayWatcher nobody;
    return replay({.file = file, .events_max = events_max}, nobody);
}

/// Others read blocks, ask about coins, and try payments of the node's ledger.
void look_around(RecordedNode& node, Random& random) {
    const BlockTree& blocks = node.archive().blocks();
    const BlockIndex block{static_cast<std::uint32_t>(random.below(blocks.size()))};
    if (node.archive().has_body(block)) node.load(block);
    const CoinIndex coin{static_cast<std::uint32_t>(random.below(node.archive().coins().size()))};
    OutPoint outpoint = node.archive().coins().outpoint(coin);
    if (random.chance(1, 2)) outpoint.transaction.bytes[3] ^= 1;
    node.find_coin(outpoint);
}

/// Payments, blocks and forks among four, and a restart now and then.
void live_a_while(TestNetwork& network, RecordedNode& node, Random& random, int steps) {
    for (int step = 0; step < steps; ++step) {
        const std::size_t who = random.below(network.size());
        if (random.chance(1, 2)) {
            const Amount amount{1 + random.below(bezants(1).value / 2)};
            network.pay(who, TestNetwork::person(random.below(network.size())).owner, amount,
                        Amount{1'000 + random.below(1'000)});
        } else if (random.chance(1, 4)) {
            look_around(node, random);
        } else if (random.chance(1, 60)) {
            node.restart();
        } else {
            find_block(network, who);
            if (random.chance(1, 3)) find_block(network, random.below(network.size()));
        }
        network.run_for(random.exponential(milliseconds(500)));
    }
}

void connect_all_to_first(TestNetwork& network) {
    for (std::size_t i = 1; i < network.size(); ++i) network.connect(0, i);
}

TEST(Replay, LivesTheSameLife) {
    std::size_t forgotten = 0;
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(4); ++seed) {
        SCOPED_TRACE(seed);
        TestNetwork network{4, replay_settings(seed)};
        RecordedNode node{network};
        connect_all_to_first(network);
        Random random{seed};
        live_a_while(network, node, random, 250);
        if (node.archive().window_edge() != genesis_index) ++forgotten;
        node.end();
        for (const std::filesystem::path& earlier : node.earlier_records()) {
            const auto report = replayed(earlier);
            ASSERT_TRUE(report) << report.error().what;
            EXPECT_FALSE(report->parting || report->damage) << earlier;
            EXPECT_EQ(report->ending, RecordEnding::after_event);
        }
        const auto report = replayed(node.record());
        ASSERT_TRUE(report) << report.error().what;
        EXPECT_FALSE(report->parting) << report->parting->event << report->parting->what;
        EXPECT_FALSE(report->damage) << report->damage->what;
        EXPECT_EQ(report->ending, RecordEnding::clean);
        EXPECT_EQ(report->events, node.recorder().events());
        EXPECT_EQ(report->standing, node.standing());
        EXPECT_EQ(report->digest, node.recorder().mix());
        EXPECT_EQ(report->pool.size(), node.participant().mempool().size());
    }
    EXPECT_GT(forgotten, 0U) << "what is buried is forgotten, and comes back";
}

class ReplayOfARecord : public testing::Test {
protected:
    ReplayOfARecord() {
        connect_all_to_first(network);
        for (int block = 0; block < 3; ++block) {
            network.pay(1, TestNetwork::person(0).owner, Amount{5'000});
            network.run_for(seconds(1));
            find_block(network, block % 2 == 0 ? 0 : 1);
            network.run_for(seconds(1));
        }
    }
    [[nodiscard]] std::filesystem::path other_file() const { return node.folder() / "other.bzr"; }
    [[nodiscard]] Result<ReplayReport, ReplayError> replay_of(const std::vector<Frame>& frames) {
        write_bytes(other_file(), bytes_of_frames(frames));
        return replayed(other_file());
    }
    [[nodiscard]] Bytes bytes_of_record() const {
        std::ifstream in{node.record(), std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

    TestNetwork network{2, replay_settings(1)};
    RecordedNode node{network};
};

TEST_F(ReplayOfARecord, GoesOnUpToWhereTheNodeWasKilled) {
    const auto report = replayed(node.record());
    ASSERT_TRUE(report);
    EXPECT_EQ(report->ending, RecordEnding::after_event);
    EXPECT_FALSE(report->is_torn);
    EXPECT_EQ(report->standing, node.standing());
    EXPECT_EQ(report->digest, node.recorder().mix());
}

TEST_F(ReplayOfARecord, StopsWhereItIsTold) {
    const auto report = replayed(node.record(), 5);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->events, 5U);
    EXPECT_EQ(report->ending, RecordEnding::not_reached);
}

TEST_F(ReplayOfARecord, ReachesTheEventThatEndedTheNode) {
    std::vector<Frame> frames = frames_of(node.record());
    ASSERT_EQ(frames.back().kind, FrameKind::outcome);
    frames.pop_back();
    const auto report = replay_of(frames);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->ending, RecordEnding::in_event);
    EXPECT_EQ(report->events, node.recorder().events());
    EXPECT_EQ(report->digest, node.recorder().mix());
}

TEST_F(ReplayOfARecord, SaysThatTheLastEventLacksASignature) {
    std::vector<Frame> frames = frames_of(node.record());
    while (frames.back().kind != FrameKind::signature) frames.pop_back();
    const auto with = replay_of(frames);
    frames.pop_back();
    const auto without = replay_of(frames);
    ASSERT_TRUE(with && without);
    EXPECT_EQ(with->ending, RecordEnding::in_event);
    EXPECT_FALSE(with->lacks_signature);
    EXPECT_TRUE(without->lacks_signature);
    EXPECT_FALSE(without->parting);
}

/// The numbers, from 1, of the events whose frames fulfil this, and where these frames are.
std::vector<std::pair<std::uint64_t, std::size_t>> events_where(
    const std::vector<Frame>& frames, const std::function<bool(const Frame&)>& is_so) {
    std::vector<std::pair<std::uint64_t, std::size_t>> found;
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (frames[i].kind != FrameKind::event) continue;
        ++number;
        if (is_so(frames[i])) found.emplace_back(number, i);
    }
    return found;
}

constexpr std::size_t event_head_bytes = 1 + 8;

TEST_F(ReplayOfARecord, NamesTheEventThatIsAnother) {
    const std::vector<Frame> frames = frames_of(node.record());
    const auto messages = events_where(frames, [](const Frame& frame) {
        return frame.content.front() == 3 && frame.content.size() > event_head_bytes + 10;
    });
    ASSERT_GT(messages.size(), 10U);
    for (std::size_t i = 0; i < messages.size(); i += 5) {
        const auto [number, place] = messages[i];
        SCOPED_TRACE(number);
        std::vector<Frame> altered = frames;
        altered[place].content[event_head_bytes + 5] = 0;  // no kind of message
        const auto report = replay_of(altered);
        ASSERT_TRUE(report);
        ASSERT_TRUE(report->parting);
        EXPECT_EQ(report->parting->event, number);
        EXPECT_EQ(report->events, number);
        EXPECT_THAT(report->parting->what, HasSubstr("something else"));
    }
}

TEST_F(ReplayOfARecord, NamesTheEventAfterWhichOneIsLost) {
    std::vector<Frame> frames = frames_of(node.record());
    const auto finds =
        events_where(frames, [](const Frame& frame) { return frame.content.front() == 6; });
    ASSERT_FALSE(finds.empty());
    const auto [number, place] = finds.front();
    ASSERT_EQ(frames[place + 1].kind, FrameKind::signature);
    frames.erase(frames.begin() + static_cast<std::ptrdiff_t>(place),
                 frames.begin() + static_cast<std::ptrdiff_t>(place) + 3);
    const auto report = replay_of(frames);
    ASSERT_TRUE(report);
    ASSERT_TRUE(report->parting);
    EXPECT_EQ(report->parting->event, number);
}

TEST_F(ReplayOfARecord, NamesTheEventThatSignsMoreOrLess) {
    const std::vector<Frame> frames = frames_of(node.record());
    const auto finds =
        events_where(frames, [](const Frame& frame) { return frame.content.front() == 6; });
    ASSERT_FALSE(finds.empty());
    const auto [number, place] = finds.back();
    const auto signature = frames.begin() + static_cast<std::ptrdiff_t>(place) + 1;
    std::vector<Frame> less{frames.begin(), signature};
    less.insert(less.end(), signature + 1, frames.end());
    std::vector<Frame> more{frames.begin(), signature + 1};
    more.insert(more.end(), signature, frames.end());
    const auto of_less = replay_of(less);
    const auto of_more = replay_of(more);
    ASSERT_TRUE(of_less && of_more && of_less->parting && of_more->parting);
    EXPECT_EQ(of_less->parting->event, number);
    EXPECT_THAT(of_less->parting->what, HasSubstr("did not make"));
    EXPECT_EQ(of_more->parting->event, number);
    EXPECT_THAT(of_more->parting->what, HasSubstr("does not sign"));
}

TEST_F(ReplayOfARecord, NamesAnEndThatIsAnother) {
    node.end();
    std::vector<Frame> frames = frames_of(node.record());
    ASSERT_EQ(frames.back().kind, FrameKind::end);
    frames.back().content.back() ^= 1;  // of the pool
    const auto report = replay_of(frames);
    ASSERT_TRUE(report && report->parting);
    EXPECT_THAT(report->parting->what, HasSubstr("another state"));
}

TEST_F(ReplayOfARecord, ReadsACutOffRecordUpToItsLastWholeFrame) {
    const Bytes whole = bytes_of_record();
    Random random{5};
    for (std::uint64_t cut = 0; cut < test::seeds_to_try(10); ++cut) {
        const std::size_t length = random.below(whole.size());
        SCOPED_TRACE(length);
        write_bytes(other_file(), ByteView{whole}.first(length));
        const auto report = replayed(other_file());
        if (!report) {
            EXPECT_TRUE(report.error().is_of_record);
            EXPECT_LT(length, 1'500U) << "only a record without its start is nothing";
            continue;
        }
        EXPECT_FALSE(report->parting);
        EXPECT_FALSE(report->damage);
        EXPECT_LE(report->events, node.recorder().events());
    }
    write_bytes(other_file(), ByteView{whole}.first(whole.size() - 1));
    EXPECT_TRUE(replayed(other_file())->is_torn);
}

TEST_F(ReplayOfARecord, FindsEveryAlteredByte) {
    const Bytes whole = bytes_of_record();
    Random random{6};
    for (std::uint64_t i = 0; i < test::seeds_to_try(10); ++i) {
        Bytes altered = whole;
        const std::size_t place = random.below(altered.size());
        SCOPED_TRACE(place);
        altered[place] ^= static_cast<Byte>(1 + random.below(255));
        write_bytes(other_file(), altered);
        const auto report = replayed(other_file());
        if (!report) continue;
        // A length that is too great looks like a last frame that was cut off.
        EXPECT_TRUE(report->damage || report->is_torn);
        EXPECT_FALSE(report->parting) << "what was altered is not replayed";
    }
}

TEST_F(ReplayOfARecord, RefusesOtherFilesAndLaterFormats) {
    write_bytes(other_file(), as_bytes("something else altogether"));
    EXPECT_THAT(replayed(other_file()).error().what, HasSubstr("no record"));
    write_bytes(other_file(), {});
    EXPECT_THAT(replayed(other_file()).error().what, HasSubstr("no record"));
    Bytes later = bytes_of_record();
    later[8] = 2;
    write_bytes(other_file(), later);
    EXPECT_THAT(replayed(other_file()).error().what, HasSubstr("format 2"));
    const auto none = replayed(node.folder() / "not_there");
    EXPECT_THAT(none.error().what, HasSubstr("not_there"));
    EXPECT_FALSE(none.error().is_of_record);
}

TEST_F(ReplayOfARecord, RefusesWhatCannotHaveHappened) {
    std::vector<Frame> frames = frames_of(node.record());
    const auto meetings =
        events_where(frames, [](const Frame& frame) { return frame.content.front() == 1; });
    ASSERT_FALSE(meetings.empty());
    const Frame again = frames[meetings.front().second];
    std::vector<Frame> twice = frames;
    twice.push_back(again);
    const auto report = replay_of(twice);
    ASSERT_TRUE(report && report->damage);
    EXPECT_THAT(report->damage->what, HasSubstr("peer"));
    frames.push_back(frames.front());
    EXPECT_THAT(replay_of(frames)->damage->what, HasSubstr("may not come here"));

    node.end();
    frames = frames_of(node.record());
    frames.push_back(frames[frames.size() - 3]);
    EXPECT_THAT(replay_of(frames)->damage->what, HasSubstr("may not come here"));
}

TEST_F(ReplayOfARecord, AStoreThatWasThereLiesBesideTheRecord) {
    const std::filesystem::path first = node.record();
    EXPECT_FALSE(std::filesystem::exists(recorded_store(first))) << "nothing was stored yet";
    node.restart();
    ASSERT_NE(node.record(), first) << "no record is written over";
    find_block(network, 1);
    network.run_for(seconds(1));
    node.end();
    const auto report = replayed(node.record());
    ASSERT_TRUE(report) << report.error().what;
    EXPECT_FALSE(report->parting);
    EXPECT_EQ(report->start.store.blocks, 3U);
    EXPECT_EQ(report->standing, node.standing());
    ASSERT_TRUE(replayed(node.record())) << "the store beside it stays as it is";

    const std::filesystem::path store = recorded_store(node.record());
    std::filesystem::rename(store, store.string() + ".moved");
    EXPECT_THAT(replayed(node.record()).error().what, HasSubstr("there is no store"));
    std::filesystem::create_directories(store);
    (void)storage::StoredLedger::open(store.string(), network.archive().parameters()).value();
    EXPECT_THAT(replayed(node.record()).error().what, HasSubstr("is not the one"));
}

/// Files may grow only so far while this is there, as on a full disk.
class FullDisk {
public:
    explicit FullDisk(std::uint64_t file_bytes_max) {
        (void)signal(SIGXFSZ, SIG_IGN);
        EXPECT_EQ(getrlimit(RLIMIT_FSIZE, &before_), 0);
        struct rlimit limit = before_;
        limit.rlim_cur = file_bytes_max;
        EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() { EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &before_), 0); }

private:
    struct rlimit before_{};
};

TEST_F(ReplayOfARecord, EndsWhenTheDiskIsFullAndTheNodeGoesOn) {
    const std::uint64_t events = node.recorder().events();
    const Standing reached = node.standing();
    {
        const FullDisk full{std::filesystem::file_size(node.record()) + 1'000};
        node.arrives(PeerId{999'999}, Bytes(2'000));
    }
    ASSERT_EQ(node.failures.size(), 1U);
    EXPECT_THAT(node.failures.front(), HasSubstr(node.record().string()));
    EXPECT_FALSE(node.recorder().is_whole());
    find_block(network, 1);
    network.run_for(seconds(1));
    EXPECT_NE(node.standing(), reached) << "it goes on";
    node.end();
    EXPECT_EQ(node.failures.size(), 1U) << "it is said once";
    const auto report = replayed(node.record());
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->is_torn);
    EXPECT_EQ(report->events, events);
    EXPECT_EQ(report->standing, reached);
}

TEST_F(ReplayOfARecord, NobodyElseMayReadIt) {
    struct stat about{};
    ASSERT_EQ(stat(node.record().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U);
    node.restart();
    ASSERT_EQ(stat(recorded_store(node.record()).parent_path().c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0700U);
}

TEST_F(ReplayOfARecord, HoldsNoSecretKey) {
    const Bytes record = bytes_of_record();
    const test::Person person = TestNetwork::person(0);
    const auto contains = [&](ByteView wanted) {
        return !std::ranges::search(record, wanted).empty();
    };
    EXPECT_TRUE(contains(person.public_key.view()));
    const Hash256 seed = sha256(as_bytes("person 0"));
    ASSERT_EQ(SigningKey::from_seed(SecretSeed{std::span<const Byte, 32>{seed.bytes}}).public_key(),
              person.public_key);
    EXPECT_FALSE(contains(seed.view()));
}

/// The id of a payment that is buried and forgotten is not known, and left out of what a peer asks
/// for; once somebody has read its block it is known again, and answered.
TEST(ReplayOfFacts, WhatOthersReadChangesWhatIsSaid) {
    TestNetwork network{2, replay_settings(1)};
    RecordedNode node{network};
    const auto stranger = network.stranger(0);
    connect_all_to_first(network);
    network.pay(1, TestNetwork::person(0).owner, Amount{5'000});
    network.run_for(seconds(2));
    find_block(network, 1);
    const BlockIndex paid = network.tip(1);
    const FullTransactionId payment =
        network.archive().transactions()[network.archive().body(paid).back()].full_id;
    for (int block = 0; block < 80; ++block) {
        find_block(network, 1);
        network.run_for(seconds(1));
    }
    ASSERT_FALSE(node.archive().transactions().find(payment)) << "it is forgotten";
    Bytes question{5};
    Encoder out{question};
    out.size(1);
    out.raw(payment.view());
    out.size(0);
    node.sent.clear();
    node.arrives(stranger->seen_as, question);
    EXPECT_TRUE(node.sent.empty());
    node.load(node.archive().blocks().find(network.archive().blocks()[paid].hash).value());
    node.arrives(stranger->seen_as, question);
    ASSERT_EQ(node.sent.size(), 1U) << "now it is known, and answered";
    node.end();
    EXPECT_FALSE(replayed(node.record())->parting);

    std::vector<Frame> frames = frames_of(node.record());
    std::erase_if(frames, [](const Frame& frame) { return frame.kind == FrameKind::block_loaded; });
    const std::filesystem::path other = node.folder() / "other.bzr";
    write_bytes(other, bytes_of_frames(frames));
    const auto report = replayed(other);
    ASSERT_TRUE(report && report->parting);
    EXPECT_EQ(report->parting->event, node.recorder().events());
}

}  // namespace
}  // namespace bezant::net
