// SPDX-License-Identifier: Apache-2.0
#include "chain/ledger_verification.hpp"

#include <gtest/gtest.h>

#include "chain/signature_memo.hpp"
#include "ledger/ledger_file.hpp"
#include "tests/support/chain_builder.hpp"

namespace bezant {
namespace {

using test::ChainBuilder;

/// The file of the chain up to this block.
Bytes file_of(const ChainBuilder& builder, std::size_t tip) {
    std::vector<const Block*> chain;
    for (std::size_t block = tip; block != 0; block = builder[block].parent)
        chain.insert(chain.begin(), &builder[block].block);
    Bytes file;
    LedgerWriter writer{
        builder.parameters(), static_cast<std::uint32_t>(chain.size()),
        [&](ByteView bytes) { file.insert(file.end(), bytes.begin(), bytes.end()); }};
    for (const Block* block : chain) writer.add(*block);
    writer.finish();
    return file;
}

/// A chain of this many blocks with payments; gives its tip.
std::size_t grow_chain(ChainBuilder& builder, int length) {
    std::size_t tip = 0;
    for (; length > 0; --length) tip = builder.grow(tip);
    return tip;
}

TEST(LedgerVerification, SaysWhatASoundFileHolds) {
    ChainBuilder builder{1};
    const std::size_t tip = grow_chain(builder, 20);
    DirectVerifier verifier;
    std::vector<std::uint32_t> heights;
    const auto account =
        verify_ledger(file_of(builder, tip), verifier, [&](Height height, std::uint32_t count) {
            EXPECT_EQ(count, 20U);
            heights.push_back(height.value);
        });
    ASSERT_TRUE(account) << account.error().detail;
    EXPECT_EQ(account->height, Height{20});
    EXPECT_EQ(account->tip, builder[tip].hash);
    EXPECT_EQ(account->work, Uint256{2 * 21});
    EXPECT_EQ(account->parameters, builder.parameters());
    std::uint64_t transactions = 1;
    std::uint64_t fees = 0;
    for (std::size_t block = tip; block != 0; block = builder[block].parent) {
        transactions += builder[block].block.transactions.size();
        fees += builder[block].effect.fees.value;
    }
    EXPECT_EQ(account->transactions, transactions);
    EXPECT_EQ(account->fees, Amount{fees});
    EXPECT_EQ(account->supply, builder[tip].coins.unspent_sum());
    EXPECT_EQ(account->coins, static_cast<std::uint64_t>(std::ranges::count(
                                  builder[tip].coins.all(), CoinState::unspent,
                                  [](const auto& entry) { return entry.second.state; })));
    EXPECT_EQ(heights.size(), 20U);
    EXPECT_EQ(heights.back(), 20U);
}

TEST(LedgerVerification, NamesTheBlockTheTransactionAndTheCheck) {
    ChainBuilder builder{2};
    const std::size_t parent = grow_chain(builder, 5);
    const std::size_t forged = builder.grow_forged(parent);
    const std::size_t tip = builder.grow(forged, 0);
    DirectVerifier verifier;
    const auto account = verify_ledger(file_of(builder, tip), verifier);
    ASSERT_FALSE(account);
    EXPECT_EQ(account.error().height, Height{6});
    EXPECT_EQ(account.error().block, builder[forged].hash);
    EXPECT_EQ(account.error().transaction, 1U);
    EXPECT_EQ(account.error().check, "bad_signature");
}

TEST(LedgerVerification, NamesABlockThatIsNotTheChildOfTheOneBefore) {
    ChainBuilder builder{3};
    const std::size_t first = builder.grow(0);
    const std::size_t second = builder.grow(first);
    const std::size_t stranger = builder.grow(0);
    Bytes file;
    LedgerWriter writer{builder.parameters(), 3, [&](ByteView bytes) {
                            file.insert(file.end(), bytes.begin(), bytes.end());
                        }};
    for (const std::size_t block : {first, stranger, second}) writer.add(builder[block].block);
    writer.finish();
    DirectVerifier verifier;
    const auto account = verify_ledger(file, verifier);
    ASSERT_FALSE(account);
    EXPECT_EQ(account.error().height, Height{2});
    EXPECT_EQ(account.error().block, builder[stranger].hash);
    EXPECT_EQ(account.error().check, "unknown_parent");
}

TEST(LedgerVerification, NoticesEveryByteThatIsAltered) {
    ChainBuilder builder{4};
    const Bytes file = file_of(builder, grow_chain(builder, 4));
    DirectVerifier direct;
    SignatureMemo verifier{direct};
    ASSERT_TRUE(verify_ledger(file, verifier));
    for (std::size_t i = 0; i < file.size(); ++i) {
        Bytes altered = file;
        altered[i] ^= static_cast<Byte>(1U << (i % 8));
        ASSERT_FALSE(verify_ledger(altered, verifier)) << "byte " << i;
    }
}

TEST(LedgerVerification, NoticesWhereverItIsCutOff) {
    ChainBuilder builder{5};
    const Bytes file = file_of(builder, grow_chain(builder, 3));
    DirectVerifier direct;
    SignatureMemo verifier{direct};
    for (std::size_t left = 0; left < file.size(); ++left)
        ASSERT_FALSE(verify_ledger(ByteView{file}.first(left), verifier)) << left << " bytes left";
    Bytes longer = file;
    longer.push_back(0);
    ASSERT_FALSE(verify_ledger(longer, verifier));
    EXPECT_FALSE(verify_ledger(longer, verifier).error().height);
}

}  // namespace
}  // namespace bezant
