// SPDX-License-Identifier: Apache-2.0
#include "report/people.hpp"

#include <gtest/gtest.h>

#include <array>

#include "sim/world.hpp"

namespace bezant::report {
namespace {

/// A ring of so many who have done nothing yet.
class SmallWorld {
public:
    explicit SmallWorld(std::uint32_t participants)
        : world_(scenario_of(participants), ring_of(participants)) {}
    [[nodiscard]] const sim::World& operator*() const { return world_; }

private:
    static sim::Scenario scenario_of(std::uint32_t participants) {
        sim::Scenario scenario;
        scenario.participants = participants;
        return scenario;
    }
    static sim::Graph ring_of(std::uint32_t participants) {
        std::vector<sim::Edge> edges;
        for (std::uint32_t who = 0; who < participants; ++who)
            edges.push_back(sim::edge_of(who, (who + 1) % participants));
        return sim::Graph{participants, std::move(edges)};
    }

    sim::World world_;
};

TEST(People, GoByFirstNamesInSmallWorlds) {
    const SmallWorld world{10};
    const People people{*world, {}};
    EXPECT_EQ(people.name(0), "Alice");
    EXPECT_EQ(people.numbered(9), "9 Judy");
}

TEST(People, GoByNumbersInLargeOnes) {
    const SmallWorld world{27};
    const People people{*world, {}};
    EXPECT_EQ(people.name(17), "#17");
    EXPECT_EQ(people.numbered(17), "#17");
}

TEST(People, GoByTheLabelsOfTheirNetwork) {
    const SmallWorld world{3};
    const std::array<std::string, 3> labels{"Köln", "Bonn", "Aachen"};
    const People people{*world, labels};
    EXPECT_EQ(people.name(1), "Bonn");
    EXPECT_EQ(people.numbered(0), "0 Köln");
    EXPECT_EQ(people.named("participants 0, 1 and 2 and participant 1"),
              "Köln, Bonn and Aachen and Bonn");
}

TEST(People, AreNamedWhereSentencesNumberThem) {
    const SmallWorld world{10};
    const People people{*world, {}};
    EXPECT_EQ(people.named("participant 9 offers"), "Judy offers");
    EXPECT_EQ(people.named("dropped by participants 1, 6 and 7, who"),
              "dropped by Bob, Grace and Heidi, who");
    EXPECT_EQ(people.named("participants 0, 1 and 5 more"), "Alice, Bob and 5 more");
    EXPECT_EQ(people.named("participant 3, 4 blocks later"), "Dave, 4 blocks later");
    EXPECT_EQ(people.named("held by 5 and 5 participants, exactly"),
              "held by 5 and 5 participants, exactly");
    EXPECT_EQ(people.named("participant 10 and participants"), "participant 10 and participants");
}

}  // namespace
}  // namespace bezant::report
