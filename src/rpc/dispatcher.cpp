// SPDX-License-Identifier: Apache-2.0
#include "rpc/dispatcher.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/suggestion.hpp"
#include "rpc/limits.hpp"

namespace bezant::rpc {

namespace {

/// Under these names count requests that name no method of the table.
constexpr std::string_view unknown_method = "unknown";
constexpr std::string_view no_call = "malformed";

constexpr std::string_view null_id = "null";

/// How a call is answered.
struct Form {
    bool version_2 = true;
    bool notification = false;
    std::string id{null_id};  ///< as JSON text
};

bool is_id(const json::value& id) { return id.is_null() || id.is_string() || id.is_number(); }

json::object in_json(const RpcError& error) {
    return {{"code", static_cast<int>(error.code)}, {"message", error.message}};
}

std::string answer_text(const Answer& answer, const Form& form) {
    std::string text = form.version_2 ? R"({"jsonrpc":"2.0",)" : "{";
    if (answer) {
        text += R"("result":)" + json_text(*answer);
        if (!form.version_2) text += R"(,"error":null)";
    } else {
        if (!form.version_2) text += R"("result":null,)";
        text += R"("error":)" + json::serialize(in_json(answer.error()));
    }
    return text + R"(,"id":)" + form.id + "}";
}

/// What the members beside method and params say; or why they say nothing.
Result<Form, RpcError> form_of(const json::object& request) {
    Form form;
    const json::value* version = request.if_contains("jsonrpc");
    form.version_2 = version != nullptr && *version == json::value("2.0");
    if (version != nullptr && !version->is_string())
        return fail(ErrorCode::invalid_request, "jsonrpc: expected \"2.0\"");
    const json::value* id = request.if_contains("id");
    form.notification = form.version_2 && id == nullptr;
    if (id != nullptr && !is_id(*id))
        return fail(ErrorCode::invalid_request, "id: expected a string, a number or null");
    if (id != nullptr) form.id = json_text(*id);
    return form;
}

RpcError no_such_method(std::string_view name) {
    const auto near = nearest(name, method_names());
    return {ErrorCode::method_not_found,
            near ? fmt::format("there is no such method, did you mean '{}'?", *near)
                 : "there is no such method; 'help' lists them"};
}

}  // namespace

boost::asio::awaitable<Dispatcher::Reply> Dispatcher::answer(std::string_view request) {
    json::parse_options options;
    options.max_depth = json_depth_max;
    json::error_code error;
    const json::value value = json::parse(request, error, {}, options);
    Reply reply;
    if (error) {
        statistics_.count(no_call, false);
        reply.text = answer_text(
            fail(ErrorCode::parse_error, "the request cannot be read: " + error.message()), {});
    } else if (const auto* batch = value.if_array()) {
        co_await answer_batch(*batch, reply);
    } else {
        reply.text = co_await answer_one(value, reply.afterwards);
    }
    co_return reply;
}

Dispatcher::Task<> Dispatcher::answer_batch(const json::array& batch, Reply& reply) {
    if (batch.empty() || batch.size() > calls_per_batch_max) {
        statistics_.count(no_call, false);
        reply.text = answer_text(
            fail(ErrorCode::invalid_request, fmt::format("a batch has 1 to {} calls, got {}",
                                                         calls_per_batch_max, batch.size())),
            {});
        co_return;
    }
    std::string all;
    for (const json::value& request : batch) {
        std::optional<std::string> text;
        if (all.size() <= answer_bytes_max) {
            text = co_await answer_one(request, reply.afterwards);
        } else {
            text = answer_text(
                fail(ErrorCode::miscellaneous, "the answers before fill all there may be"), {});
        }
        if (text) all += (all.empty() ? "[" : ",") + *text;
    }
    if (!all.empty()) reply.text = all + "]";
}

Dispatcher::Task<std::optional<std::string>> Dispatcher::answer_one(const json::value& request,
                                                                    Afterwards& afterwards) {
    const auto* object = request.if_object();
    if (object == nullptr) {
        statistics_.count(no_call, false);
        co_return answer_text(fail(ErrorCode::invalid_request, "a call is an object"), {});
    }
    const auto form = form_of(*object);
    if (!form) {
        statistics_.count(no_call, false);
        co_return answer_text(unexpected{form.error()}, {});
    }
    const Answer answer = co_await call(*object, afterwards);
    if (form->notification) co_return std::nullopt;
    co_return answer_text(answer, *form);
}

Dispatcher::Task<Answer> Dispatcher::call(const json::object& request, Afterwards& afterwards) {
    const json::value* name = request.if_contains("method");
    if (name == nullptr || !name->is_string()) {
        statistics_.count(no_call, false);
        co_return fail(ErrorCode::invalid_request, "method: expected a string");
    }
    const Method* method = find_method(name->get_string());
    if (method == nullptr) {
        statistics_.count(unknown_method, false);
        co_return unexpected{no_such_method(name->get_string())};
    }
    static const json::value no_arguments;
    const json::value* given = request.if_contains("params");
    const Answer answer =
        co_await run(*method, given != nullptr ? *given : no_arguments, afterwards);
    statistics_.count(method->name, answer.has_value());
    co_return answer;
}

Dispatcher::Task<Answer> Dispatcher::run(const Method& method, const json::value& given,
                                         Afterwards& afterwards) {
    const auto arguments = bind_arguments(method.parameters, given);
    if (!arguments) co_return unexpected{arguments.error()};
    const Call call{node_, *arguments, statistics_, afterwards, mining_, watch_, workers_};
    if (const auto* at_once = std::get_if<AnswerAtOnce>(&method.run)) co_return (*at_once)(call);
    co_return co_await std::get<AnswerLater>(method.run)(call);
}

}  // namespace bezant::rpc
