// SPDX-License-Identifier: Apache-2.0
#include "fleet/wallet_calls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ledger/address.hpp"
#include "rpc/json_text.hpp"

namespace bezant::fleet {

namespace {

constexpr std::string_view for_ever = "100000000";  // seconds
/// One coin in, two out: docs/formats.md, "Transaction".
constexpr std::uint64_t usual_payment_bytes = 4 + 1 + 132 + 1 + 2 * 40 + 4;

/// These members of `mine` in getbalances, added up. Amounts are read from their digits.
Result<Amount, Failure> sum_of(Fleet& fleet, sim::ParticipantId who,
                               std::span<const std::string_view> members) {
    const auto balances = fleet.call(who, "getbalances");
    if (!balances) return unexpected{balances.error()};
    Amount sum;
    for (const std::string_view member : members) {
        const auto mine = rpc::member_text(*balances, "mine");
        const auto text = mine ? rpc::member_text(*mine, member) : std::nullopt;
        const auto amount = text ? amount_from_text(*text) : std::nullopt;
        const auto more = amount ? checked_add(sum, *amount) : std::nullopt;
        if (!more) {
            return unexpected{Failure{.kind = Failure::Kind::check,
                                      .what = fmt::format("participant {} tells no balance", who)}};
        }
        sum = *more;
    }
    return sum;
}

}  // namespace

Result<void, Failure> unlock_wallets(Fleet& fleet) {
    return fleet.call_all("walletpassphrase",
                          std::array{std::string{wallet_password}, std::string{for_ever}});
}

Result<Amount, Failure> spendable_of(Fleet& fleet, sim::ParticipantId who) {
    return sum_of(fleet, who, std::array<std::string_view, 1>{"trusted"});
}

Result<Amount, Failure> balance_of(Fleet& fleet, sim::ParticipantId who) {
    return sum_of(fleet, who, std::array<std::string_view, 2>{"trusted", "immature"});
}

Result<std::string, Failure> send(Fleet& fleet, const sim::RoundPayment& payment) {
    const Preparation& preparation = fleet.preparation();
    const std::uint64_t rate =
        std::max<std::uint64_t>(1, payment.sum.fee.value / usual_payment_bytes);
    return fleet.call(payment.payer, "sendtoaddress",
                      std::array{address_of(preparation.members[payment.payee].owner,
                                            preparation.parameters.address_prefix),
                                 to_text(payment.sum.amount), std::to_string(rate)});
}

}  // namespace bezant::fleet
