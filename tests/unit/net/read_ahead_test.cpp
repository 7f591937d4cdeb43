// SPDX-License-Identifier: Apache-2.0
// Messages with blocks that wait for their payments, and those that wait behind them.
#include "net/read_ahead.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/codec.hpp"
#include "node/message_codec.hpp"
#include "tests/support/chain_builder.hpp"
#include "tests/unit/net/loop.hpp"

namespace bezant::net {
namespace {

using test::ChainBuilder;
using testing::ElementsAre;

constexpr PeerId alice{1};
constexpr PeerId bob{2};

class ReadAheadTest : public testing::Test {
protected:
    ReadAheadTest() {
        std::size_t parent = 0;
        for (int i = 0; i < 8; ++i) path_.push_back(parent = builder_.grow(parent, 6));
        for (const std::size_t number : path_) {
            const Block& block = builder_[number].block;
            indices_.push_back(*archive_.add_header(block.header));
            payments_ += block.transactions.size() - 1;
        }
    }

    static Bytes message_of(const Block& block) { return encode_block_message(encoded(block)); }
    Bytes message_of(std::size_t place) { return message_of(builder_[path_[place]].block); }
    Bytes ping(std::uint64_t nonce) { return encode_message(Ping{.nonce = nonce}, archive_); }

    void take(PeerId peer, const Message& message) {
        if (const auto* heard = std::get_if<Ping>(&message))
            taken_.push_back("ping " + std::to_string(heard->nonce));
        if (std::holds_alternative<Malformed>(message)) taken_.emplace_back("malformed");
        const auto* block = std::get_if<NewBlock>(&message);
        if (block != nullptr) take(*block);
        from_.push_back(peer);
    }
    void take(const NewBlock& message) {
        const auto place = std::ranges::find(path_, message.block->header,
                                             [&](std::size_t number) -> const BlockHeader& {
                                                 return builder_[number].block.header;
                                             });
        taken_.push_back("block " + std::to_string(place - path_.begin()));
        found_.push_back(message.found);
        (void)archive_.add_block(*message.block, message.found.get());
    }
    bool until_taken(std::size_t count) {
        return test::run_until(loop_, [&] { return taken_.size() == count; });
    }
    /// Of how many payments it was found out beforehand that they are sound.
    [[nodiscard]] std::size_t sound() const {
        std::size_t count = 0;
        for (const auto& found : found_) {
            if (found == nullptr) continue;
            count += static_cast<std::size_t>(std::ranges::count_if(
                found->fees, [](const auto& fee) { return fee.has_value(); }));
        }
        return count;
    }

    ChainBuilder builder_{7};
    DirectVerifier verifier_;
    Archive archive_{builder_.parameters(), verifier_};
    std::vector<std::size_t> path_;
    std::vector<BlockIndex> indices_;
    std::size_t payments_ = 0;
    std::vector<std::string> taken_;
    std::vector<PeerId> from_;
    std::vector<std::shared_ptr<const BlockFindings>> found_;
    std::set<BlockIndex> unwanted_;
    boost::asio::io_context loop_;

    std::unique_ptr<CheckingPool> pool_ = std::make_unique<CheckingPool>(builder_.parameters(), 2);
    ReadAhead ahead_{
        loop_.get_executor(),
        archive_,
        *pool_,
        {.take = [this](PeerId peer,
                        ByteView bytes) { take(peer, decode_message(bytes, archive_)); },
         .take_block = [this](PeerId peer, const NewBlock& block) { take(peer, Message{block}); },
         .is_body_wanted =
             [this](BlockIndex block) {
                 return !archive_.has_body(block) && !unwanted_.contains(block);
             },
         .find_coin = [this](const OutPoint& outpoint) { return archive_.find_coin(outpoint); }}};

    void TearDown() override { pool_.reset(); }
};

TEST_F(ReadAheadTest, HandsOnAllMessagesInTheOrderInWhichTheyCame) {
    ahead_.arrived(alice, ping(1));
    EXPECT_THAT(taken_, ElementsAre("ping 1")) << "nothing keeps it waiting";
    ahead_.arrived(alice, message_of(0));
    ahead_.arrived(bob, ping(2));
    ahead_.arrived(bob, message_of(1));
    ahead_.arrived(alice, ping(3));
    ASSERT_TRUE(until_taken(5));
    EXPECT_THAT(taken_, ElementsAre("ping 1", "block 0", "ping 2", "block 1", "ping 3"));
    EXPECT_THAT(from_, ElementsAre(alice, alice, bob, bob, alice));
}

TEST_F(ReadAheadTest, FindsOutAboutPaymentsOnBlocksThatWaitThemselves) {
    ASSERT_GT(payments_, 10U);
    for (std::size_t i = 0; i < path_.size(); ++i) ahead_.arrived(alice, message_of(i));
    ASSERT_TRUE(until_taken(path_.size()));
    EXPECT_EQ(sound(), payments_);
    for (std::size_t i = 0; i < path_.size(); ++i) {
        EXPECT_EQ(found_[i]->full_ids, identify(builder_[path_[i]].block).full_ids);
        EXPECT_EQ(found_[i]->ids, identify(builder_[path_[i]].block).ids);
        EXPECT_EQ(archive_.block_fault(indices_[i]), nullptr);
        EXPECT_EQ(archive_.sums(indices_[i]).fees, builder_[path_[i]].effect.fees);
    }
    EXPECT_EQ(archive_.signatures_verified(), path_.size()) << "those of the miners";
}

TEST_F(ReadAheadTest, LeavesToItsTurnWhatCannotBeFoundOutYet) {
    for (std::size_t i = path_.size(); i-- > 0;) ahead_.arrived(alice, message_of(i));
    ASSERT_TRUE(until_taken(path_.size()));
    EXPECT_LT(sound(), payments_);
    for (const BlockIndex block : indices_) EXPECT_EQ(archive_.block_fault(block), nullptr);
}

TEST_F(ReadAheadTest, SaysNothingGoodOfABadPayment) {
    const std::size_t forged = builder_.grow_forged(path_.back());
    (void)archive_.add_header(builder_[forged].block.header);
    for (std::size_t i = 0; i < path_.size(); ++i) ahead_.arrived(alice, message_of(i));
    ahead_.arrived(bob, message_of(builder_[forged].block));
    ASSERT_TRUE(until_taken(path_.size() + 1));
    EXPECT_FALSE(found_.back()->fees.at(1));
}

TEST_F(ReadAheadTest, DoesNoWorkForWhatIsNotWanted) {
    Block false_body = builder_[path_[0]].block;
    false_body.transactions.push_back(false_body.transactions.back());
    Block unknown = builder_[path_[1]].block;
    ++unknown.header.nonce;
    unwanted_.insert(indices_[2]);
    for (const Bytes& message : {message_of(false_body), message_of(unknown), message_of(2)})
        ahead_.arrived(alice, message);
    EXPECT_EQ(taken_.size(), 3U) << "at once";
    EXPECT_THAT(found_, testing::Each(nullptr));
    ahead_.arrived(alice, message_of(3));
    ahead_.arrived(bob, message_of(3));
    ASSERT_TRUE(until_taken(4));
    EXPECT_NE(found_.back(), nullptr);
    EXPECT_EQ(from_.back(), bob) << "the same again is a message about what is known";
}

TEST_F(ReadAheadTest, FinishesWhatAPeerHasSaid) {
    ahead_.arrived(alice, message_of(0));
    ahead_.arrived(bob, message_of(1));
    ahead_.arrived(alice, ping(1));
    ahead_.finish(bob);
    EXPECT_GE(taken_.size(), 2U) << "in order all the same";
    ahead_.finish(alice);
    EXPECT_THAT(taken_, ElementsAre("block 0", "block 1", "ping 1"));
}

TEST_F(ReadAheadTest, KeepsNoMoreThanItsBoundWaiting) {
    ahead_.arrived(alice, message_of(0));
    const Bytes long_message(read_ahead_bytes_max, Byte{255});
    ahead_.arrived(bob, long_message);
    EXPECT_EQ(taken_.size(), 2U) << "the oldest was waited for";
}

}  // namespace
}  // namespace bezant::net
