// SPDX-License-Identifier: Apache-2.0
// What compact blocks are for: fewer bytes and less waiting where links are slow; and that they
// change nothing else.
#include <gtest/gtest.h>

#include "node/message_codec.hpp"
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

}  // namespace
}  // namespace bezant::sim
