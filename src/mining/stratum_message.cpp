// SPDX-License-Identifier: Apache-2.0
#include "mining/stratum_message.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace bezant::mining {

namespace {

/// What programs send: a list, with a list or an object in it, with lists in that.
constexpr std::size_t depth_max = 6;

bool is_id(const json::value& id) { return id.is_number() || id.is_string() || id.is_null(); }

}  // namespace

std::optional<StratumRequest> stratum_request(std::string_view line) {
    json::parse_options options;
    options.max_depth = depth_max;
    json::error_code failed;
    const json::value value = json::parse(line, failed, {}, options);
    const auto* object = failed ? nullptr : value.if_object();
    if (object == nullptr) return std::nullopt;
    const json::value* id = object->if_contains("id");
    const json::value* method = object->if_contains("method");
    const json::value* params = object->if_contains("params");
    if (method == nullptr || !method->is_string()) return std::nullopt;
    if (id != nullptr && !is_id(*id)) return std::nullopt;
    if (params != nullptr && !params->is_array()) return std::nullopt;
    return StratumRequest{.id = id != nullptr ? *id : json::value(nullptr),
                          .method = std::string{method->get_string()},
                          .params = params != nullptr ? params->get_array() : json::array{}};
}

std::string stratum_result(const json::value& id, const json::value& result) {
    return fmt::format("{{\"id\":{},\"result\":{},\"error\":null}}\n", json::serialize(id),
                       json::serialize(result));
}

std::string stratum_refusal(const json::value& id, StratumError error, std::string_view why) {
    return fmt::format("{{\"id\":{},\"result\":null,\"error\":[{},{},null]}}\n",
                       json::serialize(id), static_cast<int>(error),
                       json::serialize(json::value(why)));
}

std::string stratum_notice(std::string_view method, std::string_view params) {
    return fmt::format("{{\"id\":null,\"method\":\"{}\",\"params\":{}}}\n", method, params);
}

}  // namespace bezant::mining
