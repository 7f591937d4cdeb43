// SPDX-License-Identifier: Apache-2.0
#include "rpc/methods/groups.hpp"
#include "rpc/pool_json.hpp"

namespace bezant::rpc {

namespace {

Answer get_mempool_info(const Call& call) { return pool_in_json(call.node); }

Answer get_raw_mempool(const Call& call) {
    if (call.arguments.flag(0)) return payments_in_json(call.node);
    return payment_ids_in_json(call.node);
}

Answer get_mempool_entry(const Call& call) {
    const auto payment = find_waiting(call.node, call.arguments.hash<TransactionId>(0));
    if (!payment) return unexpected{payment.error()};
    return payment_in_json(call.node, *payment);
}

}  // namespace

std::vector<Method> pool_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Payments that wait";
    return {
        {"getmempoolinfo",
         group,
         "How full the pool of waiting payments is",
         {},
         "An object: `size` (payments), `bytes` (of them), `usage` (bytes of memory), "
         "`maxmempool` (bytes of payments held at most), `mempoolminfee` (BZT a kilobyte that "
         "are asked for now).",
         {},
         "",
         get_mempool_info},
        {"getrawmempool",
         group,
         "The payments that wait for a block, oldest first",
         {{"verbose", boolean, "an object with an entry a payment, or a list of ids", "false"}},
         "A list of ids, or an object from ids to what getmempoolentry says.",
         {},
         "true",
         get_raw_mempool},
        {"getmempoolentry",
         group,
         "A payment that waits, and its place among the others",
         {{"txid", hash, "the payment"}},
         "An object: `size` (bytes), `fees.base` (BZT), `ancestorcount` and `descendantcount` "
         "(itself included), `depends` and `spentby` (ids of waiting payments whose coins it "
         "spends, and that spend its coins), `hash`.",
         {{ErrorCode::invalid_address_or_key, "no payment of this id waits"}},
         "00000000000000000000000000000000000000000000000000000000000000ff",
         get_mempool_entry},
    };
}

}  // namespace bezant::rpc
