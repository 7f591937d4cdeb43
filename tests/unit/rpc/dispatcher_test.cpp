// SPDX-License-Identifier: Apache-2.0
#include "rpc/dispatcher.hpp"

#include <gtest/gtest.h>

#include "rpc/limits.hpp"
#include "tests/unit/rpc/caller.hpp"

namespace bezant::test {
namespace {

class Dispatching : public testing::Test {
protected:
    std::string answer(std::string_view request) {
        return caller.reply(request).text.value_or("nothing");
    }
    /// The request is answered by this error, and names no call that it belongs to.
    void expect_error(std::string_view request, int code) {
        const json::object object = json::parse(answer(request)).as_object();
        EXPECT_EQ(object.at("error").as_object().at("code"), json::value(code)) << request;
        EXPECT_TRUE(object.at("id").is_null()) << request;
        EXPECT_EQ(object.at("jsonrpc"), json::value("2.0"));
    }

    FakeNode node;
    Caller caller{node};
};

TEST_F(Dispatching, AnswersACall) {
    EXPECT_EQ(answer(R"({"jsonrpc":"2.0","id":1,"method":"getblockcount"})"),
              R"({"jsonrpc":"2.0","result":0,"id":1})");
    EXPECT_EQ(answer(R"({"jsonrpc":"2.0","id":1,"method":"getblockcount","params":{}})"),
              R"({"jsonrpc":"2.0","result":0,"id":1})");
}

TEST_F(Dispatching, GivesEveryLegalIdBack) {
    for (const std::string id :
         {"1", "-7", "18446744073709551615", "1.5", "null", "\"\"", "\"a\\\"b\\u0001\""}) {
        EXPECT_EQ(answer(R"({"jsonrpc":"2.0","method":"getblockcount","id":)" + id + "}"),
                  R"({"jsonrpc":"2.0","result":0,"id":)" + id + "}");
    }
    for (const std::string id : {"true", "[]", "{}"})
        expect_error(R"({"jsonrpc":"2.0","method":"getblockcount","id":)" + id + "}", -32600);
}

TEST_F(Dispatching, ANotificationHasNoAnswer) {
    EXPECT_EQ(answer(R"({"jsonrpc":"2.0","method":"setmining","params":[3]})"), "nothing");
    EXPECT_EQ(node.mining().threads, 3U);
    EXPECT_EQ(answer(R"({"jsonrpc":"2.0","method":"nosuch"})"), "nothing");
}

TEST_F(Dispatching, Version1HasResultAndError) {
    EXPECT_EQ(answer(R"({"id":"x","method":"getblockcount"})"),
              R"({"result":0,"error":null,"id":"x"})");
    EXPECT_EQ(answer(R"({"method":"getblockcount","jsonrpc":"1.0"})"),
              R"({"result":0,"error":null,"id":null})");
    EXPECT_TRUE(answer(R"({"id":1,"method":"nosuch"})")
                    .starts_with(R"({"result":null,"error":{"code":-32601,)"));
}

TEST_F(Dispatching, ABatchIsAnsweredInOrderWithoutNotifications) {
    EXPECT_EQ(answer(R"([{"jsonrpc":"2.0","id":1,"method":"getblockcount"},
                         {"jsonrpc":"2.0","method":"getblockcount"},
                         {"jsonrpc":"2.0","id":2,"method":"getconnectioncount"}])"),
              R"([{"jsonrpc":"2.0","result":0,"id":1},{"jsonrpc":"2.0","result":0,"id":2}])");
    EXPECT_EQ(answer(R"([{"jsonrpc":"2.0","method":"getblockcount"}])"), "nothing");
    const json::array mixed = json::parse(answer(R"([1,{"jsonrpc":"2.0","id":1}])")).as_array();
    ASSERT_EQ(mixed.size(), 2U);
    for (const json::value& each : mixed)
        EXPECT_EQ(each.at("error").at("code"), json::value(-32600));
}

TEST_F(Dispatching, ABatchHasABound) {
    expect_error("[]", -32600);
    const auto batch = [](std::size_t count) {
        std::string text = "[";
        for (std::size_t i = 0; i < count; ++i)
            text += R"({"jsonrpc":"2.0","id":1,"method":"getblockcount"},)";
        text.back() = ']';
        return text;
    };
    EXPECT_EQ(json::parse(answer(batch(rpc::calls_per_batch_max))).as_array().size(),
              rpc::calls_per_batch_max);
    expect_error(batch(rpc::calls_per_batch_max + 1), -32600);
}

TEST_F(Dispatching, WhatIsNoJsonIsRefused) {
    for (const char* request : {"", " ", "{", "[", "{]", "nul", "{\"a\":}", "{} {}", "\xff",
                                "\"\xc3\x28\"", "[1,]", "{'a':1}", "\x00"})
        expect_error(request, -32700);
}

TEST_F(Dispatching, WhatIsNoCallIsRefused) {
    for (const char* request :
         {"1", "null", "\"getblockcount\"", R"({"jsonrpc":2,"id":1,"method":"uptime"})"})
        expect_error(request, -32600);
    for (const char* request :
         {R"({"jsonrpc":"2.0","id":1})", R"({"jsonrpc":"2.0","id":1,"method":1})",
          R"({"jsonrpc":"2.0","id":1,"method":"uptime","params":1})"})
        EXPECT_TRUE(answer(request).starts_with(R"({"jsonrpc":"2.0","error":{"code":-32600,)"));
}

TEST_F(Dispatching, DeepNestingIsRefusedWhileItIsRead) {
    const auto nested = [](std::size_t depth) {
        return R"({"jsonrpc":"2.0","id":1,"method":"uptime","params":)" + std::string(depth, '[') +
               std::string(depth, ']') + "}";
    };
    EXPECT_TRUE(answer(nested(rpc::json_depth_max - 1)).find("-32602") != std::string::npos);
    expect_error(nested(rpc::json_depth_max), -32700);
    expect_error(std::string(1'000'000, '['), -32700);
}

TEST_F(Dispatching, AnUnknownMethodNamesTheNearest) {
    EXPECT_EQ(caller.complaint("getblockcont"),
              "there is no such method, did you mean 'getblockcount'?");
    EXPECT_EQ(caller.error("getblockcont"), -32601);
    EXPECT_EQ(caller.complaint("zzzzzzzzzz"), "there is no such method; 'help' lists them");
}

TEST_F(Dispatching, CountsWhatWasAsked) {
    (void)caller.answer("getblockcount");
    (void)caller.answer("getblockhash", "[99]");
    (void)caller.answer("getblockhash", "[]");
    (void)caller.answer("nosuch");
    (void)answer("{");
    const auto& counts = caller.statistics().by_method();
    EXPECT_EQ(counts.at("getblockcount").good, 1U);
    EXPECT_EQ(counts.at("getblockhash").refused, 2U);
    EXPECT_EQ(counts.at("unknown").refused, 1U);
    EXPECT_EQ(counts.at("malformed").refused, 1U);
    EXPECT_EQ(counts.size(), 4U);
}

TEST_F(Dispatching, StopIsForAfterwards) {
    const auto reply = caller.reply(R"({"jsonrpc":"2.0","id":1,"method":"stop"})");
    EXPECT_TRUE(reply.afterwards.stop_node);
    EXPECT_FALSE(node.stopped);
    EXPECT_FALSE(
        caller.reply(R"({"jsonrpc":"2.0","id":1,"method":"uptime"})").afterwards.stop_node);
}

}  // namespace
}  // namespace bezant::test
