// SPDX-License-Identifier: Apache-2.0
#include "rpc/pool_json.hpp"

#include <boost/json.hpp>
#include <span>

#include "base/check.hpp"
#include "rpc/ledger_json.hpp"

namespace bezant::rpc {

namespace {

std::string id_of(net::RunningNode& node, TransactionIndex payment) {
    return shown_hash(node.archive().transactions()[payment].id);
}

json::array ids_of(net::RunningNode& node, std::span<const TransactionIndex> payments) {
    json::array list;
    for (const TransactionIndex payment : payments) list.emplace_back(id_of(node, payment));
    return list;
}

}  // namespace

json::object pool_in_json(net::RunningNode& node) {
    const Mempool& pool = node.participant().mempool();
    return {{"size", pool.size()},
            {"bytes", pool.bytes()},
            {"usage", pool.memory_bytes()},
            {"maxmempool", pool.limits().bytes_max},
            {"mempoolminfee", in_json(pool.fee_floor())}};
}

json::array payment_ids_in_json(net::RunningNode& node) {
    return ids_of(node, node.participant().mempool().payments());
}

json::object payment_in_json(net::RunningNode& node, TransactionIndex payment) {
    const Mempool& pool = node.participant().mempool();
    const PoolEntry* entry = pool.entry(payment);
    CHECK(entry != nullptr, "the payment is held");
    return {{"size", entry->bytes},
            {"fees", {{"base", in_json(entry->fee)}}},
            {"ancestorcount", pool.ancestors(payment).size()},
            {"descendantcount", pool.descendants(payment).size()},
            {"depends", ids_of(node, entry->parents())},
            {"spentby", ids_of(node, entry->children())},
            {"hash", shown_hash(node.archive().transactions()[payment].full_id)}};
}

json::object payments_in_json(net::RunningNode& node) {
    json::object all;
    for (const TransactionIndex payment : node.participant().mempool().payments())
        all[id_of(node, payment)] = payment_in_json(node, payment);
    return all;
}

}  // namespace bezant::rpc
