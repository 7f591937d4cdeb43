// SPDX-License-Identifier: Apache-2.0
#include "rpc/command_line.hpp"

#include <gtest/gtest.h>

namespace bezant::rpc {
namespace {

std::string params_of(std::string_view method, const std::vector<std::string>& words) {
    const std::string text = request_of_words(method, words);
    const std::string before =
        R"({"jsonrpc":"2.0","id":1,"method":")" + std::string{method} + R"(","params":)";
    EXPECT_TRUE(text.starts_with(before)) << text;
    return text.substr(before.size(), text.size() - before.size() - 1);
}

TEST(CommandLine, WordsAreJsonIfTheyAreJson) {
    EXPECT_EQ(params_of("nosuch", {"1", "true", "null", "[\"a\"]", "word", "{", ""}),
              R"([1,true,null,["a"],"word","{",""])");
    EXPECT_EQ(params_of("uptime", {}), "[]");
}

TEST(CommandLine, WordsAreStringsWhereTheMethodTakesAString) {
    const std::string digits(64, '7');
    EXPECT_EQ(params_of("getblock", {digits, "2"}), "[\"" + digits + "\",2]");
    EXPECT_EQ(params_of("decoderawtransaction", {"12"}), "[\"12\"]");
    EXPECT_EQ(params_of("getblockhash", {"12"}), "[12]");
}

TEST(CommandLine, WordsMayBeNamed) {
    const std::string digits(64, '7');
    const std::vector<std::string> words{"txid=" + digits, "verbosity=1", "x=a=b"};
    EXPECT_EQ(request_of_named_words("getrawtransaction", words),
              R"({"jsonrpc":"2.0","id":1,"method":"getrawtransaction","params":{"txid":")" +
                  digits + R"(","verbosity":1,"x":"a=b"}})");
    for (const char* word : {"word", "=1", ""}) {
        const std::vector<std::string> wrong{word};
        EXPECT_FALSE(request_of_named_words("uptime", wrong)) << word;
    }
}

TEST(CommandLine, AnswersAreReadable) {
    EXPECT_EQ(readable(R"({"jsonrpc":"2.0","result":"a\"b\nc","id":1})")->text, "a\"b\nc");
    EXPECT_EQ(readable(R"({"result":0.10000000,"id":1})")->text, "0.10000000");
    EXPECT_EQ(readable(R"({"result":{"a":[1.50000000]},"error":null,"id":1})")->text,
              "{\n  \"a\": [\n    1.50000000\n  ]\n}");
    EXPECT_EQ(readable(R"({"result":null,"id":1})")->text, "");
    const auto refused = readable(R"({"error":{"code":-8,"message":"too high"},"id":1})");
    ASSERT_TRUE(refused && refused->error);
    EXPECT_EQ(refused->error->code, ErrorCode::invalid_parameter);
    EXPECT_EQ(refused->error->message, "too high");
    for (const char* text : {"", "[]", "{}", "<html>", "{\"id\":1}", R"({"error":{"code":"x"}})"})
        EXPECT_FALSE(readable(text)) << text;
}

}  // namespace
}  // namespace bezant::rpc
