// SPDX-License-Identifier: Apache-2.0
// Ten nodes on loopback as processes: how soon one answers calls, how fast a block is known to all,
// how much memory each has when idle, how many small calls a second one answers. Beside each figure
// its limit, and what Bitcoin Core 28.1 did in the same arrangement.
//
// bench_fleet PROGRAM [BLOCKS]: PROGRAM is `bezant`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "bench/support/good.hpp"
#include "bench/support/process_usage.hpp"
#include "bench/support/ten_nodes.hpp"
#include "fleet/fleet.hpp"
#include "net/private_file.hpp"
#include "rpc/command_line.hpp"
#include "tests/support/temporary_folder.hpp"

namespace bezant::fleet {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t starts = 9;
constexpr std::size_t calls = 20'000;
constexpr std::uint32_t blocks_usual = 100;
constexpr double blocks_hash_rate = 50'000;  // five blocks a second
constexpr sim::ParticipantId miner = 0;      // five hops from the farthest

double seconds_since(Clock::time_point begun) {
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

double median(std::vector<double> samples) {
    CHECK(!samples.empty(), "something was measured");
    const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
    std::ranges::nth_element(samples, middle);
    return *middle;
}

void print_row(std::string_view what, double measured, std::string_view unit,
               std::string_view limit, std::string_view rival) {
    fmt::print("  {:<44}{:>10.1f} {:<10}{:>12}{:>14}\n", what, measured, unit, limit, rival);
}

/// From the start of a new node's process to its first answer.
double seconds_to_first_answer(const NodeLaunch& launch) {
    const auto begun = Clock::now();
    NodeProcess node = bench::good(NodeProcess::start(launch));
    while (!bench::good(node.answers())) {
    }
    bench::good(node.call("getblockcount"));
    return seconds_since(begun);
}

double calls_a_second(NodeProcess& node) {
    auto client = bench::good(rpc::HttpClient::connect(node.answers_at(), seconds(60)));
    const std::string request = rpc::request_of_words("getblockcount", {});
    const auto begun = Clock::now();
    for (std::size_t i = 0; i < calls; ++i) bench::good(client.post(request));
    return static_cast<double>(calls) / seconds_since(begun);
}

/// Milliseconds from a block's being found to all having it, of each block.
std::vector<double> spread_of_blocks(Fleet& fleet, std::uint32_t blocks) {
    ObservedFleet& world = fleet.world();
    bench::good(fleet.call(miner, "setmining", std::array{std::string{"1"}}));
    bench::good(fleet.wait_until([&] { return world.agreement().best_height().value >= blocks; },
                                 "blocks are found", std::nullopt));
    bench::good(fleet.call(miner, "setmining", std::array{std::string{"0"}}));
    bench::good(
        fleet.wait_until([&] { return world.agreement().tips() == 1; }, "all agree", seconds(60)));
    bench::good(fleet.pause(milliseconds(200)));
    world.tell({});
    std::vector<double> spread;
    for (BlockIndex at = world.common_tip(); at != genesis_index;
         at = world.archive().blocks()[at].parent) {
        const sim::BlockHistory* history = world.history(at);
        if (history == nullptr || history->reached.empty()) continue;  // long buried
        Duration slowest;
        for (const auto& moment : history->reached)
            slowest = std::max(slowest, moment.value_or(Duration{}));
        spread.push_back(static_cast<double>(slowest.microseconds) / 1e3);
    }
    return spread;
}

void measure(const std::filesystem::path& program, const std::filesystem::path& folder,
             std::uint32_t blocks) {
    const bench::TenNodes ten = bench::ten_nodes(blocks_hash_rate);
    const auto fleet = bench::good(
        Fleet::start(ten.scenario, ten.graph,
                     {.program = program, .folder = folder / "ten", .names = ten.names}));

    fmt::print("  {:<44}{:>10} {:<10}{:>12}{:>14}\n", "", "measured", "", "limit", "Core 28.1");
    std::vector<double> memory;
    for (sim::ParticipantId who = 0; who < ten.scenario.participants; ++who)
        memory.push_back(bench::resident_megabytes(fleet->node(who).process_id()));
    print_row("memory of an idle node, the largest of ten", std::ranges::max(memory), "MB", "< 40",
              "56");
    print_row("a block known to all ten, 5 hops, median", median(spread_of_blocks(*fleet, blocks)),
              "ms", "< 8", "8.9");
    print_row("small calls over one connection", calls_a_second(fleet->node(miner)), "1/s",
              "> 10000", "7500");
    fleet->stop();

    const Member& member = fleet->preparation().members.front();
    std::vector<double> first_answers;
    for (std::size_t i = 0; i < starts; ++i) {
        const auto fresh = folder / fmt::format("start-{}", i);
        CHECK(net::make_private_folder(fresh), "the folder can be made");
        first_answers.push_back(1e3 *
                                seconds_to_first_answer({.program = program,
                                                         .folder = fresh,
                                                         .network = fleet->preparation().network,
                                                         .wallet = member.wallet}));
    }
    print_row("from a start to the first answer, median", median(first_answers), "ms", "< 500",
              "630");
}

}  // namespace
}  // namespace bezant::fleet

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "bench_fleet PROGRAM [BLOCKS]: PROGRAM is `bezant`\n");
        return 2;
    }
    const bezant::test::TemporaryFolder folder;
    const std::uint32_t blocks =
        argc > 2 ? static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10))
                 : bezant::fleet::blocks_usual;
    bezant::fleet::measure(std::filesystem::absolute(argv[1]), folder.path(), blocks);
    return 0;
}
