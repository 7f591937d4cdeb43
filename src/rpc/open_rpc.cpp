// SPDX-License-Identifier: Apache-2.0
#include "rpc/open_rpc.hpp"

#include <boost/json.hpp>

#include "base/check.hpp"
#include "rpc/method.hpp"

namespace bezant::rpc {

namespace {

/// A type as JSON Schema has it.
json::object schema_of(ParameterType type) {
    json::object number{{"type", "integer"}, {"minimum", 0}, {"maximum", UINT32_MAX}};
    switch (type) {
        case ParameterType::text:
        case ParameterType::secret:
            return {{"type", "string"}};
        case ParameterType::hash:
            return {{"type", "string"}, {"pattern", "^[0-9a-fA-F]{64}$"}};
        case ParameterType::number:
            return number;
        case ParameterType::amount:
            return {{"oneOf", json::array{json::object{{"type", "number"}, {"exclusiveMinimum", 0}},
                                          json::object{{"type", "string"}}}}};
        case ParameterType::boolean:
            return {{"type", "boolean"}};
        case ParameterType::verbosity:
            return {{"oneOf", json::array{number, json::object{{"type", "boolean"}}}}};
        case ParameterType::texts:
            return {{"type", "array"}, {"items", {{"type", "string"}}}};
        case ParameterType::object:
            return {{"type", "object"}};
    }
    CHECK(false, "all types are listed above");
}

json::object parameter_in_json(const Parameter& parameter) {
    json::object schema = schema_of(parameter.type);
    if (parameter.otherwise && *parameter.otherwise != "null")
        schema["default"] = json::parse(*parameter.otherwise);
    return {{"name", parameter.name},
            {"description", parameter.meaning},
            {"required", !parameter.otherwise},
            {"schema", std::move(schema)}};
}

json::object method_in_json(const Method& method) {
    json::array parameters;
    for (const Parameter& parameter : method.parameters)
        parameters.emplace_back(parameter_in_json(parameter));
    json::array errors;
    for (const ErrorCase& error : method.errors) {
        errors.emplace_back(
            json::object{{"code", static_cast<int>(error.code)}, {"message", error.when}});
    }
    return {{"name", method.name},
            {"summary", method.summary},
            {"tags", json::array{json::object{{"name", method.group}}}},
            {"paramStructure", "either"},
            {"params", std::move(parameters)},
            {"result",
             {{"name", "result"}, {"description", method.result}, {"schema", json::object{}}}},
            {"errors", std::move(errors)}};
}

}  // namespace

json::object open_rpc_document(std::string_view version) {
    json::array list;
    for (const Method& method : methods()) list.emplace_back(method_in_json(method));
    return {{"openrpc", "1.3.2"},
            {"info",
             {{"title", "Bezant"}, {"version", version}, {"license", {{"name", "Apache-2.0"}}}}},
            {"methods", std::move(list)}};
}

}  // namespace bezant::rpc
