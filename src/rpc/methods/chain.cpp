// SPDX-License-Identifier: Apache-2.0
#include <boost/json.hpp>

#include "rpc/ledger_json.hpp"
#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

const LocalChain& chain_of(const Call& call) { return call.node.participant().chain(); }

const BlockNode& entry_of(const Call& call, BlockIndex block) {
    return call.node.archive().blocks()[block];
}

Answer get_blockchain_info(const Call& call) { return chain_in_json(call.node); }

Answer get_best_block_hash(const Call& call) {
    return json::value(shown_hash(entry_of(call, chain_of(call).tip()).hash));
}

Answer get_block_count(const Call& call) { return json::value(chain_of(call).height().value); }

Answer get_difficulty(const Call& call) {
    return json::value(difficulty_of(entry_of(call, chain_of(call).tip()).header.target));
}

std::string_view tip_status(const LocalChain& chain, BlockIndex block) {
    if (block == chain.tip()) return "active";
    if (chain.fault(block)) return "invalid";
    if (chain.is_connected(block)) return "valid-fork";
    return chain.has_body(block) ? "valid-headers" : "headers-only";
}

bool has_known_child(const Call& call, const BlockNode& entry) {
    const BlockTree& blocks = call.node.archive().blocks();
    for (BlockIndex child = entry.first_child; child != no_block;
         child = blocks[child].next_sibling) {
        if (chain_of(call).has_header(child)) return true;
    }
    return false;
}

json::object tip_in_json(const Call& call, BlockIndex block) {
    const LocalChain& chain = chain_of(call);
    const BlockTree& blocks = call.node.archive().blocks();
    const BlockIndex fork = blocks.fork_point(block, chain.tip());
    return {{"height", blocks[block].height.value},
            {"hash", shown_hash(blocks[block].hash)},
            {"branchlen", blocks[block].height.value - blocks[fork].height.value},
            {"status", tip_status(chain, block)}};
}

/// The last blocks of all branches, and the tip of the best chain, on which headers may wait.
Answer get_chain_tips(const Call& call) {
    json::array tips;
    for (std::uint32_t i = 0; i < call.node.archive().blocks().size(); ++i) {
        const BlockIndex block{i};
        if (!chain_of(call).has_header(block)) continue;
        if (block == chain_of(call).tip() || !has_known_child(call, entry_of(call, block)))
            tips.emplace_back(tip_in_json(call, block));
    }
    return tips;
}

}  // namespace

std::vector<Method> chain_methods() {
    constexpr std::string_view group = "Chain";
    return {
        {"getblockchaininfo",
         group,
         "Where the best chain stands",
         {},
         "An object: `chain` the network's name, `blocks` the height, `headers` the height of the "
         "best header, `bestblockhash`, `bits` and `difficulty` of the tip, its `time` and "
         "`mediantime` (seconds since 1970), `chainwork` (expected hashes, hexadecimal), `supply` "
         "(all money there is, in BZT), `pruned`.",
         {},
         "",
         get_blockchain_info},
        {"getbestblockhash",
         group,
         "The hash of the last block of the best chain",
         {},
         "The hash.",
         {},
         "",
         get_best_block_hash},
        {"getblockcount",
         group,
         "The height of the best chain",
         {},
         "The height; that of the genesis block is 0.",
         {},
         "",
         get_block_count},
        {"getchaintips",
         group,
         "The last blocks of all known branches",
         {},
         "A list of objects: `height`, `hash`, `branchlen` (blocks off the best chain), `status`: "
         "active, valid-fork, valid-headers (its blocks wait for others), headers-only, or "
         "invalid.",
         {},
         "",
         get_chain_tips},
        {"getdifficulty",
         group,
         "How many times harder the tip's target is than Bitcoin's easiest",
         {},
         "The number.",
         {},
         "",
         get_difficulty},
    };
}

}  // namespace bezant::rpc
