// SPDX-License-Identifier: Apache-2.0
#include "fleet/told_event.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <utility>

#include "base/hex.hpp"

namespace bezant::fleet {

namespace {

namespace json = boost::json;
using Kind = ToldEvent::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 6> kinds{{
    {"block_mined", Kind::block_mined},
    {"block_connected", Kind::block_connected},
    {"block_disconnected", Kind::block_disconnected},
    {"block_left_stale", Kind::block_left_stale},
    {"block_refused", Kind::block_refused},
    {"payment_accepted", Kind::payment_accepted},
}};

std::string text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : "";
}

std::optional<Time> time_of(const json::object& object) {
    const json::value* value = object.if_contains("time_us");
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    return Time{value->get_int64()};
}

}  // namespace

std::optional<ToldEvent> told_event_from(std::string_view json_text) {
    boost::system::error_code fault;
    const json::value value = json::parse(json_text, fault);
    if (fault || !value.is_object()) return std::nullopt;
    const json::object& object = value.get_object();
    const std::string name = text_of(object, "event");
    const auto* const kind = std::ranges::find(kinds, name, &decltype(kinds)::value_type::first);
    const auto at = time_of(object);
    if (kind == kinds.end() || !at) return std::nullopt;
    ToldEvent event{.kind = kind->second, .at = *at, .block = {}, .payment = {}, .reason = {}};
    event.payment = text_of(object, "txid");
    event.reason = text_of(object, "reason");
    if (event.kind == Kind::payment_accepted) return event;
    const auto block = fixed_from_hex_reversed<BlockHash>(text_of(object, "hash"));
    if (!block) return std::nullopt;
    event.block = *block;
    return event;
}

}  // namespace bezant::fleet
