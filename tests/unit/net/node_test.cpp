// SPDX-License-Identifier: Apache-2.0
// Whole nodes in one loop: on disks and sockets of this machine, mining with threads.
#include "net/node.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "ledger/address.hpp"
#include "net/record/replay.hpp"
#include "node/limits.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/net/keys.hpp"
#include "tests/unit/net/loop.hpp"
#include "tests/unit/net/recorded_node.hpp"

namespace bezant::net {
namespace {

using bezant::test::TemporaryFolder;
using testing::AnyOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const NetworkAddress some_port{.host = ipv4_host(127, 0, 0, 1), .port = 0};

NodeOptions options_in(const std::filesystem::path& folder) {
    NodeOptions options;
    options.parameters = *built_in_parameters("local");
    options.version = "0";
    options.folder = folder;
    options.listen_at = {some_port};
    options.participant = usual_participant_options(options.parameters);
    options.participant.announce_interval = milliseconds(1);
    options.limits.redial = {.first = milliseconds(1), .longest = milliseconds(50)};
    options.hashes_per_second = 400;
    return options;
}

/// Some of what a node tells of.
class Ear final : public NodeListener {
public:
    void noticed(const Notice& notice, Time) override {
        if (std::holds_alternative<OrderPaid>(notice)) ++paid;
        if (std::holds_alternative<PaymentAccepted>(notice)) ++accepted;
    }
    void peer_connected(const PeerReport&) override { ++met; }
    void peer_gone(const PeerReport&) override { ++lost; }

    std::size_t paid = 0;
    std::size_t accepted = 0;
    std::size_t met = 0;
    std::size_t lost = 0;
};

class NodeTest : public testing::Test {
protected:
    std::unique_ptr<Node> start(const NodeOptions& options) {
        auto node = Node::start(loop_.get_executor(), options, *log_, [] {});
        EXPECT_TRUE(node) << node.error().what;
        return node ? *std::move(node) : nullptr;
    }
    std::unique_ptr<Node> start(const std::string& name) {
        return start(options_in(folder_.path() / name));
    }
    StartError error_of(const NodeOptions& options) {
        auto node = Node::start(loop_.get_executor(), options, *log_, [] {});
        EXPECT_FALSE(node);
        return node ? StartError{} : node.error();
    }
    bool until(const std::function<bool()>& is_so) { return test::run_until(loop_, is_so); }
    bool mine_up_to(Node& node, std::uint32_t height) {
        node.mine(1);
        const bool done = until([&] { return height_of(node) >= height; });
        node.mine(0);
        return done;
    }
    static std::uint32_t height_of(const Node& node) {
        return node.participant().chain().height().value;
    }
    static BlockHash tip_of(Node& node) {
        return node.archive().blocks()[node.participant().chain().tip()].hash;
    }
    static NetworkAddress address_of(const Node& node) { return node.about().listens_at.front(); }

    boost::asio::io_context loop_;
    TemporaryFolder folder_;
    std::unique_ptr<Log> log_ = Log::open(LogLevel::off, std::nullopt).value();
};

TEST_F(NodeTest, AgreesWithOthersAndPaysThem) {
    const auto alice = start("alice");
    const auto bob = start("bob");
    const auto carol = start("carol");
    bob->keep_calling(address_of(*alice));
    carol->keep_calling(address_of(*bob));
    ASSERT_TRUE(mine_up_to(*alice, 15));
    const auto agree = [&] {
        return tip_of(*bob) == tip_of(*alice) && tip_of(*carol) == tip_of(*alice);
    };
    ASSERT_TRUE(until(agree));
    Ear alices;
    Ear carols;
    alice->add_listener(alices);
    carol->add_listener(carols);
    alice->handle(PaymentOrdered{{.order = 1,
                                  .to = public_key_hash(carol->participant().public_key()),
                                  .amount = Amount{12'345},
                                  .fee = Amount{1'000}}});
    EXPECT_EQ(alices.paid, 1U);
    ASSERT_TRUE(until([&] { return carols.accepted == 1; }));
    EXPECT_EQ(carol->participant().balance().incoming, Amount{12'345});
    ASSERT_TRUE(mine_up_to(*bob, height_of(*bob) + 1));
    ASSERT_TRUE(until(agree));
    EXPECT_EQ(carol->participant().balance().spendable, Amount{12'345});
    alice->remove_listener(alices);
    carol->remove_listener(carols);
}

TEST_F(NodeTest, ComesBackAsItWas) {
    PublicKey identity;
    PublicKey miner;
    BlockHash tip;
    const Host host = ipv4_host(203, 0, 113, 7);
    {
        const auto alice = start("alice");
        ASSERT_TRUE(mine_up_to(*alice, 12));
        alice->ban(host, seconds(3'600));
        identity = alice->about().identity;
        miner = alice->participant().public_key();
        tip = tip_of(*alice);
    }
    const auto alice = start("alice");
    EXPECT_EQ(tip_of(*alice), tip);
    EXPECT_EQ(alice->about().identity, identity);
    EXPECT_EQ(alice->participant().public_key(), miner);
    ASSERT_THAT(alice->bans(), SizeIs(1));
    EXPECT_EQ(alice->bans().front().host, host);
    EXPECT_TRUE(alice->lift_ban(host));
    EXPECT_FALSE(alice->lift_ban(host));
    EXPECT_THAT(alice->bans(), IsEmpty());
    EXPECT_GT(alice->participant().balance().confirmed, Amount{});
}

TEST_F(NodeTest, CatchesUpWithALongChainFromTheDisk) {
    {
        const auto alice = start("alice");
        ASSERT_TRUE(mine_up_to(*alice, 60));
    }
    const auto alice = start("alice");
    const auto bob = start("bob");
    bob->keep_calling(address_of(*alice));
    EXPECT_TRUE(until([&] { return tip_of(*bob) == tip_of(*alice); }));
}

TEST_F(NodeTest, BansAHostAndHangsUp) {
    const auto alice = start("alice");
    const auto bob = start("bob");
    Ear ear;
    alice->add_listener(ear);
    bob->keep_calling(address_of(*alice));
    ASSERT_TRUE(until([&] { return ear.met == 1; }));
    alice->ban(some_port.host, seconds(3'600));
    EXPECT_EQ(ear.lost, 1U);
    EXPECT_THAT(alice->peers(), IsEmpty());
    EXPECT_TRUE(alice->lift_ban(some_port.host));
    EXPECT_TRUE(until([&] { return ear.met == 2; }));
    EXPECT_TRUE(alice->disconnect(alice->peers().front().id));
    EXPECT_FALSE(alice->disconnect(PeerId{77}));
    alice->remove_listener(ear);
}

TEST_F(NodeTest, SpeaksWithNobodyElseOnAClosedNetwork) {
    NodeOptions closed = options_in(folder_.path() / "alice");
    closed.allowed_peers = {test::key_of("somebody else")};
    const auto alice = start(closed);
    const auto bob = start("bob");
    bob->keep_calling(address_of(*alice));
    Ear ear;
    alice->add_listener(ear);
    ASSERT_TRUE(mine_up_to(*alice, 12));
    EXPECT_EQ(ear.met, 0U);
    EXPECT_EQ(height_of(*bob), 0U);
    alice->remove_listener(ear);
}

TEST_F(NodeTest, RecordsWhatEntersIt) {
    NodeOptions recorded = options_in(folder_.path() / "alice");
    recorded.record = folder_.path() / "alice.bzr";
    Standing reached;
    {
        const auto alice = start(recorded);
        const auto bob = start("bob");
        bob->keep_calling(address_of(*alice));
        ASSERT_TRUE(mine_up_to(*alice, 12));
        ASSERT_TRUE(until([&] { return tip_of(*bob) == tip_of(*alice); }));
        alice->handle(PaymentOrdered{{.order = 1,
                                      .to = public_key_hash(bob->participant().public_key()),
                                      .amount = Amount{12'345},
                                      .fee = Amount{1'000}}});
        ASSERT_TRUE(until([&] { return bob->participant().mempool().size() == 1; }));
        alice->load(genesis_index);
        reached = standing_of(alice->participant(), alice->archive());
    }
    ReplayWatcher nobody;
    const auto report = replay({.file = folder_.path() / "alice.bzr"}, nobody);
    ASSERT_TRUE(report) << report.error().what;
    EXPECT_FALSE(report->parting);
    EXPECT_FALSE(report->damage);
    EXPECT_EQ(report->ending, RecordEnding::clean);
    EXPECT_EQ(report->standing, reached);
    EXPECT_EQ(report->standing.payments, 1U);
}

/// Looks into a record whenever the participant says something.
class RecordReaderEar final : public NodeListener {
public:
    explicit RecordReaderEar(std::filesystem::path record) : record_(std::move(record)) {}

    void noticed(const Notice&, Time) override { last.push_back(frames_of(record_).back().kind); }
    void peer_connected(const PeerReport&) override {}
    void peer_gone(const PeerReport&) override {}

    std::vector<FrameKind> last;

private:
    std::filesystem::path record_;
};

TEST_F(NodeTest, AnEventIsRecordedBeforeItIsHandled) {
    NodeOptions recorded = options_in(folder_.path() / "alice");
    recorded.record = folder_.path() / "alice.bzr";
    const auto alice = start(recorded);
    RecordReaderEar ear{*recorded.record};
    alice->add_listener(ear);
    ASSERT_TRUE(mine_up_to(*alice, 2));
    alice->remove_listener(ear);
    ASSERT_THAT(ear.last, Not(IsEmpty()));
    EXPECT_THAT(ear.last, Each(AnyOf(FrameKind::event, FrameKind::signature)));
    EXPECT_EQ(frames_of(*recorded.record).back().kind, FrameKind::outcome);
}

TEST_F(NodeTest, RecordsTheFactsThatOthersBringIn) {
    NodeOptions recorded = options_in(folder_.path() / "alice");
    recorded.record = folder_.path() / "alice.bzr";
    recorded.participant.transactions_in_memory_min = 1;
    const auto alice = start(recorded);
    ASSERT_TRUE(mine_up_to(*alice, blocks_in_memory_min + 2));
    ASSERT_FALSE(alice->archive().is_loaded(genesis_index)) << "it is buried and forgotten";
    const std::size_t before = frames_of(*recorded.record).size();
    alice->load(genesis_index);
    alice->load(genesis_index);
    alice->add_transaction(recorded.parameters.genesis.transactions.front());
    EXPECT_FALSE(alice->find_coin({.transaction = {}, .index = 7}));
    std::vector<FrameKind> kinds;
    for (const Frame& frame : frames_of(*recorded.record)) kinds.push_back(frame.kind);
    kinds.erase(kinds.begin(), kinds.begin() + static_cast<std::ptrdiff_t>(before));
    EXPECT_THAT(kinds, ElementsAre(FrameKind::block_loaded, FrameKind::transaction_added,
                                   FrameKind::coin_sought))
        << "what is there already is not brought in again";
}

TEST_F(NodeTest, ARecordThatCannotBeMadeIsNoStart) {
    NodeOptions recorded = options_in(folder_.path() / "alice");
    recorded.record = folder_.path() / "nowhere" / "alice.bzr";
    EXPECT_THAT(error_of(recorded).what, HasSubstr("nowhere/alice.bzr"));
}

TEST_F(NodeTest, StopsAndSaysSo) {
    bool stopped = false;
    auto node = Node::start(loop_.get_executor(), options_in(folder_.path() / "alice"), *log_,
                            [&] { stopped = true; });
    ASSERT_TRUE(node);
    (*node)->mine(1);
    (*node)->stop();
    EXPECT_FALSE(stopped);
    ASSERT_TRUE(until([&] { return stopped; }));
    EXPECT_EQ((*node)->mining().threads, 0U);
}

TEST_F(NodeTest, RefusesAFolderInUse) {
    const auto alice = start("alice");
    const StartError error = error_of(options_in(folder_.path() / "alice"));
    EXPECT_THAT(error.what, HasSubstr("in use by another process"));
}

TEST_F(NodeTest, RefusesAFolderOfAnotherNetwork) {
    start("alice").reset();
    NodeOptions options = options_in(folder_.path() / "alice");
    options.parameters = *built_in_parameters("classroom");
    EXPECT_THAT(error_of(options).what, HasSubstr("is of another network"));
}

TEST_F(NodeTest, RefusesAnAddressInUse) {
    const auto alice = start("alice");
    NodeOptions options = options_in(folder_.path() / "bob");
    options.listen_at = {address_of(*alice)};
    EXPECT_THAT(error_of(options).what, HasSubstr("cannot listen at 127.0.0.1:"));
}

TEST_F(NodeTest, RefusesAFolderThatCannotBe) {
    const std::filesystem::path file = folder_.path() / "file";
    ASSERT_TRUE(std::ofstream{file} << "not a folder");
    EXPECT_THAT(error_of(options_in(file / "alice")).what, HasSubstr("file/alice"));
    EXPECT_THAT(error_of(options_in(file)).what, HasSubstr("file"));
}

}  // namespace
}  // namespace bezant::net
