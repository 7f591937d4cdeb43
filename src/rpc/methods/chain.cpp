// SPDX-License-Identifier: Apache-2.0
#include <boost/json.hpp>

#include "ledger/codec.hpp"
#include "rpc/chain_lookup.hpp"
#include "rpc/ledger_json.hpp"
#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

const LocalChain& chain_of(const Call& call) { return call.node.participant().chain(); }

const BlockNode& entry_of(const Call& call, BlockIndex block) {
    return call.node.archive().blocks()[block];
}

Answer get_blockchain_info(const Call& call) {
    const LocalChain& chain = chain_of(call);
    Archive& archive = call.node.archive();
    const BlockNode& tip = entry_of(call, chain.tip());
    return json::object{{"chain", archive.parameters().name},
                        {"blocks", tip.height.value},
                        {"headers", entry_of(call, chain.best_header()).height.value},
                        {"bestblockhash", shown_hash(tip.hash)},
                        {"bits", shown_bits(tip.header.target)},
                        {"difficulty", difficulty_of(tip.header.target)},
                        {"time", tip.header.time},
                        {"mediantime", archive.context_of(chain.tip()).median_time_past},
                        {"chainwork", shown_number(tip.work)},
                        {"supply", in_json(archive.sums(chain.tip()).supply)},
                        {"pruned", false}};
}

Answer get_best_block_hash(const Call& call) {
    return json::value(shown_hash(entry_of(call, chain_of(call).tip()).hash));
}

Answer get_block_count(const Call& call) { return json::value(chain_of(call).height().value); }

Answer get_difficulty(const Call& call) {
    return json::value(difficulty_of(entry_of(call, chain_of(call).tip()).header.target));
}

Answer get_block_hash(const Call& call) {
    const auto block = block_at_height(call.node, call.arguments.number(0));
    if (!block) return unexpected{block.error()};
    return json::value(shown_hash(entry_of(call, *block).hash));
}

Answer get_block_header(const Call& call) {
    const auto block = find_block(call.node, call.arguments.hash<BlockHash>(0));
    if (!block) return unexpected{block.error()};
    if (call.arguments.flag(1)) return header_in_json(call.node, *block);
    return json::value(to_hex(encoded(entry_of(call, *block).header)));
}

Answer get_block(const Call& call) {
    constexpr std::uint32_t verbosity_max = 2;
    const auto block = find_body(call.node, call.arguments.hash<BlockHash>(0));
    if (!block) return unexpected{block.error()};
    const std::uint32_t verbosity = call.arguments.number(1);
    if (verbosity > verbosity_max)
        return fail(ErrorCode::invalid_parameter, "parameter 'verbosity': expected 0, 1 or 2");
    if (verbosity > 0) {
        return block_in_json(call.node, *block,
                             verbosity == 1 ? Transactions::by_id : Transactions::whole);
    }
    call.node.archive().load(*block);
    return json::value(to_hex(encoded(call.node.archive().assemble(*block))));
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

CoinLookup look_up(const Call& call, CoinIndex coin) {
    const LocalChain& chain = chain_of(call);
    if (call.arguments.flag(2)) return call.node.participant().mempool().coin(coin, chain.tip());
    return chain.coin(coin);
}

Answer get_tx_out(const Call& call) {
    const OutPoint outpoint{.transaction = call.arguments.hash<TransactionId>(0),
                            .index = call.arguments.number(1)};
    Archive& archive = call.node.archive();
    const auto index = archive.find_coin(outpoint);
    if (!index) return json::value(nullptr);
    const CoinLookup found = look_up(call, *index);
    if (found.state != CoinState::unspent) return json::value(nullptr);
    const std::uint32_t tip = chain_of(call).height().value;
    const std::uint32_t height = found.coin.height.value;
    json::object object = output_in_json(found.coin.output, outpoint.index, archive.parameters());
    object["bestblock"] = shown_hash(entry_of(call, chain_of(call).tip()).hash);
    object["confirmations"] = height > tip ? 0 : tip - height + 1;
    object["coinbase"] = found.coin.coinbase;
    return object;
}

const ErrorCase no_such_block{ErrorCode::invalid_address_or_key, "no block has this hash"};
const ErrorCase no_body{ErrorCode::miscellaneous, "only its header has come yet"};

}  // namespace

std::vector<Method> chain_methods() {
    using enum ParameterType;
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
        {"getblockhash",
         group,
         "The hash of a block of the best chain",
         {{"height", number, "the height of the block"}},
         "The hash.",
         {{ErrorCode::invalid_parameter, "the best chain is not as high"}},
         "0",
         get_block_hash},
        {"getblockheader",
         group,
         "A block's header",
         {{"blockhash", hash, "the block"},
          {"verbose", boolean, "an object, or the 80 bytes in hexadecimal digits", "true"}},
         "An object: `hash`, `confirmations` (-1 off the best chain), `height`, `version`, "
         "`versionHex`, `merkleroot`, `time`, `mediantime`, `nonce`, `bits`, `difficulty`, "
         "`chainwork`, and where there are such `previousblockhash` and `nextblockhash`.",
         {no_such_block},
         "00000000000000000000000000000000000000000000000000000000000000ff",
         get_block_header},
        {"getblock",
         group,
         "A block",
         {{"blockhash", hash, "the block"},
          {"verbosity", verbosity,
           "0: its bytes in hexadecimal digits; 1: an object with ids of transactions; 2: with "
           "the transactions",
           "1"}},
         "As getblockheader, and `nTx`, `size` (bytes), `miner` (an address), `tx`; of a block "
         "found valid `fees`, `issued` and `supply` (BZT).",
         {no_such_block, no_body, {ErrorCode::invalid_parameter, "no such verbosity"}},
         "00000000000000000000000000000000000000000000000000000000000000ff 2",
         get_block},
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
        {"gettxout",
         group,
         "An unspent coin",
         {{"txid", hash, "the transaction that created it"},
          {"n", number, "its position among the outputs"},
          {"include_mempool", boolean, "after all payments that wait for a block, too", "true"}},
         "Null if there is none or it is spent. An object: `value` (BZT), `n`, `address`, "
         "`bestblock`, `confirmations` (0: not in a block yet), `coinbase` (whether it must "
         "mature).",
         {},
         "00000000000000000000000000000000000000000000000000000000000000ff 0",
         get_tx_out},
    };
}

}  // namespace bezant::rpc
