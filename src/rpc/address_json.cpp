// SPDX-License-Identifier: Apache-2.0
#include "rpc/address_json.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <vector>

#include "ledger/address.hpp"
#include "rpc/ledger_json.hpp"
#include "rpc/limits.hpp"

namespace bezant::rpc {

namespace {

using storage::HistoryLine;
using storage::IndexReader;

json::object about(net::RunningNode& node, const PublicKeyHash& owner) {
    return {{"address", address_of(owner, node.archive().parameters().address_prefix)}};
}

/// Where something is that was confirmed at this height.
void add_block_at(json::object& object, net::RunningNode& node, Height height) {
    const LocalChain& chain = node.participant().chain();
    const BlockNode& block = node.archive().blocks()[chain.block_at(height)];
    object["confirmations"] = chain.confirmations(chain.block_at(height));
    object["blockheight"] = height.value;
    object["blockhash"] = shown_hash(block.hash);
    object["blocktime"] = block.header.time;
}

json::object line_in_json(net::RunningNode& node, const HistoryLine& line) {
    json::object object{{"txid", shown_hash(line.entry.id)},
                        {"received", in_json(line.entry.received)},
                        {"spent", in_json(line.entry.spent)},
                        {"balance", in_json(line.entry.balance)}};
    add_block_at(object, node, line.place.height);
    object["blockindex"] = line.place.position;
    return object;
}

json::object coin_in_json(net::RunningNode& node, const SpentCoin& coin) {
    json::object object{{"txid", shown_hash(coin.outpoint.transaction)},
                        {"vout", coin.outpoint.index},
                        {"amount", in_json(coin.coin.output.amount)},
                        {"coinbase", coin.coin.coinbase}};
    add_block_at(object, node, coin.coin.height);
    return object;
}

std::string shown_outpoint(const OutPoint& outpoint) {
    return fmt::format("{}:{}", shown_hash(outpoint.transaction), outpoint.index);
}

/// The index, if so many things may be asked of it at once.
Result<IndexReader, RpcError> index_for(net::RunningNode& node, std::uint32_t count) {
    if (count != 0 && count <= address_entries_per_answer_max) return index_of(node);
    return fail(ErrorCode::invalid_parameter,
                fmt::format("parameter 'count': got {}, expected 1 to {}", count,
                            address_entries_per_answer_max));
}

/// Where the transaction lies after which a page begins.
Result<storage::TransactionPlace, RpcError> place_of(const IndexReader& index,
                                                     const TransactionId& after) {
    if (const auto place = index.find(after)) return *place;
    return fail(ErrorCode::invalid_address_or_key,
                "parameter 'after': the transaction is not on the best chain: begin again");
}

/// One more was read than is shown, if there are more.
template <class Thing>
bool take_surplus(std::vector<Thing>& things, std::uint32_t count) {
    if (things.size() <= count) return false;
    things.pop_back();
    return true;
}

}  // namespace

Result<json::object, RpcError> balance_in_json(net::RunningNode& node, const PublicKeyHash& owner) {
    const auto index = index_of(node);
    if (!index) return unexpected{index.error()};
    const storage::AddressEntry last = index->last(owner);
    json::object object = about(node, owner);
    object["balance"] = in_json(last.balance);
    object["txcount"] = last.number;
    return object;
}

Result<json::object, RpcError> history_in_json(net::RunningNode& node, const PublicKeyHash& owner,
                                               std::uint32_t count,
                                               const std::optional<TransactionId>& after) {
    const auto index = index_for(node, count);
    if (!index) return unexpected{index.error()};
    std::optional<storage::TransactionPlace> before;
    if (after) {
        const auto place = place_of(*index, *after);
        if (!place) return unexpected{place.error()};
        before = *place;
    }
    std::vector<HistoryLine> lines = index->history(owner, count + std::size_t{1}, before);
    const bool has_more = take_surplus(lines, count);
    json::array list;
    for (const HistoryLine& line : lines) list.emplace_back(line_in_json(node, line));
    json::object object = about(node, owner);
    object["transactions"] = std::move(list);
    if (has_more) object["next"] = shown_hash(lines.back().entry.id);
    return object;
}

Result<json::object, RpcError> coins_in_json(net::RunningNode& node, const PublicKeyHash& owner,
                                             std::uint32_t count,
                                             const std::optional<OutPoint>& after) {
    const auto index = index_for(node, count);
    if (!index) return unexpected{index.error()};
    std::optional<std::pair<Height, OutPoint>> last;
    if (after) {
        const auto place = place_of(*index, after->transaction);
        if (!place) return unexpected{place.error()};
        last = {place->height, *after};
    }
    std::vector<SpentCoin> coins = index->coins(owner, count + std::size_t{1}, last);
    const bool has_more = take_surplus(coins, count);
    json::array list;
    for (const SpentCoin& coin : coins) list.emplace_back(coin_in_json(node, coin));
    json::object object = about(node, owner);
    object["coins"] = std::move(list);
    if (has_more) object["next"] = shown_outpoint(coins.back().outpoint);
    return object;
}

}  // namespace bezant::rpc
