// SPDX-License-Identifier: Apache-2.0
#include "rpc/ledger_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "ledger/address.hpp"
#include "ledger/codec.hpp"

namespace bezant::rpc {

namespace {

/// Bitcoin's easiest target: difficulty 1.
constexpr CompactTarget difficulty_one{0x1d00ffff};

json::object input_in_json(const Input& input, bool of_coinbase) {
    json::object object;
    if (of_coinbase) {
        object["coinbase"] = to_hex(input.previous.transaction.view());
    } else {
        object["txid"] = shown_hash(input.previous.transaction);
        object["vout"] = input.previous.index;
    }
    object["publickey"] = to_hex(input.public_key.view());
    object["signature"] = to_hex(input.signature.view());
    return object;
}

std::uint32_t median_time(net::RunningNode& node, BlockIndex block) {
    return node.archive().context_of(block).median_time_past;
}

json::value confirmations(const LocalChain& chain, BlockIndex block) {
    if (!chain.is_on_best_chain(block)) return -1;
    return chain.confirmations(block);
}

/// The neighbours of a block in the tree: its parent, and the next on the best chain.
void add_links(json::object& object, net::RunningNode& node, BlockIndex block) {
    const BlockTree& blocks = node.archive().blocks();
    const LocalChain& chain = node.participant().chain();
    const BlockNode& entry = blocks[block];
    if (entry.parent != no_block) object["previousblockhash"] = shown_hash(entry.header.previous);
    if (chain.is_on_best_chain(block) && block != chain.tip())
        object["nextblockhash"] = shown_hash(blocks[chain.block_at(next(entry.height))].hash);
}

/// What the ledger says of a block that was found valid.
void add_sums(json::object& object, net::RunningNode& node, BlockIndex block) {
    if (!node.participant().chain().is_connected(block)) return;
    const Archive::Sums& sums = node.archive().sums(block);
    object["fees"] = in_json(sums.fees);
    object["issued"] = in_json(sums.issued);
    object["supply"] = in_json(sums.supply);
}

std::string miner_of(const Block& block, const Parameters& parameters) {
    const PublicKey& key = block.transactions.front().inputs.front().public_key;
    return address_of(public_key_hash(key), parameters.address_prefix);
}

json::array transactions_in_json(const Block& block, Transactions how,
                                 const Parameters& parameters) {
    json::array list;
    for (const Transaction& transaction : block.transactions) {
        if (how == Transactions::by_id) {
            list.emplace_back(shown_hash(transaction_id(transaction)));
        } else {
            list.emplace_back(transaction_in_json(transaction, parameters));
        }
    }
    return list;
}

}  // namespace

std::string shown_bits(CompactTarget target) { return fmt::format("{:08x}", target.value); }

std::string shown_number(const Uint256& number) {
    auto bytes = number.to_little_endian();
    return to_hex_reversed(bytes);
}

double difficulty_of(CompactTarget target) {
    const auto number = target_from_compact(target);
    if (!number) return 0;
    return target_from_compact(difficulty_one)->to_double() / number->to_double();
}

json::object output_in_json(const Output& output, std::size_t position,
                            const Parameters& parameters) {
    return {{"value", in_json(output.amount)},
            {"n", position},
            {"address", address_of(output.owner, parameters.address_prefix)}};
}

json::object transaction_in_json(const Transaction& transaction, const Parameters& parameters) {
    json::array inputs;
    for (const Input& input : transaction.inputs)
        inputs.emplace_back(input_in_json(input, transaction.is_coinbase()));
    json::array outputs;
    for (std::size_t i = 0; i < transaction.outputs.size(); ++i)
        outputs.emplace_back(output_in_json(transaction.outputs[i], i, parameters));
    return {{"txid", shown_hash(transaction_id(transaction))},
            {"hash", shown_hash(full_transaction_id(transaction))},
            {"version", transaction.version},
            {"size", encoded_size(transaction)},
            {"lockheight", transaction.lock_height.value},
            {"vin", std::move(inputs)},
            {"vout", std::move(outputs)}};
}

json::object confirmed_in_json(net::RunningNode& node, BlockIndex block,
                               TransactionIndex transaction) {
    const Archive& archive = node.archive();
    const LocalChain& chain = node.participant().chain();
    json::object object =
        transaction_in_json(archive.transactions()[transaction].transaction, archive.parameters());
    object["in_active_chain"] = chain.is_on_best_chain(block);
    object["blockhash"] = shown_hash(archive.blocks()[block].hash);
    object["confirmations"] = chain.confirmations(block);
    object["blocktime"] = archive.blocks()[block].header.time;
    return object;
}

json::object chain_in_json(net::RunningNode& node) {
    const LocalChain& chain = node.participant().chain();
    const Archive& archive = node.archive();
    const BlockNode& tip = archive.blocks()[chain.tip()];
    return {{"chain", archive.parameters().name},
            {"blocks", tip.height.value},
            {"headers", archive.blocks()[chain.best_header()].height.value},
            {"bestblockhash", shown_hash(tip.hash)},
            {"bits", shown_bits(tip.header.target)},
            {"difficulty", difficulty_of(tip.header.target)},
            {"time", tip.header.time},
            {"mediantime", archive.context_of(chain.tip()).median_time_past},
            {"chainwork", shown_number(tip.work)},
            {"supply", in_json(archive.sums(chain.tip()).supply)},
            {"pruned", false}};
}

std::string transaction_in_hex(const Transaction& transaction) {
    return to_hex(encoded(transaction));
}

json::object header_in_json(net::RunningNode& node, BlockIndex block) {
    const BlockNode& entry = node.archive().blocks()[block];
    json::object object{{"hash", shown_hash(entry.hash)},
                        {"confirmations", confirmations(node.participant().chain(), block)},
                        {"height", entry.height.value},
                        {"version", entry.header.version},
                        {"versionHex", fmt::format("{:08x}", entry.header.version)},
                        {"merkleroot", shown_hash(entry.header.merkle_root)},
                        {"time", entry.header.time},
                        {"mediantime", median_time(node, block)},
                        {"nonce", entry.header.nonce},
                        {"bits", shown_bits(entry.header.target)},
                        {"difficulty", difficulty_of(entry.header.target)},
                        {"chainwork", shown_number(entry.work)}};
    add_links(object, node, block);
    return object;
}

json::object block_in_json(net::RunningNode& node, BlockIndex block, Transactions transactions) {
    node.load(block);
    const Parameters& parameters = node.archive().parameters();
    const Block whole = node.archive().assemble(block);
    json::object object = header_in_json(node, block);
    object["nTx"] = whole.transactions.size();
    object["size"] = encoded_size(whole);
    object["miner"] = miner_of(whole, parameters);
    add_sums(object, node, block);
    object["tx"] = transactions_in_json(whole, transactions, parameters);
    return object;
}

}  // namespace bezant::rpc
