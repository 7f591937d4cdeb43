// SPDX-License-Identifier: Apache-2.0
#include "rpc/access.hpp"

#include <algorithm>
#include <cstdint>

#include "node/network_address.hpp"

namespace bezant::rpc {

namespace {

constexpr std::string_view any_port = ":1";

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool equal_but_for_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, lower, lower);
}

bool is_port(std::string_view text) {
    return text.size() <= 5 &&
           std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '9'; });
}

/// The host without its port; nothing if it is neither.
std::string_view without_port(std::string_view host) {
    const std::size_t bracket = host.starts_with('[') ? host.find(']') : 0;
    if (bracket == host.npos) return {};
    const std::size_t colon = host.find(':', bracket);
    if (colon == host.npos) return host;
    return is_port(host.substr(colon + 1)) ? host.substr(0, colon) : std::string_view{};
}

bool is_address(std::string_view host) {
    return network_address_from_text(std::string{host} + std::string{any_port}).has_value();
}

}  // namespace

bool is_trusted_host(std::string_view host, std::span<const std::string> names) {
    const std::string_view name = without_port(host);
    if (name.empty()) return false;
    if (equal_but_for_case(name, "localhost") || is_address(name)) return true;
    return std::ranges::any_of(
        names, [&](const std::string& known) { return equal_but_for_case(name, known); });
}

bool is_own_origin(std::string_view origin, std::string_view host) {
    constexpr std::string_view scheme = "http://";
    return origin.starts_with(scheme) && equal_but_for_case(origin.substr(scheme.size()), host);
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    if (left.size() != right.size()) return false;
    volatile std::uint8_t difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const auto here = static_cast<std::uint8_t>(left[i] ^ right[i]);
        difference = static_cast<std::uint8_t>(difference | here);
    }
    return difference == 0;
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            const std::uint8_t byte =
                at + i < bytes.size() ? static_cast<std::uint8_t>(bytes[at + i]) : 0;
            group = group << 8U | byte;
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const bool filled = at + i <= bytes.size();
            text += filled ? digits[group >> (18 - 6 * i) & 63U] : '=';
        }
    }
    return text;
}

std::string basic_authorization(std::string_view user_and_password) {
    return "Basic " + base64(user_and_password);
}

}  // namespace bezant::rpc
