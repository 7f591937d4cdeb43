// SPDX-License-Identifier: Apache-2.0
#include "rpc/parameter.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/json.hpp>

#include "ledger/identifiers.hpp"

namespace bezant::rpc {
namespace {

using enum ParameterType;

const std::array<Parameter, 3> parameters{{{"height", number, "a height"},
                                           {"verbose", boolean, "more", "true"},
                                           {"name", text, "", "null"}}};

Result<Arguments, RpcError> bind(std::string_view given) {
    return bind_arguments(parameters, json::parse(given));
}

void expect_refused(std::string_view given, ErrorCode code, std::string_view message) {
    const auto bound = bind(given);
    ASSERT_FALSE(bound) << given;
    EXPECT_EQ(bound.error().code, code) << given;
    EXPECT_EQ(bound.error().message, message);
}

TEST(Parameters, AreGivenByPositionOrByName) {
    for (const char* given : {R"([7, false, "x"])", R"({"name":"x","height":7,"verbose":false})"}) {
        const auto bound = bind(given);
        ASSERT_TRUE(bound) << given;
        EXPECT_EQ(bound->number(0), 7U);
        EXPECT_FALSE(bound->flag(1));
        EXPECT_EQ(bound->text(2), "x");
    }
}

TEST(Parameters, MayBeLeftOutIfSomethingStandsForThem) {
    for (const char* given : {"[7]", "[7,null,null]", R"({"height":7})"}) {
        const auto bound = bind(given);
        ASSERT_TRUE(bound) << given;
        EXPECT_TRUE(bound->flag(1));
        EXPECT_FALSE(bound->has(2));
    }
    EXPECT_TRUE(bind_arguments({}, nullptr));
}

TEST(Parameters, OnesThatAreMissingAreNamed) {
    for (const char* given : {"[]", "null", R"({"verbose":true})"})
        expect_refused(
            given, ErrorCode::invalid_params,
            "parameter 'height' is missing: expected an integer from 0 to 4294967295 (a height)");
}

TEST(Parameters, OnesThatNobodyAskedForAreNamed) {
    expect_refused(R"([1,true,"x",4])", ErrorCode::invalid_params,
                   "too many arguments: got 4, expected at most 3");
    expect_refused(R"({"height":1,"verbos":true})", ErrorCode::invalid_params,
                   "there is no parameter 'verbos', did you mean 'verbose'?");
    expect_refused(R"({"zzzzzz":1})", ErrorCode::invalid_params, "there is no parameter 'zzzzzz'");
    expect_refused("7", ErrorCode::invalid_request,
                   "params: got 7, expected an array or an object");
}

TEST(Parameters, OnesOfAnotherTypeAreNamedWithWhatWasGot) {
    const std::string expected = ", expected an integer from 0 to 4294967295";
    expect_refused("[-1]", ErrorCode::type_error, "parameter 'height': got -1" + expected);
    expect_refused("[4294967296]", ErrorCode::type_error,
                   "parameter 'height': got 4294967296" + expected);
    expect_refused("[18446744073709551615]", ErrorCode::type_error,
                   "parameter 'height': got 18446744073709551615" + expected);
    expect_refused("[1.5]", ErrorCode::type_error, "parameter 'height': got 1.5E0" + expected);
    expect_refused("[true]", ErrorCode::type_error, "parameter 'height': got true" + expected);
    expect_refused("[null]", ErrorCode::type_error, "parameter 'height': got null" + expected);
    expect_refused("[[1]]", ErrorCode::type_error, "parameter 'height': got an array" + expected);
    expect_refused("[{}]", ErrorCode::type_error, "parameter 'height': got an object" + expected);
    expect_refused("[\"" + std::string(200, 'x') + "\"]", ErrorCode::type_error,
                   "parameter 'height': got 202 characters" + expected);
    expect_refused("[1,1]", ErrorCode::type_error,
                   "parameter 'verbose': got 1, expected true or false");
    expect_refused("[1,true,2]", ErrorCode::type_error,
                   "parameter 'name': got 2, expected a string");
}

TEST(Parameters, NothingIsQuotedWhereASecretMayHaveComeIntoAnothersPlace) {
    const std::array<Parameter, 2> list{{{"passphrase", secret, ""}, {"timeout", number, ""}}};
    EXPECT_EQ(bind_arguments(list, json::parse(R"(["123", 60])"))->text(0), "123");
    for (const char* given :
         {R"(["123", "123"])", "[123, 60]", R"([60, 123.5])", R"(["123", -123])", R"({"123": 60})",
          R"("123")", R"([["123"], 60])", R"({"passphrase": "123", "timeouts": "123"})"}) {
        const auto bound = bind_arguments(list, json::parse(given));
        ASSERT_FALSE(bound) << given;
        EXPECT_EQ(bound.error().message.find("123"), std::string::npos) << bound.error().message;
    }
}

TEST(Parameters, HashesHave64Digits) {
    const std::array<Parameter, 1> hashes{{{"hash", hash, ""}}};
    const auto bind_hash = [&](const std::string& digits) {
        return bind_arguments(hashes, json::array{digits});
    };
    const auto bound = bind_hash("01" + std::string(60, '0') + "Ff");
    ASSERT_TRUE(bound);
    EXPECT_EQ(bound->hash<BlockHash>(0).bytes.front(), 0xff);
    EXPECT_EQ(bound->hash<BlockHash>(0).bytes.back(), 0x01);
    for (const std::string& digits :
         {std::string(63, '0'), std::string(65, '0'), std::string(63, '0') + "g", std::string{}}) {
        ASSERT_FALSE(bind_hash(digits));
        EXPECT_EQ(bind_hash(digits).error().code, ErrorCode::invalid_parameter);
    }
    EXPECT_EQ(bind_arguments(hashes, json::array{1}).error().code, ErrorCode::type_error);
}

TEST(Parameters, VerbosityIsANumberOrABoolean) {
    const std::array<Parameter, 1> list{{{"verbosity", verbosity, "", "1"}}};
    const auto value = [&](json::value given) {
        return bind_arguments(list, json::array{std::move(given)})->number(0);
    };
    EXPECT_EQ(value(false), 0U);
    EXPECT_EQ(value(true), 1U);
    EXPECT_EQ(value(2), 2U);
    EXPECT_EQ(value(nullptr), 1U);
    EXPECT_FALSE(bind_arguments(list, json::array{"1"}));
}

TEST(Parameters, ListsOfStringsHaveNothingElse) {
    const std::array<Parameter, 1> list{{{"list", texts, ""}}};
    const auto bound = bind_arguments(list, json::parse(R"([["a","b"]])"));
    ASSERT_TRUE(bound);
    EXPECT_EQ(bound->texts(0), (std::vector<std::string>{"a", "b"}));
    EXPECT_FALSE(bind_arguments(list, json::parse(R"([["a",1]])")));
    EXPECT_FALSE(bind_arguments(list, json::parse(R"(["a"])")));
}

}  // namespace
}  // namespace bezant::rpc
