// SPDX-License-Identifier: Apache-2.0
// Plans: which cells they have, and how mistakes in them are named.
#include "sweep/plan_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "sweep/latin_hypercube.hpp"

namespace bezant::sweep {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Plan plan_of(std::string_view text, const PlanChanges& changes = {}) {
    const auto plan = plan_from_toml(text, "x.toml", changes);
    EXPECT_TRUE(plan) << (plan ? "" : to_text(plan.error()));
    return plan.value_or(Plan{});
}

std::string error_of(std::string_view text, const PlanChanges& changes = {}) {
    const auto plan = plan_from_toml(text, "x.toml", changes);
    return plan ? "" : to_text(plan.error());
}

std::vector<std::string> written(const Plan& plan, std::size_t key) {
    std::vector<std::string> values;
    for (const auto& cell : plan.cells) values.push_back(cell[key].written);
    return values;
}

TEST(PlanFile, WithoutKeysIsOneCell) {
    const Plan plan = plan_of("");
    EXPECT_EQ(plan.scenario, "classroom");
    EXPECT_EQ(plan.cells.size(), 1U);
    EXPECT_EQ(plan.runs(), 10U);
    EXPECT_TRUE(plan.settings_of(0).empty());
}

TEST(PlanFile, AGridIsEachValueWithEachOther) {
    const Plan plan = plan_of(
        "seeds = 3\nfirst_seed = 7\n[set]\nworkload.rounds = 2\n[grid]\n"
        "participants = { from = 10, to = 21, step = 5 }\n\"link.latency_max\" = [\"80 ms\", 2]\n");
    EXPECT_THAT(plan.keys, ElementsAre("participants", "link.latency_max"));
    EXPECT_THAT(written(plan, 0), ElementsAre("10", "10", "15", "15", "20", "20"));
    EXPECT_THAT(written(plan, 1), ElementsAre("\"80 ms\"", "\"2 s\"", "\"80 ms\"", "\"2 s\"",
                                              "\"80 ms\"", "\"2 s\""));
    EXPECT_EQ(plan.runs(), 18U);
    EXPECT_EQ(plan.seed_of(2), 9);
    EXPECT_THAT(plan.settings_of(3),
                ElementsAre(Setting{"workload.rounds", "2"}, Setting{"participants", "15"},
                            Setting{"link.latency_max", "\"2 s\""}));
}

TEST(PlanFile, ValuesAreStoredAsNumbersWhereTheyAreNumbers) {
    const Plan plan = plan_of(
        "[grid]\nlink.latency_max = [\"250 ms\"]\nlink.loss = [0.05]\nparticipants = [12]\n"
        "network.allocation = [\"2.5\"]\ntopology.generator = [\"ring\"]\ncheckers = [false]\n"
        "mining.shares = [[0.5, 0.5]]\n");
    const auto stored = [&](std::size_t i) { return plan.cells[0][i].stored; };
    using Stored = std::variant<std::int64_t, double, std::string>;
    EXPECT_EQ(stored(0), Stored{0.25});
    EXPECT_EQ(stored(1), Stored{0.05});
    EXPECT_EQ(stored(2), Stored{std::int64_t{12}});
    EXPECT_EQ(stored(3), Stored{2.5});
    EXPECT_EQ(stored(4), Stored{std::string{"ring"}});
    EXPECT_EQ(stored(5), Stored{std::string{"false"}});
    EXPECT_THAT(std::get<std::string>(stored(6)), HasSubstr("0.5"));
}

TEST(PlanFile, AHypercubeIsCombinedWithTheGrid) {
    const Plan plan = plan_of(
        "[grid]\nparticipants = [10, 20]\n[latin_hypercube]\nsamples = 5\n"
        "[latin_hypercube.ranges]\nlink.latency_max = [\"100 ms\", \"600 ms\"]\n"
        "link.loss = [0, 0.5]\n");
    ASSERT_EQ(plan.cells.size(), 10U);
    for (std::size_t cell = 0; cell < 5; ++cell) {
        EXPECT_EQ(plan.cells[cell][0].written, "10");
        EXPECT_EQ(plan.cells[cell + 5][0].written, "20");
        EXPECT_EQ(plan.cells[cell][1], plan.cells[cell + 5][1]);
        EXPECT_EQ(plan.cells[cell][2], plan.cells[cell + 5][2]);
    }
}

// The stratum of a value, by the definition.
std::int64_t stratum_of(std::int64_t value, std::int64_t low, std::int64_t high, std::int64_t n) {
    return (value - low) * n / (high - low + 1);
}

TEST(LatinHypercube, HasEachStratumOfARangeOnce) {
    rc::check([] {
        const auto samples = *rc::gen::inRange<std::uint32_t>(1, 60);
        const auto low = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
        const auto high = low + *rc::gen::inRange<std::int64_t>(samples, 10'000'000);
        const auto values =
            stratified_values(low, high, samples, Random{*rc::gen::arbitrary<std::uint64_t>()});
        std::set<std::int64_t> strata;
        for (const std::int64_t value : values) {
            RC_ASSERT(low <= value && value <= high);
            strata.insert(stratum_of(value, low, high, samples));
        }
        RC_ASSERT(values.size() == samples);
        RC_ASSERT(strata.size() == samples);
    });
}

TEST(LatinHypercube, HasEachValueAsOftenWhereThereAreFew) {
    auto values = stratified_values(3, 5, 7, Random{1});
    std::ranges::sort(values);
    EXPECT_THAT(values, ElementsAre(3, 3, 3, 4, 4, 5, 5));
}

// Both ends of the strata are drawn, and another seed draws others.
TEST(LatinHypercube, DrawsWithinAStratumAndTheOrder) {
    std::set<std::int64_t> first;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const auto values = stratified_values(0, 7, 2, Random{seed});
        first.insert(values.front());
    }
    EXPECT_THAT(first, ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
}

TEST(PlanFile, CommandLinesChangeIt) {
    const PlanChanges changes{.seeds = "4", .settings = {"workload.rounds=1", "link.loss=0.1"}};
    const Plan plan = plan_of("[set]\nworkload.rounds = 2\n[grid]\nparticipants = [3]\n", changes);
    EXPECT_EQ(plan.seeds, 4U);
    EXPECT_THAT(plan.settings,
                ElementsAre(Setting{"workload.rounds", "1"}, Setting{"link.loss", "0.1"}));
    const std::string_view text = "[grid]\nlink.loss = [0.1]\n";
    EXPECT_THAT(error_of(text, {.seeds = "many", .settings = {}}), HasSubstr("--seeds many: "));
    EXPECT_THAT(error_of(text, {.seeds = "0", .settings = {}}), HasSubstr("from 1 to"));
    EXPECT_THAT(error_of(text, {.seeds = {}, .settings = {"link.loss"}}), HasSubstr("KEY=VALUE"));
    EXPECT_THAT(error_of(text, {.seeds = {}, .settings = {"link.los=1"}}), HasSubstr("link.loss"));
    EXPECT_THAT(error_of(text, {.seeds = {}, .settings = {"link.loss=0"}}), HasSubstr("differs"));
    EXPECT_THAT(error_of(text, {.seeds = {}, .settings = {"seed=3"}}), HasSubstr("differs"));
}

// The plan's text, and what its refusal must say.
TEST(PlanFile, MistakesAreNamed) {
    const std::vector<std::pair<std::string, std::string>> mistakes{
        {"seeds = 0\n", "x.toml:1: 'seeds' has a value that it cannot have; write a whole number"},
        {"seds = 3\n", "x.toml:1: unknown key 'seds'; did you mean 'seeds'?"},
        {"[grid\n", "x.toml:1: this is not TOML"},
        {"[grid]\nlink.los = [0.1]\n",
         "x.toml:2: unknown key 'link.los'; did you mean 'link.loss'?"},
        {"[grid]\nlink.loss = [0.1, 2]\n", "x.toml:2: 'link.loss' has a value that it cannot have"},
        {"[grid]\nlink.loss = 0.1\n", "x.toml:2: 'link.loss' is neither a list nor a range"},
        {"[grid]\nlink.loss = []\n", "x.toml:2: a list without a value"},
        {"[grid]\nlink.loss = [0.1, 0.10]\n", "x.toml:2: the value 0.1 is there twice"},
        {"[grid]\nseed = [1, 2]\n", "x.toml:2: 'seed' is no key of a cell"},
        {"[grid]\nparticipants = { from = 9, to = 3, step = 1 }\n",
         "x.toml:2: a range that does not rise"},
        {"[grid]\nparticipants = { from = 1, to = 3 }\n", "x.toml:2: a range without 'step'"},
        {"[grid]\nparticipants = { from = 3, to = 9, step = 0 }\n",
         "x.toml:2: a range that does not rise"},
        {"[grid]\nworkload.kind = { from = 1, to = 3, step = 1 }\n",
         "no values between two others"},
        {"[grid]\nlink.los = { from = 1, to = 3, step = 1 }\n", "did you mean 'link.loss'?"},
        {"[grid]\nnetwork.hashes_per_block = { from = 1, to = 1_000_000, step = 1 }\n",
         "more than 100000 values"},
        {"[set]\nlink.loss = 0.1\n[grid]\nlink.loss = [0.2]\n", "'link.loss' is set in two places"},
        {"measures = []\n", "x.toml:1: 'measures' has a value"},
        {"measures = [\"blocks.stal\"]\n",
         "x.toml:1: no run has a measure 'blocks.stal'; did you mean 'blocks.stale'?"},
        {"measures = [\"blocks.stale\", \"blocks.stale\"]\n", "is there twice"},
        {"[latin_hypercube]\nsamples = 3\n",
         "x.toml:1: 'latin_hypercube' has no 'samples' or no 'ranges'"},
        {"[latin_hypercube]\nsamples = 3\nsede = 1\n[latin_hypercube.ranges]\n",
         "x.toml:3: unknown key 'latin_hypercube.sede'"},
        {"[latin_hypercube]\nsamples = 3\n[latin_hypercube.ranges]\nlink.loss = [0.2, 0.1]\n",
         "x.toml:4: a range that does not rise"},
        {"[latin_hypercube]\nsamples = 3\n[latin_hypercube.ranges]\nlink.loss = [0.2]\n",
         "x.toml:4: 'link.loss' is no range"},
        {"[latin_hypercube]\nsamples = 3\n[latin_hypercube.ranges]\ncheckers = [true, false]\n",
         "no values between two others"},
        {"[stop]\nhalf_width = 1\n", "x.toml:1: 'stop' names no measure"},
        {"[stop]\nmeasure = \"blocks.stale\"\n", "x.toml:1: 'stop' does not say how tight"},
        {"[stop]\nmeasure = \"blocks.stale\"\nhalf_width = 0\n",
         "x.toml:3: 'stop.half_width' has a value"},
        {"[stop]\nmeasure = \"blocks.stale\"\nhalf_with = 1\n", "did you mean 'stop.half_width'?"},
        {"seeds = 3\n[stop]\nmeasure = \"blocks.stale\"\nhalf_width = 1\n",
         "'stop.seeds_min' is more than 'seeds'"},
        {"seeds = 1_000_000\n[grid]\nparticipants = { from = 2, to = 20, step = 1 }\n",
         "more cells or runs than a sweep can have"},
    };
    for (const auto& [text, message] : mistakes)
        EXPECT_THAT(error_of(text), HasSubstr(message)) << text;
}

TEST(PlanHash, IsOfAllThatResultsFollowFrom) {
    const std::string_view base = "[grid]\nparticipants = [3, 4]\n";
    const auto hash = [](std::string_view text, Byte source = 0) {
        Hash256 read;
        read.bytes[0] = source;
        return hash_of(plan_of(text), {read});
    };
    EXPECT_EQ(hash(base),
              hash("name = \"x\"\ndescription = \"y\"\n[grid]\nparticipants = [3, 4]\n"));
    EXPECT_EQ(hash(base), hash("[grid]\nparticipants = { from = 3, to = 4, step = 1 }\n"));
    for (const char* other :
         {"[grid]\nparticipants = [4, 3]\n", "[grid]\nparticipants = [3]\n",
          "seeds = 11\n[grid]\nparticipants = [3, 4]\n",
          "first_seed = 2\n[grid]\nparticipants = [3, 4]\n",
          "scenario = \"stormy\"\n[grid]\nparticipants = [3, 4]\n",
          "measures = [\"blocks.stale\"]\n[grid]\nparticipants = [3, 4]\n",
          "[set]\ncheckers = false\n[grid]\nparticipants = [3, 4]\n",
          "[stop]\nmeasure = \"blocks.stale\"\nhalf_width = 1\n[grid]\nparticipants = [3, 4]\n"})
        EXPECT_NE(hash(base), hash(other)) << other;
    EXPECT_NE(hash(base), hash(base, 1));
}

}  // namespace
}  // namespace bezant::sweep
