// SPDX-License-Identifier: Apache-2.0
// A driver without connections: what is on its disk when something is said.
#include "net/driver.hpp"

#include <gtest/gtest.h>

#include "ledger/codec.hpp"
#include "net/record/replay.hpp"
#include "node/message_codec.hpp"
#include "node/message_kind.hpp"
#include "tests/support/chain_builder.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/net/loop.hpp"

namespace bezant::net {
namespace {

using test::ChainBuilder;

constexpr PeerId peer{1};
constexpr std::size_t chain_length = 40;

/// Takes note of what is said.
class Links final : public PeerLinks {
public:
    void send(PeerId, ByteView message) override {
        said.push_back(static_cast<MessageKind>(message.front()));
    }
    void send_block(PeerId, BlockIndex) override { said.push_back(MessageKind::block); }
    void disconnect(PeerId, Misconduct) override { dropped = true; }
    void dial(const NetworkAddress&) override {}

    [[nodiscard]] bool has_told() const {
        return std::ranges::any_of(said, [](MessageKind kind) {
            return kind != MessageKind::get_data && kind != MessageKind::get_headers &&
                   kind != MessageKind::ping;
        });
    }

    std::vector<MessageKind> said;
    bool dropped = false;
};

class DriverTest : public testing::Test {
protected:
    DriverTest() {
        std::size_t parent = 0;
        while (path_.size() < chain_length) path_.push_back(parent = builder_.grow(parent));
        for (const std::size_t number : path_)
            headers_.push_back(*theirs_.add_header(builder_[number].block.header));
        open();
    }
    void TearDown() override { driver_.reset(); }

    void open() {
        driver_ = Driver::open(
                      loop_.get_executor(), builder_.parameters(), miner_.key,
                      {.participant = {}, .store_folder = folder_.file("store"), .record = record_})
                      .value();
        driver_->begin(links_);
    }

    void hear(const Message& message) { hear(encode_message(message, theirs_)); }
    /// Whatever is told by then, is on the disk.
    void hear(const Bytes& message) {
        links_.said.clear();
        driver_->arrived(peer, message);
        loop_.restart();
        loop_.poll();
        if (links_.has_told()) {
            EXPECT_EQ(stored_tip(), tip());
        }
    }
    void meet_and_hear_of_the_chain() {
        driver_->connected({.peer = peer, .outbound = true, .address = {}});
        hear(Hello{.genesis = builder_.parameters().genesis_hash,
                   .nonce = 5,
                   .height = Height{chain_length}});
        hear(Headers{.headers = headers_});
    }
    void hear_block(std::size_t place) {
        hear(encode_block_message(encoded(builder_[path_[place]].block)));
        EXPECT_TRUE(until([&] { return height() == place + 1; }));
    }
    bool until(const std::function<bool()>& is_so) { return test::run_until(loop_, is_so); }

    [[nodiscard]] BlockIndex tip() const { return driver_->participant().chain().tip(); }
    [[nodiscard]] BlockIndex stored_tip() const { return driver_->archive().stored_tip(); }
    [[nodiscard]] std::size_t height() const {
        return driver_->participant().chain().height().value;
    }

    ChainBuilder builder_{5};
    test::Person miner_{"miner"};
    DirectVerifier verifier_;
    Archive theirs_{builder_.parameters(), verifier_};
    std::vector<std::size_t> path_;
    std::vector<BlockIndex> headers_;
    test::TemporaryFolder folder_;
    boost::asio::io_context loop_;
    Links links_;
    std::optional<RecordOptions> record_;
    std::unique_ptr<Driver> driver_;
};

TEST_F(DriverTest, WritesSeveralBlocksAtOnceWhileItCatchesUpAndTellsNobody) {
    meet_and_hear_of_the_chain();
    for (std::size_t i = 0; i < 10; ++i) {
        hear_block(i);
        EXPECT_FALSE(links_.has_told());
    }
    EXPECT_LT(stored_tip(), tip());
    for (std::size_t i = 10; i < chain_length; ++i) hear_block(i);
    EXPECT_EQ(stored_tip(), tip()) << "it has caught up";
    EXPECT_FALSE(links_.dropped);
}

TEST_F(DriverTest, HasWrittenWhatAUserAskedForWhenItComesBack) {
    meet_and_hear_of_the_chain();
    for (std::size_t i = 0; i < 5; ++i) hear_block(i);
    ASSERT_LT(stored_tip(), tip());
    driver_->handle(MiningSwitched{.on = false});
    EXPECT_EQ(stored_tip(), tip());
}

TEST_F(DriverTest, WritesBlocksBeforeItServesThemOrEnds) {
    meet_and_hear_of_the_chain();
    for (std::size_t i = 0; i < 5; ++i) hear_block(i);
    ASSERT_LT(stored_tip(), tip());
    EXPECT_FALSE(driver_->block_message(tip()).empty());
    EXPECT_EQ(stored_tip(), tip());
    for (std::size_t i = 5; i < 10; ++i) hear_block(i);
    ASSERT_LT(stored_tip(), tip());
    driver_->settle();
    EXPECT_EQ(stored_tip(), tip());
}

TEST_F(DriverTest, AnswersOnlyWithWhatIsWritten) {
    meet_and_hear_of_the_chain();
    for (std::size_t i = 0; i < 5; ++i) hear_block(i);
    ASSERT_LT(stored_tip(), tip());
    hear(Ping{.nonce = 1});
    EXPECT_TRUE(links_.has_told());
    EXPECT_EQ(stored_tip(), tip());
}

TEST_F(DriverTest, WritesInTimeThoughNothingMoreHappens) {
    meet_and_hear_of_the_chain();
    for (std::size_t i = 0; i < 5; ++i) hear_block(i);
    ASSERT_LT(stored_tip(), tip());
    EXPECT_TRUE(until([&] { return stored_tip() == tip(); }));
}

TEST_F(DriverTest, GoesOnAfterACrashFromWhereItHadWritten) {
    meet_and_hear_of_the_chain();
    for (std::size_t i = 0; i < 5; ++i) hear_block(i);
    driver_->settle();
    for (std::size_t i = 5; i < 10; ++i) hear_block(i);
    ASSERT_LT(stored_tip(), tip());
    driver_.reset();
    open();
    EXPECT_EQ(height(), 5U);
    meet_and_hear_of_the_chain();
    for (std::size_t i = 5; i < chain_length; ++i) hear_block(i);
    EXPECT_EQ(stored_tip(), tip());
}

TEST_F(DriverTest, CatchesUpInTheSameWayWhenItIsReplayed) {
    record_ = RecordOptions{.file = folder_.file("record.bzr"),
                            .version = "1.2.3",
                            .failed = [](const std::string&) {}};
    driver_.reset();
    std::filesystem::remove_all(folder_.file("store"));
    open();
    meet_and_hear_of_the_chain();
    for (std::size_t i = 0; i < 10; ++i) hear_block(i);
    ASSERT_LT(stored_tip(), tip());
    driver_->settle();  // somebody looks
    for (std::size_t i = 10; i < 20; ++i) hear_block(i);
    hear(Ping{.nonce = 1});
    hear(encode_block_message(encoded(builder_[path_[3]].block)));  // known by now
    for (std::size_t i = 20; i < 25; ++i) hear_block(i);
    ASSERT_LT(stored_tip(), tip());
    driver_->end_record();
    ASSERT_TRUE(driver_->recorder()->is_whole());
    ReplayWatcher nobody;
    const auto report = replay({.file = driver_->recorder()->file()}, nobody).value();
    EXPECT_FALSE(report.parting) << report.parting->event << report.parting->what;
    EXPECT_FALSE(report.damage) << report.damage->what;
    EXPECT_EQ(report.ending, RecordEnding::clean);
    EXPECT_EQ(report.digest, driver_->recorder()->mix());
    EXPECT_EQ(report.standing, standing_of(driver_->participant(), driver_->archive()));
}

}  // namespace
}  // namespace bezant::net
