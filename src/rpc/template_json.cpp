// SPDX-License-Identifier: Apache-2.0
#include "rpc/template_json.hpp"

#include <boost/json.hpp>
#include <map>

#include "rpc/ledger_json.hpp"

namespace bezant::rpc {

namespace {

json::object transaction_of_template(const Transaction& transaction, json::array depends,
                                     std::int64_t fee) {
    return {{"data", transaction_in_hex(transaction)},
            {"txid", shown_hash(transaction_id(transaction))},
            {"hash", shown_hash(full_transaction_id(transaction))},
            {"depends", std::move(depends)},
            {"fee", fee}};
}

/// Each with the positions, counted from 1, of those before it that it spends.
json::array payments_in_json(const TemplateDesk::Template& given) {
    const std::vector<Transaction>& transactions = given.given.work->block().transactions;
    std::map<TransactionId, std::size_t> positions;
    json::array list;
    for (std::size_t i = 1; i < transactions.size(); ++i) {
        json::array depends;
        for (const Input& input : transactions[i].inputs) {
            const auto found = positions.find(input.previous.transaction);
            if (found != positions.end()) depends.emplace_back(found->second);
        }
        const TemplateDesk::Payment& payment = given.payments[i - 1];
        positions[payment.id] = i;
        list.emplace_back(transaction_of_template(transactions[i], std::move(depends),
                                                  static_cast<std::int64_t>(payment.fee.value)));
    }
    return list;
}

/// BIP 22: the fee of the coinbase is what it collects, below zero.
json::object coinbase_in_json(const TemplateDesk::Template& given,
                              const mining::Extranonce& extranonce) {
    std::int64_t fees = 0;
    for (const TemplateDesk::Payment& payment : given.payments)
        fees += static_cast<std::int64_t>(payment.fee.value);
    json::object coinbase =
        transaction_of_template(given.given.work->coinbase_with(extranonce), {}, -fees);
    coinbase["required"] = true;
    return coinbase;
}

std::uint64_t coinbase_value(const Block& block) {
    std::uint64_t value = 0;
    for (const Output& output : block.transactions.front().outputs) value += output.amount.value;
    return value;
}

json::array rules_of(const TemplateDesk::Template& given) {
    const std::size_t count = given.given.work->block().transactions.size();
    const bool is_full = (count & (count - 1)) == 0;
    return is_full ? json::array{} : json::array{"!" + std::string{promotion_rule}};
}

}  // namespace

json::object template_in_json(const TemplateDesk::Template& given,
                              const mining::Extranonce& extranonce, const Parameters& parameters) {
    const mining::BlockWork& work = *given.given.work;
    const BlockHeader& header = work.block().header;
    return {{"version", header.version},
            {"rules", rules_of(given)},
            {"vbavailable", json::object{}},
            {"vbrequired", 0},
            {"previousblockhash", shown_hash(header.previous)},
            {"transactions", payments_in_json(given)},
            {"coinbaseaux", json::object{}},
            {"coinbasetxn", coinbase_in_json(given, extranonce)},
            {"coinbasevalue", coinbase_value(work.block())},
            {"longpollid", shown_hash(header.previous) + std::to_string(given.given.number)},
            {"target", shown_number(work.target())},
            {"mintime", work.time_min()},
            {"mutable", json::array{"time"}},
            {"noncerange", "00000000ffffffff"},
            {"sizelimit", parameters.block_bytes_max},
            {"curtime", header.time},
            {"bits", shown_bits(header.target)},
            {"height", work.block().transactions.front().lock_height.value}};
}

}  // namespace bezant::rpc
