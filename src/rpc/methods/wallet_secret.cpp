// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/json.hpp>

#include "rpc/methods/groups.hpp"
#include "rpc/methods/wallet_lookup.hpp"

namespace bezant::rpc {

namespace {

/// bitcoind's MAX_SLEEP_TIME of walletpassphrase.
constexpr std::uint32_t unlocked_seconds_max = 100'000'000;

Answer get_wallet_info(const Call& call) {
    const auto wallet = wallet_of(call);
    if (!wallet) return unexpected{wallet.error()};
    const net::LiveWallet& live = (*wallet)->live();
    json::object object{{"keypoolsize", live.keyring().key_count()},
                        {"private_keys_enabled", live.file().secret.has_value()},
                        {"scanned_height", live.next_height().value},
                        {"scanning", !live.is_complete()}};
    object["unlocked_until"] =
        live.locks_at() ? json::value(unix_seconds(*live.locks_at())) : json::value(0);
    return object;
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

std::vector<Method> wallet_secret_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Wallet";
    return {
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
         {{"passphrase", secret, "the wallet's password"},
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
