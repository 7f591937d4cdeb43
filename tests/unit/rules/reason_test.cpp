// SPDX-License-Identifier: Apache-2.0
#include "rules/reason.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace bezant {
namespace {

std::vector<Reason> all_reasons() {
    std::vector<Reason> reasons;
    for (std::size_t i = 0; i < reason_count; ++i) reasons.push_back(static_cast<Reason>(i));
    return reasons;
}

TEST(Reason, HasANameOfItsOwnThatIsReadBack) {
    std::set<std::string_view> names;
    for (const Reason reason : all_reasons()) {
        const std::string_view name = to_text(reason);
        EXPECT_TRUE(names.insert(name).second) << name;
        EXPECT_EQ(reason_from_text(name), reason);
        EXPECT_TRUE(std::ranges::all_of(name, [](char letter) {
            return std::islower(letter) != 0 || letter == '_';
        })) << name;
    }
    EXPECT_EQ(to_text(Reason::malformed_block), "malformed_block");
    EXPECT_EQ(to_text(Reason::coin_already_spent), "coin_already_spent");
    EXPECT_EQ(to_text(Reason::coinbase_overclaims), "coinbase_overclaims");
}

TEST(Reason, IsNotReadFromOtherText) {
    for (const auto* text : {"", "coin", "coin_already_spent ", "Coin_already_spent"})
        EXPECT_EQ(reason_from_text(text), std::nullopt) << text;
}

TEST(Reason, IsExplainedInOneSentenceThatNamesTheDanger) {
    std::set<std::string_view> sentences;
    for (const Reason reason : all_reasons()) {
        const std::string_view sentence = explanation(reason);
        EXPECT_TRUE(sentences.insert(sentence).second) << sentence;
        EXPECT_THAT(sentence, testing::EndsWith("."));
        EXPECT_EQ(std::ranges::count(sentence, '.'), 1) << sentence;
        EXPECT_TRUE(sentence.contains(", or ") || sentence.contains(": the double spend"))
            << sentence;
    }
}

TEST(Rejection, ReadsAsReasonPlaceGotAndExpected) {
    Rejection rejection{Reason::coin_already_spent, "a spent coin", "an unspent one", {}, {}};
    EXPECT_EQ(to_text(rejection), "coin_already_spent: got a spent coin, expected an unspent one");
    rejection.transaction = 3;
    EXPECT_EQ(to_text(rejection),
              "coin_already_spent: transaction 3: got a spent coin, expected an unspent one");
    rejection.input = 0;
    EXPECT_EQ(to_text(rejection),
              "coin_already_spent: transaction 3, input 0: got a spent coin, expected an unspent "
              "one");
    rejection.transaction.reset();
    EXPECT_EQ(to_text(rejection),
              "coin_already_spent: input 0: got a spent coin, expected an unspent one");
}

TEST(Rejection, PointsAtAnOutputWhereTheRuleIsAboutOutputs) {
    const Rejection rejection{Reason::zero_output, "0.00 BZT", "more", 2, 1};
    EXPECT_EQ(to_text(rejection),
              "zero_output: transaction 2, output 1: got 0.00 BZT, expected more");
}

}  // namespace
}  // namespace bezant
