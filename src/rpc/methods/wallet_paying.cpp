// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/json.hpp>

#include "ledger/address.hpp"
#include "rpc/ledger_json.hpp"
#include "rpc/methods/groups.hpp"
#include "rpc/methods/wallet_lookup.hpp"
#include "rpc/payment_verdict.hpp"

namespace bezant::rpc {

namespace {

RpcError send_error(net::SendFault fault) {
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

Answer get_new_address(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    const auto owner = (*wallet)->issue_address();
    if (!owner) return fail(ErrorCode::wallet_keypool_ran_out, owner.error());
    return json::value(shown_address(call, *owner));
}

Answer send_to_address(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    const auto owner =
        owner_of_address(call.arguments.text(0), call.node.archive().parameters().address_prefix);
    if (!owner)
        return fail(ErrorCode::invalid_address_or_key,
                    "parameter 'address': " + owner.error().text);
    const net::SendOrder order{.outputs = {{.amount = call.arguments.amount(1), .owner = *owner}},
                               .units_per_byte = call.arguments.number(2)};
    auto payment = (*wallet)->pay(order, call.node.now());
    if (!payment) return unexpected{send_error(payment.error())};
    const TransactionId id = transaction_id(*payment);
    const auto refused = submit(call.node, *std::move(payment));
    if (!refused) return json::value(shown_hash(id));
    [[maybe_unused]] const auto given_up = (*wallet)->give_up(id);
    return unexpected{*refused};
}

Answer abandon_transaction(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    const auto given_up = (*wallet)->give_up(call.arguments.hash<TransactionId>(0));
    if (given_up) return json::value(nullptr);
    return fail(ErrorCode::invalid_address_or_key, std::string{to_text(given_up.error())});
}

}  // namespace

std::vector<Method> wallet_paying_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Wallet";
    return {
        {"abandontransaction",
         group,
         "Give up a payment of the wallet that does not wait in this node's pool, and those that "
         "build on it: their coins can be spent again, and it is not handed in anew",
         {{"txid", hash, "the payment; if others still have it, it may yet be confirmed"}},
         "Null.",
         {no_wallet,
          {ErrorCode::invalid_address_or_key,
           "the wallet has no such payment, it is confirmed, or it waits in this node's pool"}},
         "00000000000000000000000000000000000000000000000000000000000000ff",
         abandon_transaction},
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
    };
}

}  // namespace bezant::rpc
