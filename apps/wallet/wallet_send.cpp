// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>
#include <utility>

#include "apps/node_answer.hpp"
#include "apps/node_call.hpp"
#include "apps/secret_input.hpp"
#include "apps/wallet/wallet_commands.hpp"

namespace bezant::apps {

namespace {

struct SendOptions {
    NodePlace place;
    std::string address;
    std::string amount;
    std::uint32_t fee_rate = 2;
    std::string password_file;
};

/// Unlocks the node's wallet as long as it lives, if it was locked.
class Unlocked {
public:
    [[nodiscard]] static Outcome<Unlocked> unlock(rpc::HttpClient& node,
                                                  const std::string& password_file) {
        const auto info = ask(node, "getwalletinfo");
        if (!info) return unexpected{info.error()};
        if (text_in(*info, "private_keys_enabled") != "true") {
            return unexpected{Failure{.code = ExitCode::input,
                                      .what = "the node's wallet only watches, and cannot pay",
                                      .advice = {}}};
        }
        if (text_in(*info, "unlocked_until") != "0") return Unlocked{nullptr};
        const auto password = password_from(password_file);
        if (!password) return unexpected{password.error()};
        std::string text{password->begin(), password->end()};
        const auto unlocked =
            ask(node, "walletpassphrase", std::array{text, std::string{seconds_unlocked}});
        wipe({reinterpret_cast<Byte*>(text.data()), text.size()});
        if (!unlocked) return unexpected{unlocked.error()};
        return Unlocked{&node};
    }
    Unlocked(Unlocked&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
    Unlocked& operator=(Unlocked&&) = delete;
    ~Unlocked() {
        if (node_ == nullptr || ask(*node_, "walletlock")) return;
        print_error("the wallet could not be locked again", "it will lock itself within a minute");
    }

private:
    /// Should we be killed meanwhile.
    static constexpr std::string_view seconds_unlocked = "60";

    explicit Unlocked(rpc::HttpClient* node) : node_(node) {}

    rpc::HttpClient* node_;
};

Outcome<void> send(const SendOptions& options) {
    const auto amount = amount_from_text(options.amount);
    if (!amount || *amount == Amount{}) {
        return unexpected{
            Failure{.code = ExitCode::usage,
                    .what = fmt::format("'{}' is no amount that can be paid", options.amount),
                    .advice = "a number of bezants with at most eight decimals, such as 1.5"}};
    }
    auto node = find_node(options.place);
    if (!node) return unexpected{node.error()};
    const auto unlocked = Unlocked::unlock(*node, options.password_file);
    if (!unlocked) return unexpected{unlocked.error()};
    const auto id =
        ask(*node, "sendtoaddress",
            std::array{options.address, to_text(*amount), std::to_string(options.fee_rate)});
    if (!id) return unexpected{id.error()};
    fmt::print("{} BZT to {}\npayment {}\n", to_text(*amount), options.address, *id);
    return {};
}

}  // namespace

Command add_wallet_send(CLI::App& wallet) {
    CLI::App* app = wallet.add_subcommand("send", "Pay from a running node's wallet");
    const auto options = std::make_shared<SendOptions>();
    app->add_option("address", options->address, "Whom")->required();
    app->add_option("amount", options->amount, "How much, in BZT")->required();
    app->add_option("--fee-rate", options->fee_rate, "Units for a byte of the payment")
        ->capture_default_str();
    app->add_option("--password-file", options->password_file,
                    "A file whose first line is the password, instead of asking");
    add_node_place(*app, options->place);
    app->footer(
        "Example: bezant wallet send tbzt1example 1.5 --data one\n"
        "A wallet that is locked is unlocked for this payment, and locked again.");
    return {app, [options] { return exit_code_of(send(*options)); }};
}

}  // namespace bezant::apps
