// SPDX-License-Identifier: Apache-2.0
#include "fleet/observed_fleet.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <map>

#include "base/hex.hpp"
#include "tests/support/block_builder.hpp"

namespace bezant::fleet {
namespace {

using bezant::test::Person;
using Kind = ToldEvent::Kind;

constexpr Time begun{1'000'000'000};

/// Three participants of whom each has 10 BZT, and the blocks that they can be asked for.
class ObservedFleetTest : public testing::Test {
protected:
    static constexpr std::uint32_t participants = 3;

    ObservedFleetTest() {
        std::vector<Output> allocation;
        for (const Person& owner : owners) allocation.push_back({bezants(10), owner.owner});
        preparation.parameters = *built_in_parameters("local", allocation);
        for (std::size_t i = 0; i < participants; ++i) {
            preparation.members.push_back({.folder = {},
                                           .wallet = {},
                                           .miner = miners.at(i).owner,
                                           .owner = owners.at(i).owner});
        }
        scenario.participants = participants;
        world.emplace(scenario, preparation, begun);
    }

    /// A block of this miner on that one, with these payments.
    Block make(const BlockHeader& parent, Height height, std::size_t miner,
               std::vector<Transaction> payments = {}, Amount fees = {}) {
        const Parameters& parameters = preparation.parameters;
        Block block = test::make_block({.previous = block_hash(parent),
                                        .height = height,
                                        .time = parent.time + 1,
                                        .target = parameters.target_limit},
                                       miners.at(miner), std::move(payments), fees, parameters);
        blocks[block_hash(block.header)] = block;
        return block;
    }
    Block first_of(std::size_t miner) {
        return make(preparation.parameters.genesis.header, Height{1}, miner);
    }

    Result<void, std::string> tell(sim::ParticipantId who, Kind kind, const Block& block,
                                   Duration at) {
        const auto fetch = [this](const BlockHash& hash) -> Result<Block, std::string> {
            ++fetched;
            const auto found = blocks.find(hash);
            if (found == blocks.end()) return unexpected{std::string{"there is no such block"}};
            return found->second;
        };
        return world->take(who,
                           {.kind = kind,
                            .at = begun + at,
                            .block = block_hash(block.header),
                            .payment = {},
                            .reason = "it is wrong"},
                           fetch);
    }

    std::array<Person, participants> owners{Person{"alice"}, Person{"bob"}, Person{"carol"}};
    std::array<Person, participants> miners{Person{"a"}, Person{"b"}, Person{"c"}};
    Preparation preparation;
    sim::Scenario scenario;
    std::optional<ObservedFleet> world;
    std::map<BlockHash, Block> blocks;
    int fetched = 0;
};

/// What observers were told, and when.
struct Told final : sim::Observer {
    void noticed(const sim::ObservedWorld& world, sim::ParticipantId who,
                 const Notice& /*notice*/) override {
        order.emplace_back(who, world.elapsed());
    }
    std::vector<std::pair<sim::ParticipantId, Duration>> order;
};

TEST_F(ObservedFleetTest, PutsWhatManyTellInOrderOfTime) {
    const Block block = first_of(1);
    // The last to have it is heard first.
    ASSERT_TRUE(tell(2, Kind::block_connected, block, milliseconds(30)));
    ASSERT_TRUE(tell(0, Kind::block_connected, block, milliseconds(20)));
    ASSERT_TRUE(tell(1, Kind::block_mined, block, milliseconds(10)));
    ASSERT_TRUE(tell(1, Kind::block_connected, block, milliseconds(10)));
    EXPECT_EQ(fetched, 1) << "a block that is known is not fetched again";
    EXPECT_TRUE(world->all_agree_above(Height{0}));
    Told told;
    world->tell({&told});
    using Entry = std::pair<sim::ParticipantId, Duration>;
    EXPECT_EQ(told.order, (std::vector<Entry>{{1, milliseconds(10)},
                                              {1, milliseconds(10)},
                                              {0, milliseconds(20)},
                                              {2, milliseconds(30)}}));
    const sim::BlockHistory* history = world->history(world->common_tip());
    ASSERT_NE(history, nullptr);
    EXPECT_EQ(history->miner, 1U);
    EXPECT_EQ(history->reached[0], milliseconds(10));
    EXPECT_EQ(history->reached[2], milliseconds(20));
}

TEST_F(ObservedFleetTest, FetchesAncestorsThatNobodyToldOf) {
    const Block first = first_of(0);
    const Block second = make(first.header, Height{2}, 1);
    ASSERT_TRUE(tell(2, Kind::block_connected, second, {}));
    EXPECT_EQ(fetched, 2);
    EXPECT_EQ(world->archive().blocks()[*world->tip_of(2)].height, Height{2});
    EXPECT_FALSE(world->all_agree_above(Height{0})) << "the others are on genesis";
}

TEST_F(ObservedFleetTest, TakesNobodysWordForABlock) {
    Block block = make(preparation.parameters.genesis.header, Height{1}, 0);
    block.transactions.front().outputs.front().amount = bezants(11);
    test::seal(block, miners[0], preparation.parameters);
    blocks[block_hash(block.header)] = block;
    const auto taken = tell(1, Kind::block_connected, block, {});
    ASSERT_FALSE(taken);
    EXPECT_NE(taken.error().find("breaks a rule"), std::string::npos) << taken.error();
    EXPECT_EQ(world->tip_of(1), genesis_index);
}

TEST_F(ObservedFleetTest, IsNoFleetWhereABlockIsRefused) {
    const auto taken = tell(1, Kind::block_refused, first_of(0), {});
    ASSERT_FALSE(taken);
    EXPECT_NE(taken.error().find("participant 1 refused block"), std::string::npos);
    EXPECT_NE(taken.error().find("it is wrong"), std::string::npos);
}

TEST_F(ObservedFleetTest, LearnsWhoseChangeIsWhose) {
    const Person change{"a new key of alice"};
    const Parameters& parameters = preparation.parameters;
    const std::array spends{test::coin_of(parameters.genesis.transactions.front(), 0, owners[0])};
    const Transaction payment = test::make_payment(
        spends, {{bezants(3), owners[1].owner}, {bezants(7), change.owner}}, parameters);
    const Block block = make(parameters.genesis.header, Height{1}, 2, {payment});
    EXPECT_FALSE(world->owner_of(change.owner));
    ASSERT_TRUE(tell(0, Kind::block_connected, block, {}));
    EXPECT_EQ(world->owner_of(change.owner), 0U);
    EXPECT_EQ(world->owner_of(owners[1].owner), 1U);
    EXPECT_EQ(world->owner_of(miners[2].owner), 2U);
}

TEST_F(ObservedFleetTest, CountsWhoHasAPayment) {
    const auto nothing = [](const BlockHash&) -> Result<Block, std::string> {
        return unexpected{std::string{"no payment is fetched"}};
    };
    ToldEvent event{
        .kind = Kind::payment_accepted, .at = begun, .block = {}, .payment = "x", .reason = {}};
    EXPECT_EQ(world->holders_of("x"), 0U);
    for (const sim::ParticipantId who : {0U, 2U, 2U}) ASSERT_TRUE(world->take(who, event, nothing));
    EXPECT_EQ(world->holders_of("x"), 2U);
}

TEST(ToldEvent, IsReadFromWhatANodeSays) {
    const std::string hash(64, 'a');
    const auto event = told_event_from(fmt::format(
        R"({{"event":"block_refused","time":1,"time_us":1500000,"hash":"{}","reason":"late"}})",
        hash));
    ASSERT_TRUE(event);
    EXPECT_EQ(event->kind, Kind::block_refused);
    EXPECT_EQ(event->at, Time{1'500'000});
    EXPECT_EQ(event->reason, "late");
    EXPECT_EQ(to_hex_reversed(event->block.view()), hash);
}

TEST(ToldEvent, IsNothingElse) {
    for (const std::string_view text :
         {"", "{", "[]", "3", R"({"event":"peer_gone","time_us":1})",
          R"({"event":"block_mined","time_us":1,"hash":"ab"})", R"({"event":"block_mined"})",
          R"({"event":5,"time_us":1})", R"({"time_us":1})"})
        EXPECT_FALSE(told_event_from(text)) << text;
}

}  // namespace
}  // namespace bezant::fleet
