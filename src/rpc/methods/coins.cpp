// SPDX-License-Identifier: Apache-2.0
#include <boost/json.hpp>

#include "rpc/ledger_json.hpp"
#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

CoinLookup look_up(const Call& call, CoinIndex coin) {
    const LocalChain& chain = call.node.participant().chain();
    if (call.arguments.flag(2)) return call.node.participant().mempool().coin(coin, chain.tip());
    return chain.coin(coin);
}

Answer get_tx_out(const Call& call) {
    const OutPoint outpoint{.transaction = call.arguments.hash<TransactionId>(0),
                            .index = call.arguments.number(1)};
    const Archive& archive = call.node.archive();
    const auto index = call.node.find_coin(outpoint);
    if (!index) return json::value(nullptr);
    const CoinLookup found = look_up(call, *index);
    if (found.state != CoinState::unspent) return json::value(nullptr);
    const LocalChain& chain = call.node.participant().chain();
    const std::uint32_t tip = chain.height().value;
    const std::uint32_t height = found.coin.height.value;
    json::object object = output_in_json(found.coin.output, outpoint.index, archive.parameters());
    object["bestblock"] = shown_hash(archive.blocks()[chain.tip()].hash);
    object["confirmations"] = height > tip ? 0 : tip - height + 1;
    object["coinbase"] = found.coin.coinbase;
    return object;
}

}  // namespace

std::vector<Method> coin_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Chain";
    return {
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
