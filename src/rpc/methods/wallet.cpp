// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/json.hpp>

#include "ledger/address.hpp"
#include "net/wallet/node_wallet.hpp"
#include "rpc/ledger_json.hpp"
#include "rpc/methods/groups.hpp"
#include "rpc/payment_verdict.hpp"

namespace bezant::rpc {

namespace {

using net::LiveWallet;
using net::NodeWallet;

/// bitcoind's MAX_SLEEP_TIME of walletpassphrase.
constexpr std::uint32_t unlocked_seconds_max = 100'000'000;
constexpr std::uint32_t listed_max = 10'000;

/// The node's wallet, for a method that cannot do without.
Result<NodeWallet*, RpcError> wallet_of(const Call& call) {
    NodeWallet* const wallet = call.node.wallet();
    if (wallet != nullptr) return wallet;
    return fail(ErrorCode::wallet_not_found,
                "this node has no wallet: start it with --wallet FILE");
}

std::string shown_address(const Call& call, const PublicKeyHash& owner) {
    return bezant::address_of(owner, call.node.archive().parameters().address_prefix);
}

RpcError error_for(net::SendFault fault) {
    using enum net::SendFault;
    switch (fault) {
        case insufficient_funds:
            return {ErrorCode::wallet_insufficient_funds, std::string{to_text(fault)}};
        case locked:
            return {ErrorCode::wallet_unlock_needed,
                    std::string{to_text(fault)} + ": call walletpassphrase first"};
        case no_key_for_change:
            return {ErrorCode::wallet_keypool_ran_out, std::string{to_text(fault)}};
        case scanning:
        case out_of_range:
        case too_many_coins:
        case not_written:
            return {ErrorCode::wallet_error, std::string{to_text(fault)}};
    }
    return {ErrorCode::wallet_error, std::string{to_text(fault)}};
}

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

Answer get_wallet_info(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    const LiveWallet& live = (*wallet)->live();
    json::object object{{"keypoolsize", live.keyring().key_count()},
                        {"private_keys_enabled", live.file().secret.has_value()},
                        {"scanned_height", live.next_height().value},
                        {"scanning", !live.is_complete()}};
    object["unlocked_until"] =
        live.locks_at() ? json::value(unix_seconds(*live.locks_at())) : json::value(0);
    return object;
}

Answer get_new_address(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    const auto owner = (*wallet)->issue_address();
    if (!owner) return fail(ErrorCode::wallet_keypool_ran_out, owner.error());
    return json::value(shown_address(call, *owner));
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

Answer send_to_address(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    const auto owner =
        owner_of_address(call.arguments.text(0), call.node.archive().parameters().address_prefix);
    if (!owner) return fail(ErrorCode::invalid_address_or_key, owner.error().text);
    const net::SendOrder order{.outputs = {{.amount = call.arguments.amount(1), .owner = *owner}},
                               .units_per_byte = call.arguments.number(2)};
    auto payment = (*wallet)->pay(order, call.node.now());
    if (!payment) return unexpected{error_for(payment.error())};
    const TransactionId id = transaction_id(*payment);
    if (const auto refused = submit(call.node, *std::move(payment))) return unexpected{*refused};
    return json::value(shown_hash(id));
}

Answer wallet_passphrase(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    const std::uint32_t length = call.arguments.number(1);
    if (length == 0 || length > unlocked_seconds_max) {
        return fail(ErrorCode::invalid_parameter,
                    fmt::format("parameter 'timeout': got {}, expected 1 to {} seconds", length,
                                unlocked_seconds_max));
    }
    const auto unlocked =
        (*wallet)->unlock(call.arguments.text(0), call.node.now(), seconds(length));
    if (!unlocked) return fail(ErrorCode::wallet_passphrase_incorrect, unlocked.error());
    return json::value(nullptr);
}

Answer wallet_lock(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    (*wallet)->lock();
    return json::value(nullptr);
}

}  // namespace

std::vector<Method> wallet_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Wallet";
    const ErrorCase no_wallet{ErrorCode::wallet_not_found, "the node has no wallet"};
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
        {"getnewaddress",
         group,
         "Another address of the wallet, for somebody to pay to",
         {},
         "The address.",
         {no_wallet,
          {ErrorCode::wallet_keypool_ran_out,
           "too many addresses in a row have been given away and not used"}},
         "",
         get_new_address},
        {"getwalletinfo",
         group,
         "The state of the wallet",
         {},
         "An object: `keypoolsize` (keys that are watched), `private_keys_enabled` (false: watches "
         "only), `scanned_height` and `scanning` (blocks are still being read), `unlocked_until` "
         "(seconds since 1970; 0: locked).",
         {no_wallet},
         "",
         get_wallet_info},
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
        {"sendtoaddress",
         group,
         "Pay, with change to a new key of the wallet, which must be unlocked",
         {{"address", text, "whom"},
          {"amount", amount, "how much, in BZT"},
          {"fee_rate", number, "units a byte of the transaction", "2"}},
         "The id of the payment.",
         {no_wallet,
          {ErrorCode::invalid_address_or_key, "no address of this network"},
          {ErrorCode::wallet_unlock_needed, "the wallet is locked"},
          {ErrorCode::wallet_insufficient_funds, "there is not so much"},
          {ErrorCode::wallet_error, "blocks are still being read, or too many coins are needed"}},
         "tbzt1example 1.5",
         send_to_address},
        {"walletlock",
         group,
         "Wipe the wallet's secret from memory",
         {},
         "Null.",
         {no_wallet},
         "",
         wallet_lock},
        {"walletpassphrase",
         group,
         "Unlock the wallet for some time, so that it can pay",
         {{"passphrase", text, "the wallet's password"},
          {"timeout", number, "for how many seconds"}},
         "Null.",
         {no_wallet,
          {ErrorCode::wallet_passphrase_incorrect, "it is not the password"},
          {ErrorCode::invalid_parameter, "no time, or more than 100000000"}},
         "secret 60",
         wallet_passphrase},
    };
}

}  // namespace bezant::rpc
