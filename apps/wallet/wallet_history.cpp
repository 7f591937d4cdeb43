// SPDX-License-Identifier: Apache-2.0
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>

#include "apps/node_answer.hpp"
#include "apps/node_call.hpp"
#include "apps/wallet/wallet_commands.hpp"
#include "rpc/json_text.hpp"

namespace bezant::apps {

namespace {

std::string time_text(std::string_view item) {
    const auto time = static_cast<std::time_t>(count_in(item, "time"));
    return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(time));
}

std::string state_text(std::string_view item) {
    const std::string status = text_in(item, "status");
    if (status == "waiting") return "not confirmed yet";
    if (status == "lost") return "LOST: another payment has spent its coins";
    const auto count = count_in(item, "confirmations");
    return fmt::format("{} confirmation{}", count, count == 1 ? "" : "s");
}

/// What it did to the wallet's money: "+1.50", "-0.25".
std::optional<std::string> sum_text(std::string_view item) {
    const auto received = amount_in(item, "received");
    const auto sent = amount_in(item, "sent");
    if (!received || !sent) return std::nullopt;
    const bool gained = *received >= *sent;
    const Amount sum{gained ? received->value - sent->value : sent->value - received->value};
    return fmt::format("{}{}", gained ? '+' : '-', to_text(sum));
}

Outcome<void> show_item(std::string_view item) {
    const auto sum = sum_text(item);
    if (!sum) return not_understood("listtransactions");
    const std::string category = text_in(item, "category");
    fmt::print("{}  {:>16} BZT  {}\n", time_text(item), *sum,
               category == "generate" ? "mined, " + state_text(item) : state_text(item));
    for (const auto other : rpc::item_texts(rpc::member_text(item, "counterparts").value_or("[]")))
        fmt::print("    {} {}\n", category == "send" ? "to  " : "from", text_in(other, "address"));
    fmt::print("    payment {}\n", text_in(item, "txid"));
    return {};
}

Outcome<void> show_history(const NodePlace& place, std::uint32_t count) {
    auto node = find_node(place);
    if (!node) return unexpected{node.error()};
    const auto answer = ask(*node, "listtransactions", std::array{std::to_string(count)});
    if (!answer) return unexpected{answer.error()};
    const auto items = rpc::item_texts(*answer);
    if (items.empty()) fmt::print("nothing was paid to this wallet, or by it\n");
    for (const std::string_view item : items)
        if (auto shown = show_item(item); !shown) return shown;
    return {};
}

}  // namespace

Command add_wallet_history(CLI::App& wallet) {
    CLI::App* app =
        wallet.add_subcommand("history", "Show what a running node's wallet was paid and has paid");
    const auto place = std::make_shared<NodePlace>();
    const auto count = std::make_shared<std::uint32_t>(10);
    app->add_option("--count", *count, "How many, the newest first")->capture_default_str();
    add_node_place(*app, *place);
    app->footer("Example: bezant wallet history --data one --count 20");
    return {app, [place, count] { return exit_code_of(show_history(*place, *count)); }};
}

}  // namespace bezant::apps
