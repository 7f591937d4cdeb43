// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <memory>
#include <vector>

#include "apps/node_answer.hpp"
#include "apps/node_call.hpp"
#include "apps/wallet/wallet_commands.hpp"
#include "report/amount_column.hpp"
#include "rpc/json_text.hpp"

namespace bezant::apps {

namespace {

struct Balance {
    std::string_view member;
    std::string_view label;
};

constexpr std::array<Balance, 4> balances{{
    {"trusted", "can be spent"},
    {"change", "change, not confirmed yet"},
    {"untrusted_pending", "coming in, not confirmed yet"},
    {"immature", "mined, to be spent later"},
}};

Outcome<void> show_balance(const NodePlace& place) {
    auto node = find_node(place);
    if (!node) return unexpected{node.error()};
    const auto answer = ask(*node, "getbalances");
    if (!answer) return unexpected{answer.error()};
    const auto mine = rpc::member_text(*answer, "mine").value_or("{}");
    report::AmountColumn column;
    std::vector<Amount> amounts;
    for (const Balance& balance : balances) {
        const auto amount = amount_in(mine, balance.member);
        if (!amount) return not_understood("getbalances");
        column.make_room(*amount);
        amounts.push_back(*amount);
    }
    for (std::size_t i = 0; i < balances.size(); ++i)
        fmt::print("  {:<30}{} BZT\n", balances[i].label, column.text(amounts[i]));
    return {};
}

}  // namespace

Command add_wallet_balance(CLI::App& wallet) {
    CLI::App* app = wallet.add_subcommand("balance", "Show what a running node's wallet has");
    const auto place = std::make_shared<NodePlace>();
    add_node_place(*app, *place);
    app->footer("Example: bezant wallet balance --data one");
    return {app, [place] { return exit_code_of(show_balance(*place)); }};
}

}  // namespace bezant::apps
