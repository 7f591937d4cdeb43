// SPDX-License-Identifier: Apache-2.0
// Every way to break the rules, each on a block that is valid but for this one thing, and which an
// attacker has made to look right again in every other way.
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <set>

#include "rules/reading.hpp"
#include "tests/unit/rules/scene.hpp"

namespace bezant::test {
namespace {

using Place = std::optional<std::uint32_t>;
using Deed = std::function<void(Scene&)>;

struct Breach {
    Reason reason;
    Deed commit_it;
    Place transaction{};
    Place input{};
    std::string got{};
    std::string expected{};
};

/// Does all the work that a miner can do so that nothing but the breach can be seen.
void cover_up(Scene& s, Reason reason) {
    if (reason > Reason::merkle_root_mismatch) {
        if (s.coinbase().is_coinbase()) sign_coinbase(s.block, s.miner, s.parameters);
        commit(s.block);
    }
    if (reason != Reason::insufficient_work && target_from_compact(s.block.header.target))
        s.mine_again();
}

void shrink_block_limit(Scene& s) {
    s.parameters.block_bytes_max = static_cast<std::uint32_t>(encoded_size(s.block) - 1);
}
void shrink_transaction_limit(Scene& s) {
    s.parameters.transaction_bytes_max = static_cast<std::uint32_t>(encoded_size(s.payment(3)) - 1);
}
void fail_to_mine(Scene& s) {
    const auto target = *target_from_compact(s.block.header.target);
    while (meets_target(block_hash(s.block.header), target)) ++s.block.header.nonce;
}
Deed aim_at(std::uint32_t target) {
    return [target](Scene& s) { s.block.header.target = CompactTarget{target}; };
}
Spend with_index(Spend coin, std::uint32_t index) {
    coin.outpoint.index = index;
    return coin;
}
Spend claimed_by(Spend coin, const Person& thief) {
    coin.owner = &thief;
    return coin;
}

const std::vector<Breach> breaches_of_blocks{
    {Reason::oversized_block, shrink_block_limit},
    {Reason::unknown_block_version, [](Scene& s) { s.block.header.version = 2; }, {}, {}, "2", "1"},
    {Reason::malformed_target,
     aim_at(0x20800000),
     {},
     {},
     "20800000",
     "the canonical form of a positive number"},
    {Reason::insufficient_work, fail_to_mine},
    {Reason::wrong_target, aim_at(0x207ffffe), {}, {}, "207ffffe", "207fffff"},
    {Reason::time_too_early,
     [](Scene& s) { s.block.header.time = s.parent.median_time_past; },
     {},
     {},
     "1799999950",
     "above 1799999950"},
    {Reason::merkle_root_mismatch, [](Scene& s) { s.block.header.merkle_root.bytes[0] ^= 1; }},
    {Reason::missing_coinbase,
     [](Scene& s) { s.block.transactions.erase(s.block.transactions.begin()); }, 0},
    {Reason::extra_coinbase, [](Scene& s) { s.block.transactions.push_back(s.coinbase()); }, 4},
    {Reason::coinbase_wrong_height,
     [](Scene& s) { s.coinbase().lock_height = Height{22}; },
     0,
     {},
     "height 22",
     "height 21"},
    {Reason::coinbase_bad_signature,
     [](Scene& s) { s.coinbase().inputs.front().public_key = s.carol.public_key; }, 0},
    {Reason::coinbase_overclaims,
     [](Scene& s) { ++s.coinbase().outputs.front().amount.value; },
     0,
     {},
     "10.60000001 BZT",
     "at most 10.60 BZT"},
};

const std::vector<Breach> breaches_of_formats{
    {Reason::oversized_transaction, shrink_transaction_limit, 3},
    {Reason::unknown_transaction_version,
     [](Scene& s) { s.payment(1).version = 2; },
     1,
     {},
     "2",
     "1"},
    {Reason::no_inputs, [](Scene& s) { s.only({s.pay({}, {{bezants(1), s.bob.owner}})}); }, 1},
    {Reason::no_outputs, [](Scene& s) { s.only({s.pay({s.alices_coin}, {})}); }, 1},
    {Reason::zero_output,
     [](Scene& s) {
         s.only({s.pay({s.alices_coin}, {{bezants(1), s.bob.owner}, {{}, s.bob.owner}})});
     },
     1, 1},
    {Reason::amount_overflow,
     [](Scene& s) {
         const Amount all = maximum_supply(s.parameters);
         s.only({s.pay({s.alices_coin}, {{all, s.bob.owner}, {Amount{1}, s.bob.owner}})});
     },
     1, 1, "0.00000001 BZT on top of 21000149.8635 BZT", "at most 21000149.8635 BZT in all"},
    {Reason::duplicate_input,
     [](Scene& s) {
         s.only({s.pay({s.bobs_coin, s.alices_coin, s.bobs_coin}, {{bezants(200), s.bob.owner}})});
     },
     1, 2},
    {Reason::unexpected_coinbase,
     [](Scene& s) {
         s.only({s.pay({s.alices_coin, with_index(s.bobs_coin, coinbase_output_index)},
                       {{bezants(100), s.bob.owner}})});
     },
     1, 1},
};

const std::vector<Breach> breaches_on_coins{
    {Reason::locked,
     [](Scene& s) { s.only({s.pay({s.alices_coin}, {{bezants(100), s.bob.owner}}, Height{22})}); },
     1,
     {},
     "a block of height 21",
     "height 22 or above"},
    {Reason::unknown_coin,
     [](Scene& s) {
         s.only(
             {s.pay({s.bobs_coin, with_index(s.alices_coin, 8)}, {{bezants(150), s.bob.owner}})});
     },
     1, 1},
    {Reason::coin_already_spent,
     [](Scene& s) { s.only({s.pay({s.bobs_coin, s.spent_coin}, {{bezants(57), s.bob.owner}})}); },
     1, 1},
    {Reason::immature_coinbase,
     [](Scene& s) {
         s.only({s.pay({s.mature_coinbase, s.immature_coinbase}, {{bezants(20), s.bob.owner}})});
     },
     1, 1, "a block of height 21", "height 22 or above"},
    {Reason::wrong_owner,
     [](Scene& s) {
         s.only({s.pay({s.bobs_coin, claimed_by(s.alices_coin, s.bob)},
                       {{bezants(150), s.bob.owner}})});
     },
     1, 1},
    {Reason::bad_signature, [](Scene& s) { s.payment(3).inputs[1].signature.bytes[40] ^= 1; }, 3,
     1},
    {Reason::outputs_exceed_inputs,
     [](Scene& s) {
         s.only({s.pay({s.alices_coin},
                       {{bezants(60), s.bob.owner}, {Scene::units("40.00000001"), s.bob.owner}})});
     },
     1,
     {},
     "100.00000001 BZT",
     "at most 100.00 BZT"},
};

std::vector<Breach> all_breaches() {
    std::vector<Breach> all = breaches_of_blocks;
    for (const auto* more : {&breaches_of_formats, &breaches_on_coins})
        all.insert(all.end(), more->begin(), more->end());
    return all;
}

TEST(EveryReason, TheUnbrokenBlockIsValid) {
    const auto effect = Scene{}.check();
    ASSERT_TRUE(effect) << to_text(effect.error());
}

TEST(EveryReason, IsNamedWithItsPlaceWhenItsRuleAloneIsBroken) {
    for (const Breach& breach : all_breaches()) {
        SCOPED_TRACE(to_text(breach.reason));
        Scene scene;
        breach.commit_it(scene);
        cover_up(scene, breach.reason);
        const auto effect = scene.check();
        ASSERT_FALSE(effect);
        const Rejection& rejection = effect.error();
        EXPECT_EQ(rejection.reason, breach.reason) << to_text(rejection);
        EXPECT_EQ(rejection.transaction, breach.transaction) << to_text(rejection);
        EXPECT_EQ(rejection.input, breach.input) << to_text(rejection);
        EXPECT_EQ(rejection.got, breach.got.empty() ? rejection.got : breach.got);
        EXPECT_EQ(rejection.expected,
                  breach.expected.empty() ? rejection.expected : breach.expected);
        EXPECT_FALSE(rejection.got.empty() || rejection.expected.empty());
    }
}

TEST(EveryReason, HasACase) {
    std::set<Reason> reached;
    for (const Breach& breach : all_breaches()) reached.insert(breach.reason);
    // Found where bytes are read: the tests below.
    reached.insert({Reason::malformed_block, Reason::malformed_transaction});
    // Knowledge of the clock: the tests of header rules.
    reached.insert(Reason::time_too_late);
    // Found by whoever holds the tree of blocks: the tests of the chain.
    reached.insert({Reason::unknown_parent, Reason::invalid_parent});
    for (std::size_t i = 0; i < reason_count; ++i) {
        EXPECT_TRUE(reached.contains(static_cast<Reason>(i))) << to_text(static_cast<Reason>(i));
    }
}

TEST(EveryReason, MalformedBlockIsABlockThatIsNotAllOfItsBytes) {
    const Scene scene;
    Bytes bytes = encoded(scene.block);
    EXPECT_EQ(read_block(bytes).value(), scene.block);
    bytes.push_back(0);
    EXPECT_EQ(read_block(bytes).error().reason, Reason::malformed_block);
    bytes.resize(bytes.size() - 2);
    const Rejection rejection = read_block(bytes).error();
    EXPECT_EQ(rejection.reason, Reason::malformed_block);
    EXPECT_FALSE(rejection.got.empty());
    EXPECT_EQ(rejection.expected, "a block's bytes");
}

TEST(EveryReason, MalformedTransactionIsOneThatIsNotAllOfItsBytes) {
    Scene scene;
    Bytes bytes = encoded(scene.payment(1));
    EXPECT_EQ(read_transaction(bytes).value(), scene.payment(1));
    bytes.push_back(0);
    EXPECT_EQ(read_transaction(bytes).error().reason, Reason::malformed_transaction);
    bytes.resize(bytes.size() - 2);
    const Rejection rejection = read_transaction(bytes).error();
    EXPECT_EQ(rejection.reason, Reason::malformed_transaction);
    EXPECT_FALSE(rejection.got.empty());
    EXPECT_EQ(rejection.expected, "a transaction's bytes");
}

/// Breaches from the last reason to the first. None heals those before it, except that the
/// payment's signatures are renewed once, where its amounts change.
const std::vector<std::pair<Reason, Deed>> breaches_backwards{
    {Reason::coinbase_overclaims,
     [](Scene& s) { s.coinbase().outputs.front().amount = bezants(11); }},
    {Reason::outputs_exceed_inputs,
     [](Scene& s) {
         s.payment(3).outputs.front().amount = bezants(31);
         sign(s.payment(3), std::array{s.mature_coinbase, s.bobs_coin}, s.parameters.genesis_hash);
     }},
    {Reason::bad_signature, [](Scene& s) { s.payment(3).inputs[1].signature.bytes[0] ^= 1; }},
    {Reason::wrong_owner, [](Scene& s) { s.payment(3).inputs[1].public_key = s.carol.public_key; }},
    {Reason::immature_coinbase,
     [](Scene& s) { s.payment(3).inputs[1].previous = s.immature_coinbase.outpoint; }},
    {Reason::coin_already_spent,
     [](Scene& s) { s.payment(3).inputs[0].previous = s.spent_coin.outpoint; }},
    {Reason::unknown_coin, [](Scene& s) { ++s.payment(3).inputs[1].previous.index; }},
    {Reason::locked, [](Scene& s) { s.payment(3).lock_height = Height{1000}; }},
    {Reason::unexpected_coinbase,
     [](Scene& s) { s.payment(3).inputs[1].previous.index = coinbase_output_index; }},
    {Reason::duplicate_input,
     [](Scene& s) { s.payment(3).inputs.push_back(s.payment(3).inputs[1]); }},
    {Reason::amount_overflow,
     [](Scene& s) { s.payment(3).outputs[0].amount = Amount{UINT64_MAX}; }},
    {Reason::zero_output, [](Scene& s) { s.payment(3).outputs[1].amount = Amount{}; }},
    {Reason::no_outputs, [](Scene& s) { s.payment(3).outputs.clear(); }},
    {Reason::no_inputs, [](Scene& s) { s.payment(3).inputs.clear(); }},
    {Reason::unknown_transaction_version, [](Scene& s) { s.payment(3).version = 0; }},
    {Reason::oversized_transaction, [](Scene& s) { s.parameters.transaction_bytes_max = 1; }},
    {Reason::coinbase_bad_signature,
     [](Scene& s) { s.coinbase().inputs.front().public_key = s.carol.public_key; }},
    {Reason::coinbase_wrong_height, [](Scene& s) { s.coinbase().lock_height = Height{20}; }},
    {Reason::extra_coinbase, [](Scene& s) { s.block.transactions.push_back(s.coinbase()); }},
    {Reason::missing_coinbase, [](Scene& s) { s.coinbase().inputs.clear(); }},
    {Reason::merkle_root_mismatch, [](Scene& s) { s.block.header.merkle_root = {}; }},
    {Reason::time_too_early, [](Scene& s) { s.block.header.time = 0; }},
    {Reason::wrong_target, aim_at(0x200fffff)},
    {Reason::insufficient_work, fail_to_mine},
    {Reason::malformed_target, aim_at(0)},
    {Reason::unknown_block_version, [](Scene& s) { s.block.header.version = 0; }},
    {Reason::oversized_block, [](Scene& s) { s.parameters.block_bytes_max = 1; }},
};

TEST(EveryReason, TheFirstRuleBrokenIsTheOneNamed) {
    Scene scene;
    for (const auto& [reason, commit_it] : breaches_backwards) {
        SCOPED_TRACE(to_text(reason));
        commit_it(scene);
        cover_up(scene, reason);
        const auto effect = scene.check();
        ASSERT_FALSE(effect);
        ASSERT_EQ(effect.error().reason, reason) << to_text(effect.error());
    }
}

}  // namespace
}  // namespace bezant::test
