// SPDX-License-Identifier: Apache-2.0
// Addresses as people write them.
#include <charconv>
#include <optional>
#include <span>
#include <vector>

#include "base/check.hpp"
#include "node/network_address.hpp"

namespace bezant {

namespace {

constexpr std::size_t groups_of_ipv6 = 8;

using Groups = std::array<std::uint16_t, groups_of_ipv6>;

/// A number in this base that fills the text, with so many digits at most and no sign.
std::optional<std::uint16_t> number(std::string_view text, int base, std::size_t digits_max) {
    std::uint16_t value = 0;
    if (text.empty() || text.size() > digits_max) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<std::uint16_t> decimal(std::string_view text) {
    if (text.size() > 1 && text.front() == '0') return std::nullopt;
    return number(text, 10, 5);
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (std::size_t end = text.find(at); end != std::string_view::npos; end = text.find(at)) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

Result<Host, NetworkAddressFault> read_ipv4(std::string_view text) {
    constexpr std::size_t numbers = 4;
    const std::vector<std::string_view> parts = split(text, '.');
    if (parts.size() != numbers) return unexpected{NetworkAddressFault::bad_ipv4};
    std::array<Byte, numbers> bytes{};
    for (std::size_t i = 0; i < numbers; ++i) {
        const auto value = decimal(parts[i]);
        if (!value || *value > UINT8_MAX) return unexpected{NetworkAddressFault::bad_ipv4};
        bytes[i] = static_cast<Byte>(*value);
    }
    return ipv4_host(bytes[0], bytes[1], bytes[2], bytes[3]);
}

/// Groups between colons; none of an empty text.
std::optional<std::vector<std::uint16_t>> read_groups(std::string_view text) {
    std::vector<std::uint16_t> groups;
    if (text.empty()) return groups;
    for (const std::string_view part : split(text, ':')) {
        const auto group = number(part, 16, 4);
        if (!group) return std::nullopt;
        groups.push_back(*group);
    }
    return groups;
}

Host host_of(const Groups& groups) {
    Host host;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        host.bytes[2 * i] = static_cast<Byte>(groups[i] >> 8U);
        host.bytes[2 * i + 1] = static_cast<Byte>(groups[i]);
    }
    return host;
}

std::optional<Host> read_groups_of_host(std::string_view text) {
    const std::size_t gap = text.find("::");
    const bool has_gap = gap != std::string_view::npos;
    const auto before = read_groups(text.substr(0, gap));
    const auto after = read_groups(has_gap ? text.substr(gap + 2) : std::string_view{});
    if (!before || !after) return std::nullopt;
    const std::size_t given = before->size() + after->size();
    if (has_gap ? given >= groups_of_ipv6 : given != groups_of_ipv6) return std::nullopt;
    Groups groups{};
    std::ranges::copy(*before, groups.begin());
    std::ranges::copy_backward(*after, groups.end());
    return host_of(groups);
}

Result<Host, NetworkAddressFault> read_ipv6(std::string_view text) {
    const auto host = read_groups_of_host(text);
    if (!host) return unexpected{NetworkAddressFault::bad_ipv6};
    if (is_ipv4(*host)) return unexpected{NetworkAddressFault::ipv4_in_brackets};
    return *host;
}

Result<NetworkAddress, NetworkAddressFault> with_port(Result<Host, NetworkAddressFault> host,
                                                      std::string_view port) {
    if (!host) return unexpected{host.error()};
    const auto value = decimal(port);
    if (!value || *value == 0) return unexpected{NetworkAddressFault::bad_port};
    return NetworkAddress{.host = *host, .port = *value};
}

Groups groups_of(const Host& host) {
    Groups groups{};
    for (std::size_t i = 0; i < groups.size(); ++i)
        groups[i] = static_cast<std::uint16_t>(host.bytes[2 * i] << 8U | host.bytes[2 * i + 1]);
    return groups;
}

std::string text_of_groups(std::span<const std::uint16_t> groups) {
    std::string text;
    for (const std::uint16_t group : groups) {
        std::array<char, 4> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), group, 16).ptr;
        if (!text.empty()) text += ':';
        text.append(digits.data(), end);
    }
    return text;
}

/// RFC 5952, section 4.2: the longest run of two zeros or more, the first of the longest, is "::".
std::string text_of_ipv6(const Host& host) {
    const Groups groups = groups_of(host);
    std::size_t gap = 0;
    std::size_t length = 1;
    for (std::size_t begin = 0; begin < groups.size(); ++begin) {
        std::size_t end = begin;
        while (end < groups.size() && groups[end] == 0) ++end;
        if (end - begin > length) {
            gap = begin;
            length = end - begin;
        }
    }
    if (length == 1) return text_of_groups(groups);
    const std::span<const std::uint16_t> all{groups};
    std::string text = text_of_groups(all.first(gap));
    return text.append("::").append(text_of_groups(all.subspan(gap + length)));
}

std::string text_of_ipv4(const Host& host) {
    std::string text;
    for (const Byte byte : host.view().last(4)) {
        if (!text.empty()) text += '.';
        text += std::to_string(byte);
    }
    return text;
}

}  // namespace

std::string_view to_text(NetworkAddressFault fault) {
    switch (fault) {
        case NetworkAddressFault::no_port:
            return "a port must follow, as in 1.2.3.4:7333";
        case NetworkAddressFault::bad_port:
            return "the port must be a number from 1 to 65535";
        case NetworkAddressFault::no_closing_bracket:
            return "the bracket must be closed, and a port follow, as in [2001:db8::1]:7333";
        case NetworkAddressFault::bad_ipv4:
            return "an IPv4 address is four numbers from 0 to 255, as in 1.2.3.4:7333";
        case NetworkAddressFault::bad_ipv6:
            return "an IPv6 address is written as in [2001:db8::1]:7333";
        case NetworkAddressFault::ipv4_in_brackets:
            return "an IPv4 address is written without brackets, as in 1.2.3.4:7333";
    }
    CHECK(false, "all faults are listed above");
}

std::string to_text(const NetworkAddress& address) {
    std::string text;
    if (is_ipv4(address.host)) {
        text.append(text_of_ipv4(address.host));
    } else {
        text.append("[").append(text_of_ipv6(address.host)).append("]");
    }
    return text.append(":").append(std::to_string(address.port));
}

Result<NetworkAddress, NetworkAddressFault> network_address_from_text(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find("]:");
        if (end == std::string_view::npos)
            return unexpected{NetworkAddressFault::no_closing_bracket};
        return with_port(read_ipv6(text.substr(1, end - 1)), text.substr(end + 2));
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return unexpected{NetworkAddressFault::no_port};
    return with_port(read_ipv4(text.substr(0, colon)), text.substr(colon + 1));
}

}  // namespace bezant
