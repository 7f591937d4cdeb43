// SPDX-License-Identifier: Apache-2.0
#include "mining/share_difficulty.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "base/hex.hpp"
#include "ledger/target.hpp"
#include "mining/difficulty_control.hpp"

namespace bezant::test {
namespace {

using mining::DifficultyControl;
using mining::ShareDifficulty;

/// A target as cpuminer works it out of a difficulty (its diff_to_target), from a double.
Uint256 target_as_programs_have_it(double difficulty) {
    unsigned word = 6;
    for (; word > 0 && difficulty > 1.0; --word) difficulty /= 4'294'967'296.0;
    const auto mantissa = static_cast<std::uint64_t>(4'294'901'760.0 / difficulty);
    return Uint256{mantissa} << (32 * word);
}

TEST(ShareDifficulty, HasTheTargetThatProgramsComputeOfItsNumber) {
    for (int exponent = ShareDifficulty::exponent_min; exponent <= ShareDifficulty::exponent_max;
         ++exponent) {
        const auto difficulty = ShareDifficulty::of_exponent(exponent);
        EXPECT_EQ(difficulty.value(), std::ldexp(1.0, exponent));
        EXPECT_EQ(difficulty.target(), target_as_programs_have_it(difficulty.value())) << exponent;
    }
}

TEST(ShareDifficulty, OfOneIsBitcoinsEasiestBlock) {
    EXPECT_EQ(ShareDifficulty{}.value(), 1);
    EXPECT_EQ(ShareDifficulty{}.target(), target_from_compact(CompactTarget{0x1d00ffff}));
}

TEST(ShareDifficulty, BelowATargetIncludesAllHashesThatMeetIt) {
    for (const std::uint32_t compact :
         {0x207fffffU, 0x1f068db8U, 0x1f00ffffU, 0x1d00ffffU, 0x1d00fffeU, 0x17034219U}) {
        const Uint256 target = target_from_compact(CompactTarget{compact}).value();
        const auto difficulty = ShareDifficulty::below(target);
        EXPECT_GE(difficulty.target(), target);
        EXPECT_LT(ShareDifficulty::of_exponent(difficulty.exponent() + 1).target(), target);
    }
    EXPECT_EQ(ShareDifficulty::below(Uint256::max()).exponent(), ShareDifficulty::exponent_min);
}

TEST(ShareDifficulty, OfANumberIsTheHighestNotAboveIt) {
    EXPECT_EQ(ShareDifficulty::at_most(1).exponent(), 0);
    EXPECT_EQ(ShareDifficulty::at_most(1'000).exponent(), 9);
    EXPECT_EQ(ShareDifficulty::at_most(0.3).exponent(), -2);
    EXPECT_EQ(ShareDifficulty::at_most(0).exponent(), ShareDifficulty::exponent_min);
    EXPECT_EQ(ShareDifficulty::at_most(1e300).exponent(), ShareDifficulty::exponent_max);
}

class Control : public testing::Test {
protected:
    /// Shares come at this interval for so long; it is adjusted every ten seconds, and when
    /// flooded.
    void run(Duration interval, Duration length) {
        const Time end = now + length;
        for (Time next_adjustment = now + seconds(10); now < end;) {
            now = now + interval;
            control.count_share();
            if (now < next_adjustment && !control.is_flooded(now)) continue;
            control.adjust(now, highest);
            next_adjustment = now + seconds(10);
        }
    }

    Time now = from_unix_seconds(1'000'000);
    ShareDifficulty highest = ShareDifficulty::of_exponent(63);
    DifficultyControl control{now, ShareDifficulty::of_exponent(0)};
};

TEST_F(Control, StaysWhereSharesComeAsTheyShould) {
    run(seconds(5), seconds(600));
    EXPECT_EQ(control.current().exponent(), 0);
}

TEST_F(Control, FindsItsPlaceWhateverTheProgramsRateIs) {
    for (const int start : {-20, 0, 20}) {
        for (const int rate : {-15, -3, 0, 4, 12}) {  // shares of difficulty 1 in 5 s: 2^rate
            control = DifficultyControl{now, ShareDifficulty::of_exponent(start)};
            for (int turns = 0; turns < 60; ++turns) {
                const int spare = rate - control.current().exponent();  // shares in 5 s: 2^spare
                now = now + seconds(10);
                const std::int64_t shares =
                    spare > 6 ? 200 : static_cast<std::int64_t>(std::ldexp(2.0, spare));
                for (std::int64_t i = 0; i < shares; ++i) control.count_share();
                control.adjust(now, highest);
            }
            EXPECT_NEAR(control.current().exponent(), rate, 1) << start << " " << rate;
        }
    }
}

TEST_F(Control, RisesAtOnceInAFlood) {
    run(milliseconds(1), milliseconds(200));
    EXPECT_GE(control.current().exponent(), 10);
}

TEST_F(Control, NeverRisesAboveWhatABlockTakes) {
    highest = ShareDifficulty::of_exponent(3);
    run(milliseconds(1), seconds(1));
    EXPECT_EQ(control.current(), highest);
    for (int i = 0; i < 1'000; ++i) control.count_share();
    EXPECT_FALSE(control.is_flooded(now)) << "nothing would help";
    highest = ShareDifficulty::of_exponent(-3);
    control.adjust(now, highest);
    EXPECT_EQ(control.current(), highest);
}

TEST_F(Control, DoesNotMindAClockThatIsSetBack) {
    for (int i = 0; i < 100; ++i) control.count_share();
    control.adjust(now - seconds(3'600), highest);
    EXPECT_EQ(control.current().exponent(), 0);
    now = now - seconds(3'600);
    run(seconds(5), seconds(100));
    EXPECT_EQ(control.current().exponent(), 0);
}

}  // namespace
}  // namespace bezant::test
