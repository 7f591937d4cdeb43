// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "base/check.hpp"
#include "node/effects.hpp"
#include "node/message.hpp"

namespace bezant {

std::string_view name_of(const Message& message) {
    constexpr std::array<std::string_view, std::variant_size_v<Message>> names = {
        "hello",
        "ping",
        "pong",
        "inventory",
        "get_data",
        "not_found",
        "payment",
        "get_headers",
        "headers",
        "block",
        "headers",
        "malformed",
        "compact_block",
        "get_missing_transactions",
        "missing_transactions",
        "fee_floor",
        "send_compact",
        "get_compact_block",
        "get_addresses",
        "addresses",
        "block",
        "payment",
        "compact_block"};
    return names[message.index()];
}

std::string_view to_text(Misconduct misconduct) {
    switch (misconduct) {
        case Misconduct::malformed_message:
            return "malformed_message";
        case Misconduct::unexpected_message:
            return "unexpected_message";
        case Misconduct::too_large_message:
            return "too_large_message";
        case Misconduct::invalid_header:
            return "invalid_header";
        case Misconduct::invalid_block:
            return "invalid_block";
        case Misconduct::invalid_payment:
            return "invalid_payment";
        case Misconduct::unrequested_data:
            return "unrequested_data";
        case Misconduct::unconnected_headers:
            return "unconnected_headers";
        case Misconduct::withheld_data:
            return "withheld_data";
        case Misconduct::flooding:
            return "flooding";
        case Misconduct::silent:
            return "silent";
        case Misconduct::wrong_network:
            return "wrong_network";
        case Misconduct::self:
            return "self";
        case Misconduct::no_longer_needed:
            return "no_longer_needed";
        case Misconduct::no_room:
            return "no_room";
    }
    CHECK(false, "all kinds of misconduct are listed above");
}

std::string_view to_text(PayError error) {
    switch (error) {
        case PayError::insufficient_funds:
            return "insufficient_funds";
        case PayError::amount_zero:
            return "amount_zero";
        case PayError::amount_overflow:
            return "amount_overflow";
        case PayError::refused_by_pool:
            return "refused_by_pool";
    }
    CHECK(false, "all errors are listed above");
}

}  // namespace bezant
