// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/json.hpp>

#include "rpc/ledger_json.hpp"
#include "rpc/methods/groups.hpp"
#include "rpc/methods/wallet_lookup.hpp"

namespace bezant::rpc {

namespace {

constexpr std::uint32_t listed_max = 10'000;

Answer get_balance(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    return in_json((*wallet)->live().balance().spendable);
}

Answer get_balances(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    const net::WalletBalance balance = (*wallet)->live().balance();
    return json::object{
        {"mine", json::object{{"trusted", in_json(balance.spendable)},
                              {"change", in_json(balance.waiting_change)},
                              {"untrusted_pending", in_json(balance.waiting_incoming)},
                              {"immature", in_json(balance.immature)}}}};
}

Answer list_unspent(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    json::array coins;
    for (const net::UnspentCoin& coin : (*wallet)->live().unspent()) {
        coins.emplace_back(json::object{{"txid", shown_hash(coin.outpoint.transaction)},
                                        {"vout", coin.outpoint.index},
                                        {"address", shown_address(call, coin.output.owner)},
                                        {"amount", in_json(coin.output.amount)},
                                        {"confirmations", coin.confirmations},
                                        {"spendable", coin.is_usable()}});
    }
    return coins;
}

std::string_view name_of(net::PaymentStatus status) {
    using enum net::PaymentStatus;
    switch (status) {
        case confirmed:
            return "confirmed";
        case waiting:
            return "waiting";
        case lost:
            return "lost";
    }
    return "";
}

std::string_view name_of(net::PaymentKind kind) {
    using enum net::PaymentKind;
    switch (kind) {
        case others:
            return "receive";
        case coinbase:
            return "generate";
        case ours:
            return "send";
    }
    return "";
}

json::object payment_in_json(const Call& call, const net::WalletPayment& payment) {
    json::object object{{"txid", shown_hash(payment.id)},
                        {"time", payment.time},
                        {"category", name_of(payment.kind)},
                        {"received", in_json(payment.received)},
                        {"sent", in_json(payment.sent)}};
    if (payment.kind == net::PaymentKind::ours) object["fee"] = in_json(payment.fee);
    json::array others;
    for (const Output& output : payment.counterparts) {
        others.emplace_back(json::object{{"address", shown_address(call, output.owner)},
                                         {"amount", in_json(output.amount)}});
    }
    object["counterparts"] = std::move(others);
    return object;
}

json::object item_in_json(const Call& call, const net::HistoryItem& item) {
    json::object object = payment_in_json(call, item.payment);
    object["status"] = name_of(item.status);
    object["confirmations"] = item.confirmations;
    if (item.height) object["blockheight"] = item.height->value;
    json::array rivals;
    for (const TransactionId& rival : item.rivals) rivals.emplace_back(shown_hash(rival));
    object["walletconflicts"] = std::move(rivals);
    return object;
}

Answer list_transactions(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    const std::uint32_t count = call.arguments.number(0);
    if (count > listed_max) {
        return fail(
            ErrorCode::invalid_parameter,
            fmt::format("parameter 'count': got {}, expected at most {}", count, listed_max));
    }
    json::array list;
    for (const auto& item : (*wallet)->live().history(count, call.arguments.number(1)))
        list.emplace_back(item_in_json(call, item));
    return list;
}

}  // namespace

std::vector<Method> wallet_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Wallet";
    return {
        {"getbalance",
         group,
         "What the wallet can spend: confirmed, mature, and not spent by a payment that waits",
         {},
         "An amount in BZT.",
         {no_wallet},
         "",
         get_balance},
        {"getbalances",
         group,
         "The wallet's money by what can be done with it",
         {},
         "An object `mine`: `trusted` (as getbalance), `change` (comes back from own payments that "
         "wait), `untrusted_pending` (comes from payments of others that wait), `immature` (of "
         "coinbases), in BZT.",
         {no_wallet},
         "",
         get_balances},
        {"listtransactions",
         group,
         "What the wallet was paid and has paid, the newest first",
         {{"count", number, "how many", "10"}, {"skip", number, "how many to leave out", "0"}},
         "A list of objects: `txid`, `time` (seconds since 1970), `category` (`receive`, `send` or "
         "`generate`), `received` by the wallet's keys and `sent` from them (BZT), `fee` of own "
         "payments, `counterparts` (who is paid, or who pays: `address`, `amount`), `status` "
         "(`confirmed`, `waiting`, or `lost`: its coins were spent otherwise), `confirmations`, "
         "`blockheight`, `walletconflicts` (what spent its coins).",
         {no_wallet, {ErrorCode::invalid_parameter, "more than 10000"}},
         "",
         list_transactions},
        {"listunspent",
         group,
         "The coins of the wallet",
         {},
         "A list of objects: `txid`, `vout`, `address`, `amount` (BZT), `confirmations`, "
         "`spendable`.",
         {no_wallet},
         "",
         list_unspent},
    };
}

}  // namespace bezant::rpc
