// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario_file.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "sim/attacks/make_attack.hpp"

namespace bezant::sim {
namespace {

using testing::HasSubstr;

Scenario read(std::string_view text) {
    auto scenario = scenario_from_toml(text, "test.toml");
    EXPECT_TRUE(scenario) << to_text(scenario.error());
    return scenario ? *scenario : Scenario{};
}

std::string error_of(std::string_view text) {
    const auto scenario = scenario_from_toml(text, "test.toml");
    return scenario ? "no error" : to_text(scenario.error());
}

std::string set_error(std::string_view key, std::string_view value) {
    Scenario scenario;
    const auto done = set_scenario_key(scenario, key, value);
    return done ? "no error" : to_text(done.error());
}

TEST(ScenarioFile, ValuesGoWhereTheyBelong) {
    const Scenario scenario = read(R"(
name = "mine"
seed = 7
participants = 12
[network]
proof_of_work = "sampled"
hashes_per_block = 5000
allocation = "12.5"
[link]
latency_min = "1500 us"
latency_max = 2
loss = 0.125
[mining]
shares = [0.25, 0.75]
[workload]
kind = "stream"
duration = "2 h"
)");
    EXPECT_EQ(scenario.name, "mine");
    EXPECT_EQ(scenario.seed, 7U);
    EXPECT_EQ(scenario.participants, 12U);
    EXPECT_EQ(scenario.network.proof_of_work, ProofOfWork::sampled);
    EXPECT_EQ(scenario.network.hashes_per_block, 5000U);
    EXPECT_EQ(scenario.network.allocation, Amount{1'250'000'000});
    EXPECT_EQ(scenario.link.latency_min, microseconds(1500));
    EXPECT_EQ(scenario.link.latency_max, seconds(2));
    EXPECT_EQ(scenario.link.loss, 125'000U);
    EXPECT_EQ(scenario.mining.shares, (std::vector<PartsPerMillion>{250'000, 750'000}));
    EXPECT_EQ(scenario.workload.kind, WorkloadKind::stream);
    EXPECT_EQ(scenario.workload.duration, seconds(7200));
}

TEST(ScenarioFile, FaultsAreReadInOrder) {
    const Scenario scenario = read(R"(
[[fault]]
kind = "partition"
at = "1 min"
participants = [0, 1, 2]
[[fault]]
kind = "heal"
at = "2 min"
)");
    ASSERT_EQ(scenario.faults.size(), 2U);
    EXPECT_EQ(scenario.faults[0].kind, FaultKind::partition);
    EXPECT_EQ(scenario.faults[0].at, seconds(60));
    EXPECT_EQ(scenario.faults[0].participants, (std::vector<std::uint32_t>{0, 1, 2}));
    EXPECT_EQ(scenario.faults[1].kind, FaultKind::heal);
}

TEST(ScenarioFile, UnknownKeyNamesItsLineAndTheKeyThatWasMeant) {
    const std::string error = error_of("seed = 1\n[link]\nlatencey_min = \"3 s\"\n");
    EXPECT_THAT(error, HasSubstr("test.toml:3"));
    EXPECT_THAT(error, HasSubstr("unknown key 'link.latencey_min'"));
    EXPECT_THAT(error, HasSubstr("did you mean 'link.latency_min'?"));
}

TEST(ScenarioFile, UnknownTableIsAnError) {
    EXPECT_THAT(error_of("[netwrok]\nrules = \"local\"\n"), HasSubstr("unknown key 'netwrok'"));
}

TEST(ScenarioFile, WrongTypesAndImpossibleValuesSayWhatToWrite) {
    EXPECT_THAT(error_of("participants = \"ten\""), HasSubstr("whole number from 2 to"));
    EXPECT_THAT(error_of("participants = 1"), HasSubstr("whole number from 2 to"));
    EXPECT_THAT(error_of("participants = -4"), HasSubstr("whole number from 2 to"));
    EXPECT_THAT(error_of("participants = 2.5"), HasSubstr("whole number"));
    EXPECT_THAT(error_of("participants = true"), HasSubstr("whole number"));
    EXPECT_THAT(error_of("link.loss = 1.5"), HasSubstr("from 0 to 1"));
    EXPECT_THAT(error_of("link.loss = nan"), HasSubstr("from 0 to 1"));
    EXPECT_THAT(error_of("link.jitter = \"3 weeks\""), HasSubstr("with a unit of"));
    EXPECT_THAT(error_of("link.jitter = \"99999999999999999999 s\""), HasSubstr("with a unit of"));
    EXPECT_THAT(error_of("link.jitter = \"9223372036854775807 d\""), HasSubstr("with a unit of"));
    EXPECT_THAT(error_of("network.allocation = \"1.123456789\""), HasSubstr("eight decimals"));
    EXPECT_THAT(error_of("network.allocation = 0.5"), HasSubstr("in quotes"));
    EXPECT_THAT(error_of("network.rules = \"clasroom\""), HasSubstr("did you mean \"classroom\"?"));
    EXPECT_THAT(error_of("checkers = 1"), HasSubstr("true or false"));
    EXPECT_THAT(error_of("link = 3"), HasSubstr("unknown key 'link'"));
    EXPECT_THAT(error_of("fault = 3"), HasSubstr("[[fault]]"));
    EXPECT_THAT(error_of("[[fault]]\nkind = \"heal\""), HasSubstr("no 'at'"));
    EXPECT_THAT(error_of("[[fault]]\nkind = \"heal\"\nat = 3\nwhom = [1]"),
                HasSubstr("unknown key 'fault.whom'"));
    EXPECT_THAT(error_of("seed = \n"), HasSubstr("this is not TOML"));
}

TEST(ScenarioFile, SharesOfAnAttackAreFromNothingToAll) {
    for (const std::string key : {"attack.gamma", "attack.hash_share"}) {
        for (const std::string value :
             {"1.0001", "-0.1", "nan", "inf", "\"half\"", "true", "[0.5]"}) {
            const std::string text = fmt::format("seed = 1\n{} = {}", key, value);
            EXPECT_THAT(error_of(text), HasSubstr("test.toml:2")) << text;
            EXPECT_THAT(error_of(text), HasSubstr(key)) << text;
            EXPECT_THAT(error_of(text), HasSubstr("from 0 to 1")) << text;
        }
        EXPECT_THAT(set_error(key, "1.5"), HasSubstr(fmt::format("--set {}=1.5", key)));
    }
    EXPECT_EQ(read("attack.gamma = 1").attack.gamma, one_million);
    EXPECT_EQ(read("attack.gamma = 0.0").attack.gamma, 0U);
    EXPECT_EQ(read("attack.hash_share = 0.35").attack.hash_share, 350'000U);
    EXPECT_FALSE(read("seed = 1").attack.gamma);
    EXPECT_FALSE(read("seed = 1").attack.hash_share);
}

TEST(ScenarioFile, LongTextIsRefusedUnread) {
    EXPECT_THAT(error_of(std::string(2'000'000, '#')), HasSubstr("too large"));
}

TEST(SetKey, QuotesMayBeLeftOff) {
    Scenario scenario;
    ASSERT_TRUE(set_scenario_key(scenario, "link.latency_min", "5 ms"));
    ASSERT_TRUE(set_scenario_key(scenario, "network.rules", "local"));
    ASSERT_TRUE(set_scenario_key(scenario, "link.loss", "0.5"));
    ASSERT_TRUE(set_scenario_key(scenario, "mining.shares", "[0.5, 0.5]"));
    EXPECT_EQ(scenario.link.latency_min, milliseconds(5));
    EXPECT_EQ(scenario.network.rules, "local");
    EXPECT_EQ(scenario.link.loss, one_million / 2);
}

TEST(SetKey, ErrorsNameTheFlag) {
    EXPECT_THAT(set_error("link.los", "0.5"), HasSubstr("--set link.los=0.5: unknown key"));
    EXPECT_THAT(set_error("seed", "x"), HasSubstr("whole number"));
    EXPECT_THAT(set_error("a b = c", "'''"), HasSubstr("KEY=VALUE"));
    EXPECT_THAT(set_error("seed = 1\nparticipants", "5\nname = 3"),
                testing::Not(HasSubstr("no error")));
}

TEST(CheckScenario, BuiltInScenariosAreSound) {
    std::size_t scenarios = 0;
    for (const BuiltInFile& file : built_in_files()) {
        if (!file.name.ends_with(".toml") || file.name == "internet_2019.toml" ||
            file.name.ends_with(".sweep.toml"))
            continue;
        const auto scenario = scenario_from_toml(file.text, file.name);
        ASSERT_TRUE(scenario) << to_text(scenario.error());
        const auto sound = check_scenario(*scenario);
        EXPECT_TRUE(sound) << to_text(sound.error());
        EXPECT_EQ(scenario->name + ".toml", file.name);
        EXPECT_FALSE(scenario->description.empty()) << file.name;
        ++scenarios;
    }
    EXPECT_GE(scenarios, 3U);
    EXPECT_FALSE(built_in_file("nonsense.toml"));
}

TEST(CheckScenario, NamesWhatCannotBe) {
    Scenario good = read(*built_in_file("classroom.toml"));
    const auto error_with = [&](auto change) {
        Scenario scenario = good;
        change(scenario);
        const auto sound = check_scenario(scenario);
        return sound ? std::string{"no error"} : to_text(sound.error());
    };
    EXPECT_EQ(error_with([](Scenario&) {}), "no error");
    EXPECT_THAT(error_with([](Scenario& s) { s.topology.generator = "ring"; }), HasSubstr("both"));
    EXPECT_THAT(error_with([](Scenario& s) { s.topology.file.clear(); }),
                HasSubstr("nothing says"));
    EXPECT_THAT(error_with([](Scenario& s) { s.link.latency_min = seconds(9); }),
                HasSubstr("latency_max"));
    EXPECT_THAT(error_with([](Scenario& s) { s.mining.shares = {1}; }),
                HasSubstr("1 share for 10"));
    EXPECT_THAT(error_with([](Scenario& s) { s.mining.shares.assign(10, 1); }),
                HasSubstr("add up"));
    EXPECT_THAT(error_with([](Scenario& s) { s.mining.miners = 11; }), HasSubstr("more miners"));
    EXPECT_THAT(error_with([](Scenario& s) { s.workload.amount_min = Amount{}; }),
                HasSubstr("amount"));
    EXPECT_THAT(error_with([](Scenario& s) { s.workload.fee_min = bezants(1); }),
                HasSubstr("fee_max"));
    EXPECT_THAT(error_with([](Scenario& s) { s.workload.kind = WorkloadKind::stream; }),
                HasSubstr("without end"));
    EXPECT_THAT(error_with([](Scenario& s) {
                    s.attack.kind = AttackKind::forge;
                    s.attack.attacker = 10;
                }),
                HasSubstr("no participant 10"));
    EXPECT_THAT(error_with([](Scenario& s) {
                    s.attack.kind = AttackKind::forge;
                    s.attack.victim = s.attack.attacker;
                }),
                HasSubstr("own victim"));
    EXPECT_THAT(error_with([](Scenario& s) { s.faults.push_back({}); }),
                HasSubstr("strikes nobody"));
    EXPECT_THAT(error_with([](Scenario& s) { s.participant.outbound_slots = 8; }),
                HasSubstr("write discovery.on = true"));
    EXPECT_THAT(error_with([](Scenario& s) { s.attack.kind = AttackKind::eclipse; }),
                HasSubstr("write discovery.on = true"));
    good.discovery.on = true;
    EXPECT_THAT(error_with([](Scenario&) {}), HasSubstr("call nobody"));
    good.participant.outbound_slots = 8;
    EXPECT_EQ(error_with([](Scenario&) {}), "no error");
    EXPECT_THAT(error_with([](Scenario& s) { s.attack.kind = AttackKind::forge; }),
                HasSubstr("whose links are given"));
    EXPECT_THAT(error_with([](Scenario& s) {
                    s.workload.kind = WorkloadKind::stream;
                    s.workload.blocks = 1;
                    s.model = Model::relay;
                }),
                HasSubstr("have the links that the topology gives"));
}

TEST(CheckScenario, NamesWhatAMiningStrategyCannotDo) {
    for (const AttackHelp& attack : attack_help()) {
        Scenario scenario = read(*built_in_file("classroom.toml"));
        scenario.attack.kind = attack.kind;
        if (attack.kind == AttackKind::eclipse) continue;  // not on links that are given
        const bool is_strategy =
            attack.kind >= AttackKind::selfish && attack.kind <= AttackKind::optimal_selfish;
        scenario.attack.hash_share = one_million / 2 - 1;
        EXPECT_TRUE(check_scenario(scenario)) << attack.name;
        scenario.attack.hash_share = one_million / 2;
        const auto half = check_scenario(scenario);
        EXPECT_EQ(half.has_value(), !is_strategy) << attack.name;
        if (!half) {
            EXPECT_THAT(to_text(half.error()), HasSubstr("attack.hash_share"));
            EXPECT_THAT(to_text(half.error()), HasSubstr("needs no strategy"));
            EXPECT_THAT(to_text(half.error()), HasSubstr("make it less than 0.5"));
        }
    }
}

TEST(CheckScenario, NamesWhereThereAreTooFewForATie) {
    Scenario scenario = read(*built_in_file("selfish.toml"));
    scenario.attack.attacker = 2;
    scenario.participants = 4;
    EXPECT_TRUE(check_scenario(scenario)) << "a tie network of four";
    scenario.participants = 3;
    const auto few = check_scenario(scenario);
    ASSERT_FALSE(few);
    EXPECT_THAT(to_text(few.error()), HasSubstr("participants: too few for the attack"));
    EXPECT_THAT(to_text(few.error()), HasSubstr("it takes 4 or more"));
    scenario.attack.gamma.reset();
    EXPECT_TRUE(check_scenario(scenario)) << "the network stays as it is";
}

/// The document's table is the program's table: every key, its type, its default and its meaning.
TEST(ScenarioDocument, ListsEveryKeyAsTheProgramHasIt) {
    std::ifstream file{std::string{BEZANT_SOURCE_DIR} + "/docs/scenarios.md"};
    std::stringstream document;
    document << file.rdbuf();
    for (const ScenarioKey& key : scenario_keys()) {
        const std::string row = fmt::format("| `{}` | {} | `{}` | {} |\n", key.path, key.type,
                                            key.default_text, key.meaning);
        EXPECT_THAT(document.str(), HasSubstr(row));
    }
}

}  // namespace
}  // namespace bezant::sim
