// SPDX-License-Identifier: Apache-2.0
// Which headers are kept: a participant with an archive of its own follows whatever chain has most
// work, and keeps nothing of chains that cost little.
#include "node/header_intake.hpp"

#include <gtest/gtest.h>

#include "node/header_presync.hpp"
#include "node/limits.hpp"
#include "node/message_kind.hpp"
#include "tests/seeds.hpp"
#include "tests/support/byte_world.hpp"

namespace bezant::test {
namespace {

/// Headers alone, that obey the rules, each on the one before: on a network with sampled work they
/// cost nothing to make, and claim what real ones do.
std::vector<BlockHeader> chain_on(const BlockHeader& parent, std::size_t count,
                                  std::uint32_t salt) {
    std::vector<BlockHeader> chain;
    BlockHash previous = block_hash(parent);
    for (std::uint32_t time = parent.time + 1; chain.size() < count; ++time) {
        chain.push_back({.version = 1,
                         .previous = previous,
                         .merkle_root = {},
                         .time = time,
                         .target = parent.target,
                         .nonce = salt});
        previous = block_hash(chain.back());
    }
    return chain;
}

using Chain = std::vector<BlockHeader>;

/// A stranger that answers questions for headers out of a chain of his, from genesis on.
class Teller {
public:
    Teller(ByteWorld& world, Chain chain)
        : world_(world),
          chain_(std::move(chain)),
          peer(world.stranger(0, Height{static_cast<std::uint32_t>(chain_.size())})) {
        for (std::size_t i = 0; i < chain_.size(); ++i) places_[block_hash(chain_[i])] = i + 1;
    }

    /// Answers as long as it is asked; how many questions there were.
    std::size_t answer(std::size_t most = SIZE_MAX) {
        std::size_t asked = 0;
        for (; asked < most; ++asked) {
            const auto question = last_question();
            if (!question) break;
            world_.says(0, peer, Message{NewHeaders{batch_after(*question)}});
        }
        return asked;
    }
    void says(Chain headers) { world_.says(0, peer, Message{NewHeaders{std::move(headers)}}); }
    [[nodiscard]] bool is_connected() const { return world_.is_connected(0, peer); }

    /// What comes in the place of each message, if anything does.
    std::function<Chain(Chain)> changes = [](Chain batch) { return batch; };

private:
    /// The block of ours after which the question asks: 0 for genesis.
    std::optional<std::size_t> last_question() {
        std::optional<std::size_t> last;
        for (const Bytes& bytes : world_.heard(0, peer)) {
            if (static_cast<MessageKind>(bytes[0]) == MessageKind::get_headers)
                last = place_of(bytes);
        }
        return last;
    }
    [[nodiscard]] std::size_t place_of(const Bytes& question) const {
        Decoder in{ByteView{question}.subspan(1)};
        for (std::size_t left = in.size("count", 32); left > 0; --left) {
            const auto found = places_.find(in.fixed<BlockHash>("block"));
            if (found != places_.end()) return found->second;
        }
        return 0;
    }
    [[nodiscard]] Chain batch_after(std::size_t place) const {
        const std::size_t count = std::min(chain_.size() - place, headers_per_message_max);
        const auto begin = chain_.begin() + static_cast<std::ptrdiff_t>(place);
        Chain batch{begin, begin + static_cast<std::ptrdiff_t>(count)};
        return changes(std::move(batch));
    }

    ByteWorld& world_;
    Chain chain_;
    std::map<BlockHash, std::size_t> places_;

public:
    PeerId peer;
};

class HeaderIntake : public testing::Test {
protected:
    explicit HeaderIntake(ParticipantOptions options = {}) { world.add(options); }

    void give_tip(std::size_t height) {
        for (std::size_t i = 0; i < height; ++i) {
            world.run_for(seconds(1));
            world.mine(0);
        }
    }
    [[nodiscard]] const BlockHeader& genesis() const { return world.parameters().genesis.header; }
    [[nodiscard]] std::size_t kept() { return world.archive(0).blocks().size(); }
    [[nodiscard]] Height best() {
        return world.archive(0).blocks()[world[0].chain().best_header()].height;
    }
    [[nodiscard]] std::optional<Misconduct> dropped_for(PeerId peer) {
        const auto found = world.dropped(0).find(peer);
        return found == world.dropped(0).end() ? std::nullopt : std::optional{found->second};
    }
    static ParticipantOptions asking_for(std::uint64_t blocks) {
        ParticipantOptions options;
        const Parameters parameters = ByteWorld::network(1, 1);
        options.minimum_work =
            checked_multiply(claimed_work(parameters.genesis.header), blocks).value();
        return options;
    }

    ByteWorld world{ByteWorld::network(1, 1)};
};

/// A newcomer that is told how much work the chain has at least.
class Newcomer : public HeaderIntake {
protected:
    static constexpr std::size_t least = 9'000;

    Newcomer() : HeaderIntake(asking_for(least)) {}
};

TEST_F(HeaderIntake, WhatHasNearlyTheWorkOfTheTipIsKept) {
    give_tip(depth_kept_max + 10);
    const std::size_t before = kept();
    Teller teller{world, {}};
    teller.says(chain_on(genesis(), 9, 1));
    EXPECT_EQ(kept(), before) << "it lacks one block more than it may";
    teller.says(chain_on(genesis(), 10, 2));
    EXPECT_EQ(kept(), before + 10);
    EXPECT_TRUE(teller.is_connected());
}

TEST_F(HeaderIntake, CheapBranchesWithoutEndLeaveNoTrace) {
    give_tip(500);
    const std::size_t before = kept();
    const std::size_t memory = world[0].memory_bytes();
    std::size_t said = 0;
    for (std::uint32_t caller = 0; caller < 3; ++caller) {
        Teller teller{world, {}};
        for (std::uint32_t i = 0; i < 2'000 && teller.is_connected(); ++i, said += 20)
            teller.says(chain_on(genesis(), 20, 10'000 * caller + i));
        EXPECT_EQ(dropped_for(teller.peer), Misconduct::flooding);
    }
    EXPECT_GT(said, 50'000U);
    EXPECT_EQ(kept(), before);
    EXPECT_LT(world[0].memory_bytes(), memory + 1'000);
}

TEST_F(HeaderIntake, CheapHeadersThatComeWithTheirBlocksLeaveNoTrace) {
    give_tip(500);
    const std::size_t before = kept();
    const PeerId peer = world.stranger(0);
    Block block{.header = chain_on(genesis(), 1, 1)[0],
                .transactions = world.parameters().genesis.transactions};
    world.says(0, peer, Message{NewBlock{Boxed{block}}});
    CompactBlock outline;
    outline.prefilled.push_back({.position = 0, .transaction = block.transactions[0]});
    world.says(0, peer, Message{NewCompactBlock{Boxed{block.header}, outline}});
    EXPECT_EQ(kept(), before);
}

TEST_F(HeaderIntake, WhoSendsBlocksUnaskedWhoseHeadersAreNotKeptIsDropped) {
    give_tip(500);
    const Block cheap{.header = chain_on(genesis(), 1, 1)[0], .transactions = {}};
    const Block nowhere{.header = chain_on(cheap.header, 2, 1)[1], .transactions = {}};
    for (const Block& block : {cheap, nowhere}) {
        const PeerId peer = world.stranger(0);
        for (int i = 0; i < 4; ++i) world.says(0, peer, Message{NewBlock{Boxed{block}}});
        ASSERT_TRUE(world.is_connected(0, peer));
        world.says(0, peer, Message{NewBlock{Boxed{block}}});
        EXPECT_EQ(dropped_for(peer), Misconduct::unrequested_data);
    }
}

TEST_F(HeaderIntake, AHeaderThatBreaksARuleLeavesNoTrace) {
    Chain chain = chain_on(genesis(), 5, 1);
    chain[3].time = genesis().time;
    chain[4].previous = block_hash(chain[3]);
    Teller teller{world, {}};
    teller.says(chain);
    EXPECT_EQ(kept(), 4U);
    EXPECT_EQ(dropped_for(teller.peer), Misconduct::invalid_header);
}

TEST_F(HeaderIntake, ADeepReorganisationIsFollowed) {
    give_tip(3'000);
    Teller teller{world, chain_on(genesis(), 7'000, 1)};
    teller.answer();
    EXPECT_EQ(best(), Height{7'000});
    EXPECT_TRUE(teller.is_connected());
}

TEST_F(Newcomer, FollowsAChainThatShowsItsWork) {
    Teller teller{world, chain_on(genesis(), 20'500, 1)};
    EXPECT_GT(teller.answer(), 11U + least / headers_per_message_max) << "some is asked for twice";
    EXPECT_EQ(best(), Height{20'500});
    EXPECT_EQ(kept(), 20'501U);
    EXPECT_TRUE(teller.is_connected());
}

TEST_F(Newcomer, KeepsNothingBeforeWorkIsShown) {
    const std::size_t memory = world[0].memory_bytes();
    Teller teller{world, chain_on(genesis(), 20'000, 1)};
    teller.answer(4);
    EXPECT_EQ(kept(), 1U);
    EXPECT_LT(world[0].memory_bytes(), memory + sizeof(HeaderPresync) + 2'000 + sizeof(Peer));
    teller.answer(1);
    EXPECT_EQ(kept(), 1U) << "now it is asked for again";
    teller.answer(1);
    EXPECT_EQ(kept(), 1U + headers_per_message_max);
}

TEST_F(Newcomer, KeepsNothingOfAChainThatHasTooLittle) {
    Teller poor{world, chain_on(genesis(), least - 2, 1)};
    EXPECT_EQ(poor.answer(), 1 + (least - 2) / headers_per_message_max);
    EXPECT_EQ(kept(), 1U);
    EXPECT_TRUE(poor.is_connected()) << "it may be a newcomer too";
    Teller rich{world, chain_on(genesis(), least, 2)};
    rich.answer();
    EXPECT_EQ(best(), Height{least}) << "the lead has passed on";
}

TEST_F(Newcomer, KeepsNothingOfAnotherChainThanTheOneThatShowedItsWork) {
    const Chain cheap = chain_on(genesis(), headers_per_message_max, 2);
    Teller teller{world, chain_on(genesis(), 20'000, 1)};
    teller.answer(5);
    teller.changes = [&](const Chain&) { return cheap; };
    teller.answer(1);
    EXPECT_EQ(kept(), 1U);
    teller.changes = [](Chain batch) { return batch; };
    EXPECT_TRUE(teller.is_connected()) << "once may be forgiven";
    teller.says(chain_on(genesis(), headers_per_message_max, 1));
    teller.answer(4);
    teller.changes = [&](const Chain&) { return cheap; };
    teller.answer(1);
    EXPECT_EQ(dropped_for(teller.peer), Misconduct::withheld_data);
    EXPECT_EQ(kept(), 1U);
}

TEST_F(Newcomer, DropsWhoShowsHeadersThatBreakARule) {
    Teller teller{world, chain_on(genesis(), 20'000, 1)};
    teller.answer(1);
    teller.changes = [](Chain batch) {
        batch.back().time = 0;
        return batch;
    };
    teller.answer(1);
    EXPECT_EQ(dropped_for(teller.peer), Misconduct::invalid_header);
    EXPECT_EQ(kept(), 1U);
}

/// The two looks agree with a plain sum of work on any chain, cut anywhere.
TEST(HeaderPresync, AddsUpWhatIsThere) {
    DirectVerifier verifier;
    Archive archive{ByteWorld::network(1, 1), verifier};
    Random random{1};
    for (std::uint64_t seed = 0; seed < seeds_to_try(20); ++seed) {
        const Chain chain = chain_on(archive.parameters().genesis.header, 2 + random.below(900),
                                     static_cast<std::uint32_t>(seed));
        HeaderPresync presync{genesis_index, archive};
        for (std::size_t next = 0; next < chain.size();) {
            const std::size_t count = 1 + random.below(chain.size() - next);
            ASSERT_TRUE(
                presync.look_at(std::span{chain}.subspan(next, count), archive.parameters()));
            next += count;
            EXPECT_EQ(presync.end(), block_hash(chain[next - 1]));
        }
        for (const BlockHeader& header : chain) ASSERT_TRUE(archive.add_valid_header(header));
        const BlockNode& last = archive.blocks()[*archive.blocks().find(presync.end())];
        EXPECT_EQ(presync.work(), last.work);
        EXPECT_EQ(presync.seen(), chain.size());
    }
}

}  // namespace
}  // namespace bezant::test
