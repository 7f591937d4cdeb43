// SPDX-License-Identifier: Apache-2.0
#include "sim/checkers/ledger_audit.hpp"

#include <gtest/gtest.h>

#include "tests/unit/sim/test_ledger.hpp"

namespace bezant::sim {
namespace {

using test::TestLedger;

std::string name_of(const CheckResult& result) { return result ? result->check : "nothing"; }

TEST(LedgerAudit, CountsWhatTheLedgerSays) {
    TestLedger ledger;
    const BlockIndex first = ledger.add_good_block(genesis_index, {ledger.payment(1, 2)});
    const BlockIndex second =
        ledger.add_good_block(first, {ledger.payment(2, 0, Amount{bezants(10).value - 7})});
    LedgerAudit audit{ledger.archive, ledger.verifier};
    EXPECT_EQ(audit.supply(), bezants(30));
    EXPECT_EQ(name_of(audit.move_to(first)), "nothing");
    EXPECT_EQ(audit.supply(), bezants(40));
    EXPECT_EQ(audit.recount(), bezants(40));
    EXPECT_EQ(audit.balance_of(ledger.owner(1)), Amount{});
    EXPECT_EQ(audit.balance_of(ledger.owner(2)), bezants(20));
    EXPECT_EQ(name_of(audit.move_to(second)), "nothing");
    // The miner left a fee of 7 units unclaimed: they are gone.
    EXPECT_EQ(audit.fees(), Amount{7});
    EXPECT_EQ(audit.supply(), Amount{bezants(50).value - 7});
}

TEST(LedgerAudit, MovesBetweenBranchesAndBack) {
    TestLedger ledger;
    const BlockIndex stem = ledger.add_good_block(genesis_index);
    const BlockIndex left = ledger.add_good_block(stem, {ledger.payment(1, 2)});
    const BlockIndex right = ledger.add_good_block(stem, {ledger.payment(1, 0)});
    const BlockIndex above = ledger.add_good_block(right, {ledger.payment(2, 1)});
    LedgerAudit audit{ledger.archive, ledger.verifier};
    for (const BlockIndex block : {left, above, left, stem, right}) {
        EXPECT_EQ(name_of(audit.move_to(block)), "nothing");
        EXPECT_EQ(audit.at(), block);
        EXPECT_EQ(audit.supply(), ledger.archive.sums(block).supply);
        EXPECT_EQ(audit.recount(), audit.supply());
    }
    EXPECT_EQ(audit.balance_of(ledger.owner(0)), bezants(40));
    EXPECT_EQ(audit.balance_of(ledger.owner(1)), Amount{});
    EXPECT_EQ(audit.move_to(genesis_index), std::nullopt);
    EXPECT_EQ(audit.coin_count(), TestLedger::participants);
    EXPECT_EQ(audit.fees(), Amount{});
}

TEST(LedgerAudit, SeesACoinSpentTwice) {
    TestLedger ledger;
    const BlockIndex first = ledger.add_good_block(genesis_index, {ledger.payment(1, 2)});
    const BlockIndex second = ledger.add_block(first, {ledger.payment(1, 0)});
    LedgerAudit audit{ledger.archive, ledger.verifier};
    EXPECT_EQ(name_of(audit.move_to(second)), "no_double_spend");
}

TEST(LedgerAudit, SeesACoinThatNeverWas) {
    TestLedger ledger;
    const Output fancied{.amount = bezants(5), .owner = ledger.owner(1)};
    const BlockIndex block =
        ledger.add_block(genesis_index, {ledger.payment(1, OutPoint{}, fancied, {fancied})});
    EXPECT_EQ(name_of(LedgerAudit{ledger.archive, ledger.verifier}.move_to(block)),
              "no_double_spend");
}

TEST(LedgerAudit, SeesAForgedSignature) {
    TestLedger ledger;
    const Output coin{.amount = bezants(10), .owner = ledger.owner(1)};
    const Output loot{.amount = bezants(10), .owner = ledger.owner(0)};
    const BlockIndex signed_by_thief =
        ledger.add_block(genesis_index, {ledger.payment(1, ledger.allocation(1), coin, {loot}, 0)});
    EXPECT_EQ(name_of(LedgerAudit{ledger.archive, ledger.verifier}.move_to(signed_by_thief)),
              "signatures_explain_balances");
}

TEST(LedgerAudit, SeesAStrangersKey) {
    TestLedger ledger;
    const Output coin{.amount = bezants(10), .owner = ledger.owner(1)};
    const Output loot{.amount = bezants(10), .owner = ledger.owner(0)};
    const BlockIndex with_key_of_thief =
        ledger.add_block(genesis_index, {ledger.payment(0, ledger.allocation(1), coin, {loot})});
    EXPECT_EQ(name_of(LedgerAudit{ledger.archive, ledger.verifier}.move_to(with_key_of_thief)),
              "signatures_explain_balances");
}

TEST(LedgerAudit, SeesMoneyMadeByAPayment) {
    TestLedger ledger;
    const BlockIndex block =
        ledger.add_block(genesis_index, {ledger.payment(1, 2, Amount{bezants(10).value + 1})});
    EXPECT_EQ(name_of(LedgerAudit{ledger.archive, ledger.verifier}.move_to(block)),
              "supply_conserved");
}

TEST(LedgerAudit, SeesAMinerTakeTooMuch) {
    TestLedger ledger;
    const BlockIndex block =
        ledger.add_block(genesis_index, {ledger.payment(1, 2, Amount{bezants(10).value - 5})},
                         Amount{bezants(10).value + 6});
    EXPECT_EQ(name_of(LedgerAudit{ledger.archive, ledger.verifier}.move_to(block)),
              "supply_conserved");
}

TEST(LedgerAudit, SeesALedgerThatIsShownOtherwise) {
    TestLedger ledger;
    const BlockIndex block = ledger.add_good_block(genesis_index, {ledger.payment(1, 2)});
    const TransactionIndex payment = ledger.archive.body(block).back();
    const CoinIndex created = ledger.archive.transactions()[payment].creates.front();
    // What participants see is broken on purpose: a coin is gone that nobody has spent.
    const_cast<CoinTable&>(ledger.archive.coins()).add_spender(created, block);
    EXPECT_EQ(name_of(LedgerAudit{ledger.archive, ledger.verifier}.move_to(block)),
              "same_tip_same_ledger");
}

TEST(LedgerAudit, SeesASupplyThatIsToldOtherwise) {
    TestLedger ledger;
    const BlockIndex block = ledger.add_good_block(genesis_index);
    const_cast<Archive::Sums&>(ledger.archive.sums(block)).supply = bezants(41);
    EXPECT_EQ(name_of(LedgerAudit{ledger.archive, ledger.verifier}.move_to(block)),
              "supply_conserved");
}

}  // namespace
}  // namespace bezant::sim
