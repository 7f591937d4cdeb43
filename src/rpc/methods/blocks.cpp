// SPDX-License-Identifier: Apache-2.0
#include <boost/json.hpp>

#include "ledger/codec.hpp"
#include "rpc/chain_lookup.hpp"
#include "rpc/ledger_json.hpp"
#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

Answer get_block_hash(const Call& call) {
    const auto block = block_at_height(call.node, call.arguments.number(0));
    if (!block) return unexpected{block.error()};
    return json::value(shown_hash(call.node.archive().blocks()[*block].hash));
}

Answer get_block_header(const Call& call) {
    const auto block = find_block(call.node, call.arguments.hash<BlockHash>(0));
    if (!block) return unexpected{block.error()};
    if (call.arguments.flag(1)) return header_in_json(call.node, *block);
    return json::value(to_hex(encoded(call.node.archive().blocks()[*block].header)));
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
    call.node.load(*block);
    return json::value(to_hex(encoded(call.node.archive().assemble(*block))));
}

const ErrorCase no_such_block{ErrorCode::invalid_address_or_key, "no block has this hash"};
const ErrorCase no_body{ErrorCode::miscellaneous, "only its header has come yet"};

}  // namespace

std::vector<Method> block_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Chain";
    return {
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
    };
}

}  // namespace bezant::rpc
