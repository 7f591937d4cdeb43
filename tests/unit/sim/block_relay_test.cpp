// SPDX-License-Identifier: Apache-2.0
// What compact blocks are for: fewer bytes and less waiting where links are slow; and that they
// change nothing else.
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "node/message_codec.hpp"
#include "tests/seeds.hpp"
#include "tests/unit/sim/scenarios.hpp"

namespace bezant::sim {
namespace {

using test::random_graph;
using test::sampled;
using test::text_of;

/// Bytes of the messages that carry blocks or parts of them.
struct BlockBytes final : Observer {
    void delivered(const ObservedWorld& world, ParticipantId, ParticipantId,
                   const Message& message) override {
        if (std::holds_alternative<BlockMessage>(message) ||
            std::holds_alternative<CompactBlock>(message) ||
            std::holds_alternative<MissingTransactions>(message))
            count += encoded_size(message, world.archive());
    }
    std::uint64_t count = 0;
};

struct Outcome {
    Summary summary;
    std::uint64_t block_bytes = 0;
};

/// Thirty participants on links of 1 Mbit/s, two payments a second, a block about every 40 seconds.
Scenario slow_links(BlockRelay relay, std::uint64_t seed) {
    Scenario scenario = sampled(seed, 30);
    scenario.participant.block_relay = relay;
    scenario.link.bandwidth_bps = 1'000'000;
    scenario.network.allocation = bezants(1'000);
    scenario.network.hashes_per_block = 40'000;
    scenario.workload.kind = WorkloadKind::stream;
    scenario.workload.duration = seconds(1'200);
    scenario.workload.payments_per_1000_seconds = 2'000;
    scenario.workload.hops_max = 0;
    scenario.workload.amount_max = bezants(1);
    return scenario;
}

Outcome run(Scenario scenario, std::uint32_t participants) {
    Random random{scenario.seed};
    World world{std::move(scenario), random_graph(random, participants)};
    BlockBytes bytes;
    world.add_observer(bytes);
    auto summary = world.run();
    EXPECT_TRUE(summary) << text_of(summary.error());
    return {.summary = summary.value_or(Summary{}), .block_bytes = bytes.count};
}

TEST(CompactBlockRelay, SendsFarFewerBytesAndReachesAllSoonerOverSlowLinks) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Outcome whole = run(slow_links(BlockRelay::headers, seed), 30);
        const Outcome compact = run(slow_links(BlockRelay::compact, seed), 30);
        EXPECT_GT(whole.summary.blocks.main_chain, 10U);
        EXPECT_LT(compact.block_bytes * 5, whole.block_bytes) << "seed " << seed;
        EXPECT_LT(compact.summary.propagation.p50 * 3, whole.summary.propagation.p50 * 2);
        EXPECT_LT(compact.summary.propagation.p90 * 3, whole.summary.propagation.p90 * 2);
        EXPECT_TRUE(compact.summary.dropped_peers.empty());
        RecordProperty("whole_block_bytes", std::to_string(whole.block_bytes));
        RecordProperty("compact_block_bytes", std::to_string(compact.block_bytes));
    }
}

TEST(CompactBlockRelay, GivesTheSameDigestWhenMessagesGoThroughTheirBytes) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        Scenario plain = sampled(seed, 20);
        plain.participant.block_relay = BlockRelay::compact;
        plain.participant.mempool.bytes_max = 10'000;
        plain.participant.fee_floor_interval = seconds(20);
        plain.workload.kind = WorkloadKind::stream;
        plain.workload.duration = seconds(300);
        plain.workload.payments_per_1000_seconds = 4'000;
        plain.chaos.until = seconds(250);
        Scenario encoded = plain;
        encoded.encode_messages = true;
        const Outcome one = run(std::move(plain), 20);
        const Outcome other = run(std::move(encoded), 20);
        EXPECT_EQ(one.summary.digest, other.summary.digest) << "seed " << seed;
        EXPECT_EQ(one.summary.message_bytes, other.summary.message_bytes);
        const auto kinds = one.summary.messages;
        for (const char* kind : {"compact_block", "missing_transactions", "fee_floor"})
            EXPECT_NE(std::ranges::find(kinds, kind, &Count::name), kinds.end()) << kind;
    }
}

/// Thirty on links of some tens of milliseconds, two payments a second, a block about every minute.
Scenario while_payments_spread(Duration announce_interval, std::uint64_t seed) {
    Scenario scenario = slow_links(BlockRelay::compact, seed);
    scenario.link.bandwidth_bps = 0;
    scenario.network.hashes_per_block = 60'000;
    scenario.workload.duration = seconds(900);
    scenario.participant.announce_interval = announce_interval;
    return scenario;
}

/// Counts again, by what is in the receivers' pools: a compact block that is not put together when
/// it comes leaves the pool as it was.
struct LackedCounts final : Observer {
    explicit LackedCounts(const World& the_world) : world(the_world) {}

    void delivered(const ObservedWorld&, ParticipantId, ParticipantId to,
                   const Message& message) override {
        const auto* compact = std::get_if<CompactBlock>(&message);
        if (compact == nullptr || !asked.emplace(compact->block.value, to).second) return;
        const Participant& receiver = *world.participant(to);
        if (receiver.chain().has_body(compact->block)) return;
        ++incomplete;
        for (const TransactionIndex payment : world.archive().body(compact->block).subspan(1))
            missing += receiver.mempool().contains(payment) ? 0U : 1U;
    }

    const World& world;
    std::set<std::pair<std::uint32_t, ParticipantId>> asked;
    std::uint64_t incomplete = 0;
    std::uint64_t missing = 0;
};

TEST(CompactBlockRelay, AsksForWhatTheReceiversPoolLacksAndForNothingElse) {
    std::uint64_t incomplete = 0;
    for (std::uint64_t seed = 1; seed <= bezant::test::seeds_to_try(2); ++seed) {
        Random random{seed};
        World world{while_payments_spread(seconds(2), seed), random_graph(random, 30)};
        LackedCounts lacked{world};
        world.add_observer(lacked);
        const auto summary = world.run();
        ASSERT_TRUE(summary) << text_of(summary.error());
        if (summary->blocks.stale != 0) continue;  // some come that nobody puts together
        const CompactBlocks& counts = summary->compact_blocks.value();
        EXPECT_EQ(counts.incomplete, lacked.incomplete) << "seed " << seed;
        EXPECT_EQ(counts.missing, lacked.missing) << "seed " << seed;
        const auto whole = std::ranges::find(summary->messages, "block", &Count::name);
        const std::uint64_t came_whole = whole == summary->messages.end() ? 0 : whole->count;
        EXPECT_EQ(counts.first + came_whole, summary->blocks.mined * 29) << "seed " << seed;
        incomplete += counts.incomplete;
    }
    EXPECT_GT(incomplete, 20U) << "or nothing was compared";
}

TEST(CompactBlockRelay, LacksPaymentsThatStillSpreadWhenABlockIsFound) {
    const auto share = [](Duration announce_interval, std::uint64_t seed) {
        const Summary summary = run(while_payments_spread(announce_interval, seed), 30).summary;
        EXPECT_GT(summary.compact_blocks.value().first, 300U);
        return summary.compact_blocks.value().failure_share();
    };
    const double quickly = share(milliseconds(10), 1);
    const double slowly = share(seconds(2), 1);
    EXPECT_LT(quickly * 3, slowly);
    RecordProperty("quickly", std::to_string(quickly));
    RecordProperty("slowly", std::to_string(slowly));
    Scenario nobody_pays = while_payments_spread(seconds(2), 1);
    nobody_pays.workload.payments_per_1000_seconds = 0;
    EXPECT_EQ(run(std::move(nobody_pays), 30).summary.compact_blocks.value().incomplete, 0U);
}

TEST(CompactBlockRelay, IsCountedOnlyWhereItIsInUse) {
    EXPECT_FALSE(run(sampled(1, 10), 10).summary.compact_blocks);
}

}  // namespace
}  // namespace bezant::sim
