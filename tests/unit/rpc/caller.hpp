// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "base/check.hpp"
#include "rpc/dispatcher.hpp"
#include "tests/support/awaited.hpp"
#include "tests/support/fake_node.hpp"

namespace bezant::test {

namespace json = boost::json;

/// Somebody who calls methods of a fake node.
class Caller {
public:
    explicit Caller(FakeNode& node) : dispatcher_(node, statistics_) {}

    /// The whole answer to a call with these arguments, as JSON text.
    std::string answer(std::string_view method, std::string_view arguments = "[]") {
        const auto reply =
            this->reply(R"({"jsonrpc":"2.0","id":1,"method":")" + std::string{method} +
                        R"(","params":)" + std::string{arguments} + "}");
        CHECK(reply.text, "a call with an id is answered");
        return *reply.text;
    }
    /// What becomes of a whole request.
    rpc::Dispatcher::Reply reply(std::string_view request) {
        return awaited(dispatcher_.answer(request));
    }
    /// The result; the call must be good.
    json::value result(std::string_view method, std::string_view arguments = "[]") {
        const std::string text = answer(method, arguments);
        const json::object object = json::parse(text).as_object();
        if (!object.contains("result")) throw std::runtime_error{text};
        return object.at("result");
    }
    json::object object(std::string_view method, std::string_view arguments = "[]") {
        return result(method, arguments).as_object();
    }
    /// The number of the error, or 0 if there was none.
    std::int64_t error(std::string_view method, std::string_view arguments = "[]") {
        const json::object object = json::parse(answer(method, arguments)).as_object();
        const json::value* error = object.if_contains("error");
        return error == nullptr ? 0 : error->as_object().at("code").as_int64();
    }
    /// What the error says, or nothing if there was none.
    std::string complaint(std::string_view method, std::string_view arguments = "[]") {
        const json::object object = json::parse(answer(method, arguments)).as_object();
        const json::value* error = object.if_contains("error");
        return error == nullptr ? "" : std::string{error->as_object().at("message").as_string()};
    }

    [[nodiscard]] const rpc::Statistics& statistics() const { return statistics_; }

private:
    rpc::Statistics statistics_;
    rpc::Dispatcher dispatcher_;
};

/// `["…"]`, `["…",1]`: a list of arguments, the first of them a string.
inline std::string arguments(std::string_view first, std::string_view rest = "") {
    std::string text = "[\"" + std::string{first} + "\"";
    if (!rest.empty()) text += "," + std::string{rest};
    return text + "]";
}

}  // namespace bezant::test
