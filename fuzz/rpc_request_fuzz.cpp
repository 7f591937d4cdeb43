// SPDX-License-Identifier: Apache-2.0
// Any bytes are answered by JSON of JSON-RPC, or by nothing; and what was answered can be read on a
// command line.
#include <boost/json.hpp>

#include "base/check.hpp"
#include "rpc/command_line.hpp"
#include "rpc/dispatcher.hpp"
#include "tests/support/awaited.hpp"
#include "tests/support/fake_node.hpp"

namespace {

using namespace bezant;
namespace json = boost::json;

/// One answer has an id and either a result or an error; version 1 has both, and one of them null.
bool is_answer(const json::value& value) {
    const auto* object = value.if_object();
    if (object == nullptr || !object->contains("id")) return false;
    const json::value* result = object->if_contains("result");
    const json::value* error = object->if_contains("error");
    if (object->contains("jsonrpc")) return (result == nullptr) != (error == nullptr);
    return result != nullptr && error != nullptr && (result->is_null() || error->is_null());
}

void check_readable(std::string_view text) {
    const auto answer = rpc::readable(text);
    CHECK(answer, "an answer is readable");
    json::error_code error;
    if (!answer->error && answer->text.starts_with('{')) json::parse(answer->text, error);
    CHECK(!error, "what is indented is still JSON");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::FakeNode node{1};
    rpc::Statistics statistics;
    rpc::Dispatcher dispatcher{node, statistics};
    const auto reply =
        test::awaited(dispatcher.answer({reinterpret_cast<const char*>(data), size}));
    CHECK(node.listeners.empty(), "nobody goes on listening");
    if (!reply.text) return 0;
    json::error_code error;
    const json::value value = json::parse(*reply.text, error);
    CHECK(!error, "an answer is JSON");
    if (const auto* batch = value.if_array()) {
        CHECK(!batch->empty(), "a batch without answers is not answered");
        CHECK(std::ranges::all_of(*batch, is_answer), "a batch is answered by answers");
    } else {
        CHECK(is_answer(value), "a call is answered");
        check_readable(*reply.text);
    }
    return 0;
}
