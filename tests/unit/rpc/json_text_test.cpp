// SPDX-License-Identifier: Apache-2.0
#include "rpc/json_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <boost/json.hpp>
#include <limits>

namespace bezant::rpc {
namespace {

TEST(JsonText, AmountsHaveEightDecimals) {
    EXPECT_EQ(json_text(in_json(Amount{0})), "0.00000000");
    EXPECT_EQ(json_text(in_json(Amount{10'000'000})), "0.10000000");
    EXPECT_EQ(json_text(in_json(Amount{2'100'000'000'000'001})), "21000000.00000001");
    EXPECT_EQ(json_text(in_json(Amount{UINT64_MAX})), "184467440737.09551615");
}

TEST(JsonText, EveryAmountIsExact) {
    EXPECT_TRUE(rc::check([](std::uint64_t units) {
        const std::string text = json_text(in_json(Amount{units}));
        RC_ASSERT(amount_from_text(text) == Amount{units});
    }));
}

TEST(JsonText, OtherNumbersAreShort) {
    EXPECT_EQ(json_text(1.0), "1");
    EXPECT_EQ(json_text(0.1), "0.1");
    EXPECT_EQ(json_text(4.656542373906925e-10), "4.656542373906925e-10");
    EXPECT_EQ(json_text(std::numeric_limits<double>::infinity()), "null");
    EXPECT_EQ(json_text(std::uint64_t{UINT64_MAX}), "18446744073709551615");
}

TEST(JsonText, IsJsonAsTheLibraryWritesItElsewhere) {
    const std::string text = R"({"a":[1,"\"\\\u0001é",null,[],{}],"b":{"c":true},"d":-1})";
    EXPECT_EQ(json_text(json::parse(text)), text);
}

TEST(JsonText, AStringCannotPassForAnAmount) {
    const json::object object{{"text", "\1amount"}, {"\1amount", 1}};
    EXPECT_EQ(json::parse(json_text(object)), json::value(object));
}

TEST(JsonText, IndentedKeepsWhatIsWritten) {
    EXPECT_EQ(indented(R"({"a":0.10000000,"b":[1,"x,{}\"[",[]],"c":{}})"),
              "{\n  \"a\": 0.10000000,\n  \"b\": [\n    1,\n    \"x,{}\\\"[\",\n    []\n  ],\n"
              "  \"c\": {}\n}");
    EXPECT_EQ(indented("\"text\""), "\"text\"");
    EXPECT_EQ(indented("[ ]"), "[]");
}

TEST(JsonText, IndentedMeansTheSame) {
    const std::string text = R"({"a":[1,{"b":"}"},[[],[2]]],"c":{"d":{"e":null}}})";
    EXPECT_EQ(json::parse(indented(text)), json::parse(text));
}

TEST(JsonText, MembersAreFoundAsTheyAreWritten) {
    const std::string text = R"( { "a" : {"result":1}, "b\"":"result", "result" : 0.10000000 } )";
    EXPECT_EQ(member_text(text, "result"), "0.10000000");
    EXPECT_EQ(member_text(text, "a"), R"({"result":1})");
    EXPECT_EQ(member_text(text, "c"), std::nullopt);
    EXPECT_EQ(member_text("{}", "c"), std::nullopt);
    EXPECT_EQ(member_text("[1]", "c"), std::nullopt);
    EXPECT_EQ(member_text(R"({"a":[1,2],"b":"]"})", "b"), "\"]\"");
}

TEST(JsonText, ItemsAreFoundAsTheyAreWritten) {
    using Texts = std::vector<std::string_view>;
    EXPECT_EQ(item_texts(R"( [ 0.10000000, {"a":[1,2]} ,"],", [] ] )"),
              (Texts{"0.10000000", R"({"a":[1,2]})", R"("],")", "[]"}));
    EXPECT_EQ(item_texts("[]"), Texts{});
    EXPECT_EQ(item_texts(R"({"a":[1]})"), Texts{});
    EXPECT_EQ(item_texts(""), Texts{});
}

}  // namespace
}  // namespace bezant::rpc
