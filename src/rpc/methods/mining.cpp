// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "rpc/ledger_json.hpp"
#include "rpc/limits.hpp"
#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

/// Blocks over which the network's work is averaged; bitcoind's default.
constexpr std::uint32_t estimate_blocks = 120;

/// Work of the last blocks of the best chain over the time that they took. For people to read.
double network_hashes_per_second(const Call& call) {
    const LocalChain& chain = call.node.participant().chain();
    const BlockTree& blocks = call.node.archive().blocks();
    const std::uint32_t height = chain.height().value;
    const BlockNode& tip = blocks[chain.tip()];
    const BlockNode& first =
        blocks[chain.block_at(Height{height - std::min(height, estimate_blocks)})];
    if (tip.header.time <= first.header.time) return 0;
    return (tip.work - first.work).to_double() / (tip.header.time - first.header.time);
}

Answer get_mining_info(const Call& call) {
    const LocalChain& chain = call.node.participant().chain();
    const Archive& archive = call.node.archive();
    const net::MiningReport mining = call.node.mining();
    const CompactTarget target = archive.blocks()[chain.tip()].header.target;
    return json::object{{"blocks", chain.height().value},
                        {"bits", shown_bits(target)},
                        {"difficulty", difficulty_of(target)},
                        {"networkhashps", network_hashes_per_second(call)},
                        {"pooledtx", call.node.participant().mempool().size()},
                        {"chain", archive.parameters().name},
                        {"threads", mining.threads},
                        {"hashps", mining.hashes_per_second}};
}

Answer set_mining(const Call& call) {
    const std::uint32_t threads = call.arguments.number(0);
    if (threads > mining_threads_max) {
        return fail(ErrorCode::invalid_parameter,
                    fmt::format("parameter 'threads': got {}, expected at most {}", threads,
                                mining_threads_max));
    }
    call.node.mine(threads);
    return json::value(nullptr);
}

}  // namespace

std::vector<Method> mining_methods() {
    constexpr std::string_view group = "Mining";
    return {
        {"getmininginfo",
         group,
         "What mining takes, and what this node's own does",
         {},
         "An object: `blocks`, `bits` and `difficulty` of the tip, `networkhashps` (hashes a "
         "second that the last 120 blocks took), `pooledtx` (payments that wait), `chain`; of "
         "this node `threads` (0: it does not mine) and `hashps`.",
         {},
         "",
         get_mining_info},
        {"setmining",
         group,
         "Mine on so many threads",
         {{"threads", ParameterType::number, "their number; 0 ends it"}},
         "Null.",
         {{ErrorCode::invalid_parameter, "more than 1024"}},
         "1",
         set_mining},
    };
}

}  // namespace bezant::rpc
