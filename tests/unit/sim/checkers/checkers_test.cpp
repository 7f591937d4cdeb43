// SPDX-License-Identifier: Apache-2.0
#include "sim/checkers/checkers.hpp"

#include <gtest/gtest.h>

#include "node/compact_block.hpp"
#include "sim/actor.hpp"
#include "sim/attack.hpp"
#include "tests/unit/sim/scenarios.hpp"
#include "tests/unit/sim/test_ledger.hpp"

namespace bezant::sim {
namespace {

using test::TestLedger;

std::string name_of(const CheckResult& result) { return result ? result->check : "nothing"; }

TipChange step_to(BlockIndex block) {
    return {.from = genesis_index,
            .to = block,
            .disconnected = {},
            .connected = {block},
            .refused = {}};
}

TEST(Checkers, SeeABlockUsedThatNeverCame) {
    TestLedger ledger;
    const BlockIndex block = ledger.add_good_block(genesis_index);
    const TipChange change = step_to(block);
    const PoolChange pool;
    Checkers checkers{ledger.archive, ledger.verifier, TestLedger::participants};
    checkers.arriving(1, BlockMessage{block});
    checkers.noticed(1, TipMoved{change, pool});
    EXPECT_EQ(name_of(checkers.failure()), "nothing");
    checkers.noticed(2, TipMoved{change, pool});
    EXPECT_EQ(name_of(checkers.failure()), "bytes_come_first");
    EXPECT_EQ(checkers.steps(), 2U);
}

TEST(Checkers, KnowWhatOneMadeOrHadOnDisk) {
    TestLedger ledger;
    const BlockIndex block = ledger.add_good_block(genesis_index);
    const TipChange change = step_to(block);
    const PoolChange pool;
    Checkers checkers{ledger.archive, ledger.verifier, TestLedger::participants};
    checkers.noticed(0, BlockMined{block});
    checkers.noticed(0, TipMoved{change, pool});
    checkers.came_to_life(1, std::array{block});
    checkers.noticed(1, TipMoved{change, pool});
    EXPECT_EQ(name_of(checkers.failure()), "nothing");
    checkers.came_to_life(0, {});
    checkers.noticed(0, TipMoved{change, pool});
    EXPECT_EQ(name_of(checkers.failure()), "bytes_come_first");
}

/// Participant 1 and 2 get a block of one payment in compact form.
class CheckersOfCompactBlocks : public testing::Test {
protected:
    CheckersOfCompactBlocks() {
        for (const ParticipantId who : {1U, 2U})
            checkers.arriving(who, make_compact_block(ledger.archive, block, 7));
    }
    std::string what_fires_when_it_is_used_by(ParticipantId who) {
        checkers.noticed(who, TipMoved{change, pool});
        return name_of(checkers.failure());
    }

    TestLedger ledger;
    const Transaction payment = ledger.payment(1, 2);
    const BlockIndex block = ledger.add_good_block(genesis_index, {payment});
    const TransactionIndex index = ledger.archive.body(block).back();
    const TipChange change = step_to(block);
    const PoolChange pool;
    Checkers checkers{ledger.archive, ledger.verifier, TestLedger::participants};
};

TEST_F(CheckersOfCompactBlocks, SeeOneUsedOfWhichAPaymentNeverCame) {
    checkers.arriving(1, PaymentMessage{index});
    EXPECT_EQ(what_fires_when_it_is_used_by(1), "nothing");
    EXPECT_EQ(what_fires_when_it_is_used_by(2), "bytes_come_first");
}

TEST_F(CheckersOfCompactBlocks, TakeMissingTransactionsAndOwnPaymentsForWhatCame) {
    checkers.arriving(1, MissingTransactions{.block = block, .transactions = {payment}});
    EXPECT_EQ(what_fires_when_it_is_used_by(1), "nothing");
    checkers.noticed(2, PaymentAccepted{std::nullopt, index});
    EXPECT_EQ(what_fires_when_it_is_used_by(2), "nothing");
}

TEST_F(CheckersOfCompactBlocks, TakeOwnPaymentsThatWereRefusedForWhatIsThere) {
    const Refusal refusal{PoolFull{{}}};
    checkers.noticed(1, PaymentRefused{std::nullopt, index, refusal});
    EXPECT_EQ(what_fires_when_it_is_used_by(1), "nothing");
    checkers.noticed(2, PaymentRefused{PeerId{1}, index, refusal});
    EXPECT_EQ(what_fires_when_it_is_used_by(2), "bytes_come_first");
}

TEST_F(CheckersOfCompactBlocks, TakePaymentsOfOtherBlocksForWhatCame) {
    const BlockIndex rival = ledger.add_good_block(genesis_index, {payment});
    ASSERT_NE(rival, block);
    checkers.arriving(1, BlockMessage{rival});
    EXPECT_EQ(what_fires_when_it_is_used_by(1), "nothing");
}

TEST_F(CheckersOfCompactBlocks, SeeOneUsedOfWhichOnlyPaymentsCame) {
    checkers.arriving(0, PaymentMessage{index});
    EXPECT_EQ(what_fires_when_it_is_used_by(0), "bytes_come_first");
}

TEST(Checkers, SeeAPaymentUsedThatNeverCame) {
    TestLedger ledger;
    const TransactionIndex payment = ledger.archive.add_transaction(ledger.payment(1, 2));
    Checkers checkers{ledger.archive, ledger.verifier, TestLedger::participants};
    checkers.arriving(0, PaymentMessage{payment});
    checkers.noticed(0, PaymentAccepted{PeerId{0}, payment});
    checkers.noticed(1, PaymentAccepted{std::nullopt, payment});
    EXPECT_EQ(name_of(checkers.failure()), "nothing");
    checkers.noticed(2, PaymentAccepted{PeerId{0}, payment});
    EXPECT_EQ(name_of(checkers.failure()), "bytes_come_first");
}

TEST(Checkers, SeeABadBlockOnABestChain) {
    TestLedger ledger;
    const BlockIndex first = ledger.add_good_block(genesis_index, {ledger.payment(1, 2)});
    const BlockIndex second = ledger.add_block(first, {ledger.payment(1, 0)});
    const TipChange change{
        .from = first, .to = second, .disconnected = {}, .connected = {second}, .refused = {}};
    const PoolChange pool;
    Checkers checkers{ledger.archive, ledger.verifier, TestLedger::participants};
    checkers.arriving(1, BlockMessage{second});
    checkers.noticed(1, TipMoved{change, pool});
    EXPECT_EQ(name_of(checkers.failure()), "no_double_spend");
}

TEST(Checkers, SeeATipThatIsNotWhereItWasSaidToBe) {
    TestLedger ledger;
    const BlockIndex block = ledger.add_good_block(genesis_index);
    const Participant participant{ledger.archive, ledger.keys.of_participant(1), {}, Random{1}};
    const TipChange change = step_to(block);
    const PoolChange pool;
    Checkers checkers{ledger.archive, ledger.verifier, TestLedger::participants};
    checkers.arriving(1, BlockMessage{block});
    checkers.noticed(1, TipMoved{change, pool});
    checkers.handled(1, participant);
    EXPECT_EQ(name_of(checkers.failure()), "tip_is_as_told");
}

/// Passes for honest, and says that it took a block which never reached it.
class Liar final : public Actor {
public:
    explicit Liar(Seat seat) : archive_(seat.archive), honest_(std::move(seat)) {}

    void handle(const Event& event, Time now, Effects& effects) override {
        honest_.handle(event, now, effects);
        const auto* arrived = std::get_if<MessageArrived>(&event);
        if (arrived == nullptr) return;
        const auto* news = std::get_if<Headers>(&arrived->message);
        if (news == nullptr || news->headers.empty()) return;
        const BlockIndex block = news->headers.back();
        if (archive_.blocks()[block].height != Height{1}) return;
        const TipChange change = step_to(block);
        const PoolChange pool;
        effects.notice(TipMoved{change, pool});
    }
    [[nodiscard]] const Participant* participant() const override { return honest_.participant(); }
    [[nodiscard]] bool is_honest() const override { return true; }

private:
    Archive& archive_;
    HonestActor honest_;
};

class SeatALiar final : public Attack {
public:
    std::unique_ptr<Actor> take(Seat& seat, AttackControl& /*control*/) override {
        if (seat.id != 5) return nullptr;
        return std::make_unique<Liar>(std::move(seat));
    }
    [[nodiscard]] AttackOutcome outcome(const World& /*world*/) const override { return {}; }
};

TEST(Checkers, EndARunWithItsSeedAndTheMoment) {
    World world{test::sampled(9, 10), test::ten_participants(), std::make_unique<SeatALiar>()};
    const auto summary = world.run();
    ASSERT_FALSE(summary);
    EXPECT_EQ(summary.error().check, "bytes_come_first");
    EXPECT_EQ(summary.error().seed, 9U);
    EXPECT_NE(summary.error().detail.find("participant 5"), std::string::npos);
    EXPECT_NE(summary.error().detail.find(" s: "), std::string::npos);
}

}  // namespace
}  // namespace bezant::sim
