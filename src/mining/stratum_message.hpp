// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace bezant::mining {

namespace json = boost::json;

/// A line of a mining program: a call of JSON-RPC in the form that Stratum v1 has.
struct StratumRequest {
    json::value id;  ///< a number, a text or null
    std::string method;
    json::array params;
};

/// Nothing if the line is no such call.
[[nodiscard]] std::optional<StratumRequest> stratum_request(std::string_view line);

/// Numbers of refusals, by which pools and programs agree.
enum class StratumError : int {
    other = 20,
    job_not_found = 21,
    duplicate_share = 22,
    low_difficulty_share = 23,
    unauthorized_worker = 24,
    not_subscribed = 25,
};

// Lines to a mining program, each with its end.
[[nodiscard]] std::string stratum_result(const json::value& id, const json::value& result);
[[nodiscard]] std::string stratum_refusal(const json::value& id, StratumError error,
                                          std::string_view why);
/// `params` is JSON text.
[[nodiscard]] std::string stratum_notice(std::string_view method, std::string_view params);

}  // namespace bezant::mining
