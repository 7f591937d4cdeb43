// SPDX-License-Identifier: Apache-2.0
#include <boost/json.hpp>

#include "rpc/address_json.hpp"
#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

/// The names are bitcoind's own, or in the manner of them; one index of ours is both.
constexpr std::array<std::string_view, 2> index_names{"txindex", "addressindex"};

Answer get_index_info(const Call& call) {
    json::object object;
    const storage::LedgerIndex* const index = call.node.index();
    if (index == nullptr) return object;
    const auto height = index->height();
    for (const std::string_view name : index_names) {
        if (call.arguments.has(0) && call.arguments.text(0) != name) continue;
        object[name] = json::object{{"synced", index->is_complete()},
                                    {"best_block_height", height ? height->value : 0}};
    }
    return object;
}

/// Both are either an object or an error.
Answer answer_of(Result<json::object, RpcError> found) {
    if (!found) return unexpected{std::move(found).error()};
    return *std::move(found);
}

Answer get_address_balance(const Call& call) {
    const auto owner = owner_named(call.node, call.arguments.text(0));
    if (!owner) return unexpected{owner.error()};
    return answer_of(balance_in_json(call.node, *owner));
}

Answer get_address_history(const Call& call) {
    const auto owner = owner_named(call.node, call.arguments.text(0));
    if (!owner) return unexpected{owner.error()};
    std::optional<TransactionId> after;
    if (call.arguments.has(2)) after = call.arguments.hash<TransactionId>(2);
    return answer_of(history_in_json(call.node, *owner, call.arguments.number(1), after));
}

Answer get_address_utxos(const Call& call) {
    const auto owner = owner_named(call.node, call.arguments.text(0));
    if (!owner) return unexpected{owner.error()};
    std::optional<OutPoint> after;
    if (call.arguments.has(2)) {
        const auto outpoint = outpoint_from_text(call.arguments.text(2));
        if (!outpoint) return unexpected{outpoint.error()};
        after = *outpoint;
    }
    return answer_of(coins_in_json(call.node, *owner, call.arguments.number(1), after));
}

const ErrorCase not_kept{ErrorCode::miscellaneous,
                         "the node keeps no index, or has not read all blocks into it yet"};
const ErrorCase not_an_address{ErrorCode::invalid_address_or_key, "no address of this network"};
const Parameter whose{"address", ParameterType::text, "the address"};
const Parameter how_many{"count", ParameterType::number, "how many at most, up to 1000", "100"};
const ErrorCase left_behind{ErrorCode::invalid_address_or_key,
                            "no address of this network, or `after` has left the best chain"};
const ErrorCase bad_page{ErrorCode::invalid_parameter, "a count beyond 1 to 1000"};

}  // namespace

std::vector<Method> index_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Index";
    return {
        {"getindexinfo",
         group,
         "How far the node's index has come (`bezant node --index`)",
         {{"index_name", text, "one of the names only", "null"}},
         "An object, empty if no index is kept: `txindex` (of transactions) and `addressindex`, "
         "which are built together, each an object: `synced` (all blocks are in it), "
         "`best_block_height` (of the last that is).",
         {},
         "",
         get_index_info},
        {"getaddressbalance",
         group,
         "What an address has, by the blocks of the best chain",
         {whose},
         "An object: `address`, `balance` (BZT), `txcount` (transactions that paid it or spent its "
         "coins).",
         {not_an_address, not_kept},
         "tbzt1example",
         get_address_balance},
        {"getaddresshistory",
         group,
         "The transactions of the best chain that paid an address or spent its coins, the newest "
         "first",
         {whose,
          how_many,
          {"after", hash, "begin after this transaction: `next` of the answer before", "null"}},
         "An object: `address`, `transactions`, a list of objects: `txid`, what it `received` and "
         "`spent` of the address's money, `balance` after it (BZT), `confirmations`, "
         "`blockheight`, `blockhash`, `blocktime`, `blockindex` (position in the block); and "
         "`next`, if there are more.",
         {left_behind, bad_page, not_kept},
         "tbzt1example 10",
         get_address_history},
        {"getaddressutxos",
         group,
         "The unspent coins of an address, those of the highest block first",
         {whose,
          how_many,
          {"after", text, "begin after this coin, TXID:N: `next` of the answer before", "null"}},
         "An object: `address`, `coins`, a list of objects: `txid`, `vout`, `amount` (BZT), "
         "`coinbase` (whether it must mature), `confirmations`, `blockheight`, `blockhash`, "
         "`blocktime`; and `next`, if there are more.",
         {left_behind,
          {ErrorCode::invalid_parameter, "a count beyond 1 to 1000, or `after` is no coin"},
          not_kept},
         "tbzt1example 10",
         get_address_utxos},
    };
}

}  // namespace bezant::rpc
