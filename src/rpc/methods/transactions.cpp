// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/json.hpp>

#include "ledger/address.hpp"
#include "rpc/chain_lookup.hpp"
#include "rpc/index_lookup.hpp"
#include "rpc/ledger_json.hpp"
#include "rpc/methods/groups.hpp"
#include "rpc/payment_verdict.hpp"

namespace bezant::rpc {

namespace {

/// Its bytes, or, if more is asked for, what they say and beside it what else is known.
template <class InJson>
Answer shown(const Call& call, TransactionIndex index, InJson in_json) {
    const std::string hex =
        transaction_in_hex(call.node.archive().transactions()[index].transaction);
    if (call.arguments.number(1) == 0) return json::value(hex);
    json::object object = in_json();
    object["hex"] = hex;
    return object;
}

Answer transaction_of_block(const Call& call, const TransactionId& id, BlockIndex block) {
    const auto found = find_in_block(call.node, block, id);
    if (!found) return unexpected{found.error()};
    return shown(call, *found, [&] { return confirmed_in_json(call.node, block, *found); });
}

/// One that waits, or, if there is an index, one of the best chain.
Answer transaction_anywhere(const Call& call, const TransactionId& id) {
    const Archive& archive = call.node.archive();
    if (const auto waiting = find_waiting(call.node, id)) {
        return shown(call, *waiting, [&] {
            return transaction_in_json(archive.transactions()[*waiting].transaction,
                                       archive.parameters());
        });
    }
    const auto block = find_confirmed(call.node, id);
    if (block) return transaction_of_block(call, id, *block);
    if (call.node.index() != nullptr) return unexpected{block.error()};
    return fail(ErrorCode::invalid_address_or_key, "no payment of this id waits for a block, and " +
                                                       block.error().message +
                                                       ", or name the block with 'blockhash'");
}

Answer get_raw_transaction(const Call& call) {
    const auto id = call.arguments.hash<TransactionId>(0);
    if (!call.arguments.has(2)) return transaction_anywhere(call, id);
    const auto block = find_body(call.node, call.arguments.hash<BlockHash>(2));
    if (!block) return unexpected{block.error()};
    return transaction_of_block(call, id, *block);
}

Answer decode_raw_transaction(const Call& call) {
    const auto transaction = transaction_from_hex(call.arguments.text(0));
    if (!transaction) return unexpected{transaction.error()};
    return transaction_in_json(*transaction, call.node.archive().parameters());
}

Answer send_raw_transaction(const Call& call) {
    auto transaction = transaction_from_hex(call.arguments.text(0));
    if (!transaction) return unexpected{transaction.error()};
    const TransactionId id = transaction_id(*transaction);
    if (const auto refused = submit(call.node, *std::move(transaction)))
        return unexpected{*refused};
    return json::value(shown_hash(id));
}

json::object consider(const Call& call, Transaction transaction) {
    const Archive& archive = call.node.archive();
    const TransactionIndex payment = call.node.add_transaction(std::move(transaction));
    const TransactionFact& fact = archive.transactions()[payment];
    json::object object{{"txid", shown_hash(fact.id)}, {"hash", shown_hash(fact.full_id)}};
    const auto fee =
        call.node.participant().mempool().consider(payment, call.node.participant().chain().tip());
    object["allowed"] = fee.has_value();
    if (fee) {
        object["size"] = fact.bytes;
        object["fees"] = json::object{{"base", in_json(*fee)}};
    } else {
        object["reject-reason"] = std::string{to_text(fee.error())};
        object["reject-details"] = error_for(archive, fee.error()).message;
    }
    return object;
}

/// bitcoind's MAX_PACKAGE_COUNT.
constexpr std::size_t considered_max = 25;

Answer test_mempool_accept(const Call& call) {
    const auto list = call.arguments.texts(0);
    if (list.empty() || list.size() > considered_max) {
        return fail(ErrorCode::invalid_parameter,
                    fmt::format("parameter 'rawtxs': got {} transactions, expected 1 to {}",
                                list.size(), considered_max));
    }
    json::array verdicts;
    for (const std::string& digits : list) {
        auto transaction = transaction_from_hex(digits);
        if (!transaction) return unexpected{transaction.error()};
        verdicts.emplace_back(consider(call, *std::move(transaction)));
    }
    return verdicts;
}

Answer validate_address(const Call& call) {
    const std::string address = call.arguments.text(0);
    const auto owner = owner_of_address(address, call.node.archive().parameters().address_prefix);
    if (!owner) return json::object{{"isvalid", false}, {"error", owner.error().text}};
    return json::object{{"isvalid", true}, {"address", address}, {"owner", to_hex(owner->view())}};
}

const ErrorCase not_decoded{ErrorCode::deserialization_error,
                            "the digits are no transaction; the error says where"};

constexpr std::string_view decoded =
    "An object: `txid` (all but signatures), `hash` (of all bytes), `version`, `size` (bytes), "
    "`lockheight`, `vin` (each `txid`, `vout`, or `coinbase` the extranonce; `publickey`, "
    "`signature`), `vout` (each `value` in BZT, `n`, `address`).";

constexpr std::string_view block_that_has_it =
    "the block that has it; needed for a confirmed transaction if the node keeps no index (`bezant "
    "node --index`)";

constexpr std::string_view considered =
    "A list of objects: `txid`, `hash`, `allowed`; `size` and `fees.base` (BZT), or "
    "`reject-reason` and `reject-details`.";

constexpr std::string_view handed_in =
    "The id. One that waits already is no error. Unless it is one of the node's wallet it waits in "
    "memory: after a crash it has to be handed in again.";

}  // namespace

std::vector<Method> transaction_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Transactions";
    return {
        {"getrawtransaction",
         group,
         "A transaction that waits for a block, or one that is in a block",
         {{"txid", hash, "the transaction"},
          {"verbosity", verbosity, "0: its bytes in hexadecimal digits; 1: an object", "0"},
          {"blockhash", hash, block_that_has_it, "null"}},
         "As decoderawtransaction, and `hex`; of a block `in_active_chain`, `blockhash`, "
         "`confirmations`, `blocktime`.",
         {{ErrorCode::invalid_address_or_key, "no such transaction there, or no such block"},
          {ErrorCode::miscellaneous,
           "only the header of the block has come yet, or blocks are still being read into the "
           "index"}},
         "00000000000000000000000000000000000000000000000000000000000000ff 1",
         get_raw_transaction},
        {"decoderawtransaction",
         group,
         "What the bytes of a transaction say",
         {{"hexstring", text, "its bytes in hexadecimal digits"}},
         decoded,
         {not_decoded},
         "01000000000000000000",
         decode_raw_transaction},
        {"sendrawtransaction",
         group,
         "Hand in a signed payment, to be told to the network",
         {{"hexstring", text, "its bytes in hexadecimal digits"}},
         handed_in,
         {not_decoded,
          {ErrorCode::verify_error, "coins that it spends are not known (it is kept a while)"},
          {ErrorCode::verify_rejected,
           "it breaks a rule, pays too little, or spends a coin that "
           "another payment spends"},
          {ErrorCode::already_in_chain, "it is in a block"}},
         "01000000000000000000",
         send_raw_transaction},
        {"testmempoolaccept",
         group,
         "What sendrawtransaction would say, without doing it",
         {{"rawtxs", texts, "up to 25 transactions, each looked at by itself"}},
         considered,
         {not_decoded, {ErrorCode::invalid_parameter, "none, or too many"}},
         "'[\"01000000000000000000\"]'",
         test_mempool_accept},
        {"validateaddress",
         group,
         "Whether a text is an address of this network",
         {{"address", text, "the text"}},
         "An object: `isvalid`; `address` and `owner` (the hash of the key, in hexadecimal "
         "digits), or `error`.",
         {},
         "tbzt1example",
         validate_address},
    };
}

}  // namespace bezant::rpc
