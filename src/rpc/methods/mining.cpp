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

json::object worker_in_json(const std::string& name, const mining::WorkerCounts& worker, Time now) {
    json::object object{{"worker", name}};
    for (std::size_t i = 0; i < mining::share_outcomes; ++i)
        object[to_text(static_cast<mining::ShareOutcome>(i))] = worker.shares[i];
    object["blocks"] = worker.blocks;
    object["hashes"] = worker.hashes;
    object["hashps"] = mining::WorkerBook::hashes_per_second(worker, now);
    object["lastshare"] = worker.last_share_at ? unix_seconds(*worker.last_share_at) : 0;
    return object;
}

Answer get_stratum_info(const Call& call) {
    if (call.workers == nullptr)
        return fail(ErrorCode::miscellaneous, "this node does not listen for mining programs");
    json::array workers;
    for (const auto& [name, worker] : call.workers->workers())
        workers.emplace_back(worker_in_json(name, worker, call.node.now()));
    return json::object{{"clients", call.workers->clients}, {"workers", std::move(workers)}};
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
        {"getstratuminfo",
         group,
         "Who mines for this node by Stratum, and what came of it",
         {},
         "An object: `clients` (programs that are connected) and `workers`, each `worker` (its "
         "name), the numbers of its shares that were `accepted`, `stale`, `duplicate`, `low` (not "
         "hard enough) and `malformed`, `blocks` (that became the tip), `hashes` (that accepted "
         "shares take, as one expects), `hashps` (of the last minutes), `lastshare` (0: none yet).",
         {{ErrorCode::miscellaneous, "the node does not listen for mining programs"}},
         "",
         get_stratum_info},
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
