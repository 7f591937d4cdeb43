// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "mining/worker_book.hpp"
#include "net/running_node.hpp"
#include "rpc/json_text.hpp"
#include "rpc/mining_desk.hpp"
#include "rpc/parameter.hpp"
#include "rpc/rpc_error.hpp"
#include "rpc/statistics.hpp"
#include "rpc/tip_watch.hpp"

namespace bezant::rpc {

/// What is to be done once the answer has been sent.
struct Afterwards {
    bool stop_node = false;
};

/// One call: what it is about, and what it was given.
struct Call {
    net::RunningNode& node;
    const Arguments& arguments;
    const Statistics& statistics;
    Afterwards& afterwards;
    MiningDesk& mining;
    TipWatch& watch;
    const mining::WorkerBook* workers;  ///< of the Stratum server; null if there is none
};

using Answer = Result<json::value, RpcError>;

/// Most methods come back at once.
using AnswerAtOnce = Answer (*)(const Call& call);
/// The others let the node go on with its work while they wait or search, by `Call::watch`; when
/// that says that it was closed they touch nothing more, and their answer goes nowhere.
using AnswerLater = boost::asio::awaitable<Answer> (*)(const Call& call);

/// When a method answers with an error of its own.
struct ErrorCase {
    ErrorCode code{};
    std::string_view when;
};

/// A method, and all that is said of it: its help, docs/api.md and the OpenRPC document are made of
/// this, and arguments are checked by it.
struct Method {
    std::string_view name;
    std::string_view group;
    std::string_view summary;  ///< a sentence without a full stop
    std::vector<Parameter> parameters;
    std::string_view result;  ///< what comes back, with names and units of its members
    std::vector<ErrorCase> errors;
    std::string_view example;  ///< arguments, as one writes them after `bezant rpc NAME`
    std::variant<AnswerAtOnce, AnswerLater> run;
};

/// All methods, ordered by name.
[[nodiscard]] const std::vector<Method>& methods();

/// The method of this name; nothing if there is none.
[[nodiscard]] const Method* find_method(std::string_view name);

/// The names of all methods, ordered.
[[nodiscard]] std::vector<std::string_view> method_names();

/// "getblockhash height": the method and its parameters, in parentheses those that may be left out.
[[nodiscard]] std::string usage_of(const Method& method);

}  // namespace bezant::rpc
