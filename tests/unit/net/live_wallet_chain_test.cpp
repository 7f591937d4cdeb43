// SPDX-License-Identifier: Apache-2.0
// What a wallet knows of the chain is what all blocks say when they are read anew, through random
// trees, reorganisations, restarts, failed writes, and lives in which it did not follow.
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <csignal>

#include "net/wallet/live_wallet.hpp"
#include "tests/seeds.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/net/naive_wallet.hpp"
#include "tests/unit/storage/deployed.hpp"

namespace bezant::net {
namespace {

using test::ChainBuilder;
using test::TemporaryFolder;

/// A wallet of two of the builder's people, without a secret.
wallet::WalletFile wallet_of(const ChainBuilder& builder, std::size_t first, std::size_t second) {
    wallet::WalletFile file{.genesis = builder.parameters().genesis_hash,
                            .account = {.coin_type = 1, .account = 0},
                            .secret = {},
                            .keys = {}};
    file.keys[0].keys = {builder.person(first).public_key};
    file.keys[1].keys = {builder.person(second).public_key};
    return file;
}

/// A node without neighbours: archive, store and wallet.
class Purse : public test::Deployed {
public:
    Purse(const ChainBuilder& builder, const std::string& folder, bool with_wallet = true)
        : Deployed(builder, folder) {
        if (with_wallet) open_wallet(wallet_of(builder, 0, 1));
    }

    void open_wallet(const wallet::WalletFile& file, Height birthday = {}) {
        if (wallet_) storage().leave(*wallet_);
        wallet_ = LiveWallet::open(
                      file, ledger(), archive(),
                      {.birthday = birthday,
                       .told = [this](const WalletNotice& notice) { told.push_back(notice); }})
                      .value();
        storage().accompany(*wallet_);
    }
    /// The wallet is told of all steps to the next tip, and that they were not written.
    void fail_to_sync() { tell_in_vain(*wallet_); }

    [[nodiscard]] LiveWallet& wallet() { return *wallet_; }

    std::vector<WalletNotice> told;

private:
    std::unique_ptr<LiveWallet> wallet_;
};

NaiveWallet naive_at(const ChainBuilder& builder, const BlockHash& tip, Owners owners) {
    std::vector<const Block*> chain;
    for (const std::size_t number : test::numbers_to(builder, tip))
        chain.push_back(&builder[number].block);
    return {chain, std::move(owners)};
}

void expect_same(const HistoryItem& item, const HistoryItem& expected) {
    EXPECT_EQ(item.payment, expected.payment);
    EXPECT_EQ(item.status, expected.status);
    EXPECT_EQ(item.confirmations, expected.confirmations);
    EXPECT_EQ(item.height, expected.height);
}

/// Coins, money and the confirmed history.
void expect_follows(const ChainBuilder& builder, Purse& purse) {
    LiveWallet& wallet = purse.wallet();
    ASSERT_TRUE(wallet.is_complete());
    const NaiveWallet naive = naive_at(builder, purse.tip(), owners_of(wallet.keyring().keys()));
    WalletBalance balance;
    std::size_t count = 0;
    for (const UnspentCoin& coin : wallet.unspent()) {
        if (coin.confirmations == 0) continue;
        ++count;
        const auto found = naive.coins.find(coin.outpoint);
        ASSERT_NE(found, naive.coins.end());
        const Coin& expected = found->second;
        EXPECT_EQ(coin.output, expected.output);
        EXPECT_EQ(coin.confirmations, naive.height - expected.height.value + 1);
        EXPECT_EQ(coin.is_mature,
                  !expected.coinbase ||
                      naive.height + 1 >= expected.height.value + ChainBuilder::maturity);
        if (coin.is_reserved) continue;
        (coin.is_mature ? balance.spendable : balance.immature).value += coin.output.amount.value;
    }
    ASSERT_EQ(count, naive.coins.size());
    EXPECT_EQ(wallet.balance().spendable, balance.spendable);
    EXPECT_EQ(wallet.balance().immature, balance.immature);
    std::vector<HistoryItem> history = wallet.history(SIZE_MAX);
    std::erase_if(history,
                  [](const HistoryItem& item) { return item.status != PaymentStatus::confirmed; });
    ASSERT_EQ(history.size(), naive.history.size());
    for (std::size_t i = 0; i < history.size(); ++i)
        expect_same(history[history.size() - 1 - i], naive.history[i]);
}

/// Payments of blocks that were left, the naive way: what was on some chain that was followed, is
/// not on this one, and either is ours, or can never come back.
class LeftPayments {
public:
    explicit LeftPayments(const ChainBuilder& builder) : builder_(builder) {}

    void follow(const BlockHash& from, const NaiveWallet& naive_before, const NaiveWallet& naive) {
        for (const std::size_t number : numbers_to(builder_, from)) {
            for (const Transaction& transaction : builder_[number].block.transactions) {
                const TransactionId id = transaction_id(transaction);
                if (transaction.is_coinbase()) {
                    coinbases_.insert(id);
                } else if (naive_before.touches(transaction)) {
                    left_.emplace(id, Left{transaction, naive_before.meaning(transaction, 0)});
                }
            }
        }
        std::erase_if(left_,
                      [&](const auto& each) { return naive.transactions.contains(each.first); });
    }
    /// What was not kept is gone.
    void restart(const NaiveWallet& naive) {
        std::erase_if(left_, [&](const auto& each) {
            return each.second.meaning.sent == Amount{} && !is_dead(each.first, naive);
        });
    }
    [[nodiscard]] std::set<TransactionId> dead(const NaiveWallet& naive) const {
        std::set<TransactionId> dead;
        for (const auto& [id, left] : left_)
            if (is_dead(id, naive)) dead.insert(id);
        return dead;
    }
    /// How many are lost because a coinbase is.
    [[nodiscard]] std::size_t without_coinbase(const NaiveWallet& naive) const {
        return static_cast<std::size_t>(std::ranges::count_if(left_, [&](const auto& each) {
            return std::ranges::any_of(each.second.transaction.inputs, [&](const Input& input) {
                const TransactionId& parent = input.previous.transaction;
                return coinbases_.contains(parent) && !naive.transactions.contains(parent);
            });
        }));
    }
    [[nodiscard]] std::set<TransactionId> waiting(const NaiveWallet& naive) const {
        std::set<TransactionId> waiting;
        for (const auto& [id, left] : left_)
            if (left.meaning.sent > Amount{} && !is_dead(id, naive)) waiting.insert(id);
        return waiting;
    }

private:
    struct Left {
        Transaction transaction;
        WalletPayment meaning;
    };

    [[nodiscard]] bool is_dead(const TransactionId& id, const NaiveWallet& naive) const {
        const auto found = left_.find(id);
        if (found == left_.end()) return false;
        return std::ranges::any_of(found->second.transaction.inputs, [&](const Input& input) {
            const TransactionId& parent = input.previous.transaction;
            return naive.spenders.contains(input.previous) ||
                   (coinbases_.contains(parent) && !naive.transactions.contains(parent)) ||
                   is_dead(parent, naive);
        });
    }

    const ChainBuilder& builder_;
    std::map<TransactionId, Left> left_;
    std::set<TransactionId> coinbases_;
};

std::set<TransactionId> ids_of(const LiveWallet& wallet, PaymentStatus status) {
    std::set<TransactionId> ids;
    for (const HistoryItem& item : wallet.history(SIZE_MAX))
        if (item.status == status) ids.insert(item.payment.id);
    return ids;
}

/// Follows the blocks in the order in which they were grown.
class RandomLife {
public:
    RandomLife(const ChainBuilder& builder, std::uint64_t seed)
        : builder_(builder), random_(seed), left_(builder) {
        start();
        CHECK(purse_->wallet().scan(), "it fits");
    }

    void run() {
        for (std::size_t block = 1; block < builder_.size(); ++block) {
            purse_->take(block);
            if (random_.chance(1, 2)) continue;
            if (random_.chance(1, 3)) purse_->fail_to_sync();
            const NaiveWallet before = naive();
            const BlockHash from = purse_->tip();
            ASSERT_TRUE(purse_->sync());
            left_.follow(from, before, naive());
            if (random_.chance(1, 3)) purse_->forget(random_);
            if (random_.chance(1, 6)) restart();
            ASSERT_NO_FATAL_FAILURE(expect_follows(builder_, *purse_));
            ASSERT_NO_FATAL_FAILURE(expect_left());
        }
    }

    std::size_t lost = 0;            ///< counted at each step
    std::size_t lost_coinbases = 0;  ///< of those, by the loss of a coinbase

private:
    void start() {
        purse_.reset();
        purse_ = std::make_unique<Purse>(builder_, folder_.file("store"));
    }
    void restart() {
        start();
        ASSERT_TRUE(purse_->wallet().is_complete()) << "nothing is read again";
        left_.restart(naive());
    }
    [[nodiscard]] NaiveWallet naive() const {
        return naive_at(builder_, purse_->tip(), owners_of(purse_->wallet().keyring().keys()));
    }
    void expect_left() {
        const NaiveWallet now = naive();
        ASSERT_EQ(ids_of(purse_->wallet(), PaymentStatus::lost), left_.dead(now));
        ASSERT_EQ(ids_of(purse_->wallet(), PaymentStatus::waiting), left_.waiting(now));
        lost += left_.dead(now).size();
        lost_coinbases += left_.without_coinbase(now);
    }

    const ChainBuilder& builder_;
    Random random_;
    TemporaryFolder folder_;
    std::unique_ptr<Purse> purse_;
    LeftPayments left_;
};

TEST(LiveWalletOnAChain, KnowsWhatAllBlocksSay) {
    std::size_t lost = 0;
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(4); ++seed) {
        SCOPED_TRACE(seed);
        ChainBuilder builder{seed};
        builder.grow_tree(70, 5);
        RandomLife life{builder, seed};
        ASSERT_NO_FATAL_FAILURE(life.run());
        lost += life.lost;
    }
    EXPECT_GT(lost, 0U) << "reorganisations took payments away";
}

/// Branches so long that coinbases mature on them, and are spent, before they are left.
TEST(LiveWalletOnAChain, KnowsWhatAllBlocksSayAfterDeepReorganisations) {
    std::size_t lost = 0;
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(3); ++seed) {
        SCOPED_TRACE(seed);
        ChainBuilder builder{seed};
        std::array<std::size_t, 2> tips{};
        for (std::uint32_t height = 6; height <= 24; height += 6) {
            std::size_t& tip = tips[height / 6 % 2];
            while (builder[tip].height < Height{height}) tip = builder.grow(tip, 5);
        }
        RandomLife life{builder, seed};
        ASSERT_NO_FATAL_FAILURE(life.run());
        lost += life.lost_coinbases;
    }
    EXPECT_GT(lost, 0U) << "reorganisations took coinbases away";
}

TEST(LiveWalletOnAChain, CatchesUpWithWhatItDidNotSee) {
    for (std::uint64_t seed = 1; seed <= test::seeds_to_try(4); ++seed) {
        SCOPED_TRACE(seed);
        ChainBuilder builder{seed};
        builder.grow_tree(70);
        Random random{seed};
        const TemporaryFolder folder;
        auto purse = std::make_unique<Purse>(builder, folder.file("store"));
        bool has_wallet = true;
        for (std::size_t block = 1; block < builder.size(); ++block) {
            purse->take(block);
            if (random.chance(1, 2)) continue;
            ASSERT_TRUE(purse->sync());
            // A few blocks at a time, while the chain moves on.
            if (has_wallet && random.chance(1, 2)) {
                const auto done = purse->wallet().scan(static_cast<std::uint32_t>(random.below(4)));
                ASSERT_TRUE(done);
                ASSERT_EQ(*done, purse->wallet().is_complete());
            }
            if (has_wallet && purse->wallet().is_complete()) {
                ASSERT_NO_FATAL_FAILURE(expect_follows(builder, *purse));
            }
            if (random.chance(1, 5)) {
                has_wallet = random.chance(1, 2);
                purse.reset();
                purse = std::make_unique<Purse>(builder, folder.file("store"), has_wallet);
            }
        }
        if (!has_wallet) purse->open_wallet(wallet_of(builder, 0, 1));
        while (!purse->wallet().scan(3).value()) continue;
        ASSERT_NO_FATAL_FAILURE(expect_follows(builder, *purse));
        // Another wallet in the same store finds its own, and takes nothing from the first.
        purse->open_wallet(wallet_of(builder, 2, 3));
        ASSERT_TRUE(purse->wallet().scan().value());
        ASSERT_NO_FATAL_FAILURE(expect_follows(builder, *purse));
        purse->open_wallet(wallet_of(builder, 0, 1));
        ASSERT_TRUE(purse->wallet().is_complete());
        ASSERT_NO_FATAL_FAILURE(expect_follows(builder, *purse));
    }
}

/// Fills the disk, so to say: what is written from now on fails. RocksDB does not survive it, so
/// this goes on in a process that ends here; 0 if all was well.
int outcome_of_a_failed_write() {
    std::signal(SIGXFSZ, SIG_IGN);
    ChainBuilder builder{5};
    std::size_t tip = 0;
    for (int i = 0; i < 12; ++i) tip = builder.grow(tip);
    const TemporaryFolder folder;
    // Not closed: RocksDB would want to write.
    auto* purse = new Purse{builder, folder.file("store")};
    CHECK(purse->wallet().scan(), "it fits");
    for (std::size_t block = 1; block < 7; ++block) purse->take(block);
    CHECK(purse->sync(), "it fits");
    for (std::size_t block = 7; block < builder.size(); ++block) purse->take(block);
    constexpr rlimit nothing{.rlim_cur = 1, .rlim_max = RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &nothing);
    const bool refused = !purse->sync();
    const bool stayed = purse->tip() == builder[6].hash;
    expect_follows(builder, *purse);
    return refused && stayed && !testing::Test::HasFailure() ? 0 : 1;
}

TEST(LiveWalletOnAChain, AWriteThatFailsChangesNothing) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(std::_Exit(outcome_of_a_failed_write()), testing::ExitedWithCode(0), "");
}

TEST(LiveWalletOnAChain, ReadsNothingBelowItsBirthday) {
    ChainBuilder builder{6};
    std::size_t tip = 0;
    for (int i = 0; i < 12; ++i) tip = builder.grow(tip);
    const TemporaryFolder folder;
    Purse purse{builder, folder.file("store"), false};
    for (std::size_t block = 1; block < builder.size(); ++block) purse.take(block);
    ASSERT_TRUE(purse.sync());
    purse.open_wallet(wallet_of(builder, 0, 1), Height{8});
    EXPECT_EQ(purse.wallet().next_height(), Height{8});
    EXPECT_FALSE(purse.wallet().scan(2).value());
    EXPECT_EQ(purse.wallet().next_height(), Height{10});
    ASSERT_TRUE(purse.wallet().scan().value());
    for (const HistoryItem& item : purse.wallet().history(SIZE_MAX))
        EXPECT_GE(item.height.value(), Height{8});
    // One that was born later has all that it needs; one that was born earlier reads again.
    purse.open_wallet(wallet_of(builder, 0, 1), Height{10});
    EXPECT_TRUE(purse.wallet().is_complete());
    purse.open_wallet(wallet_of(builder, 0, 1));
    EXPECT_EQ(purse.wallet().next_height(), Height{0});
    ASSERT_TRUE(purse.wallet().scan().value());
    ASSERT_NO_FATAL_FAILURE(expect_follows(builder, purse));
}

TEST(LiveWalletOnAChain, ReadsAgainOnlyIfKeysWithCoinsAreGone) {
    ChainBuilder builder{8};
    std::size_t tip = 0;
    for (int i = 0; i < 12; ++i) tip = builder.grow(tip);
    const TemporaryFolder folder;
    Purse purse{builder, folder.file("store"), false};
    for (std::size_t block = 1; block < builder.size(); ++block) purse.take(block);
    ASSERT_TRUE(purse.sync());
    const wallet::WalletFile usual = wallet_of(builder, 0, 1);
    wallet::WalletFile more = usual;
    more.keys[0].keys.push_back(test::Person{"nobody yet"}.public_key);
    purse.open_wallet(more);
    ASSERT_TRUE(purse.wallet().scan().value());
    purse.open_wallet(usual);
    EXPECT_TRUE(purse.wallet().is_complete());
    ASSERT_NO_FATAL_FAILURE(expect_follows(builder, purse));
    more.keys[0].keys.push_back(builder.person(2).public_key);
    purse.open_wallet(more);
    EXPECT_FALSE(purse.wallet().is_complete()) << "more keys than it has watched for";
    ASSERT_TRUE(purse.wallet().scan().value());
    ASSERT_NO_FATAL_FAILURE(expect_follows(builder, purse));
    purse.open_wallet(usual);
    EXPECT_FALSE(purse.wallet().is_complete()) << "it knows coins of a key that it has not";
    ASSERT_TRUE(purse.wallet().scan().value());
    ASSERT_NO_FATAL_FAILURE(expect_follows(builder, purse));
}

TEST(LiveWalletOnAChain, HistoryComesInPagesNewestFirst) {
    ChainBuilder builder{7};
    std::size_t tip = 0;
    for (int i = 0; i < 12; ++i) tip = builder.grow(tip);
    const TemporaryFolder folder;
    Purse purse{builder, folder.file("store")};
    for (std::size_t block = 1; block < builder.size(); ++block) purse.take(block);
    ASSERT_TRUE(purse.sync());
    ASSERT_TRUE(purse.wallet().scan().value());
    const std::vector<HistoryItem> all = purse.wallet().history(SIZE_MAX);
    ASSERT_GT(all.size(), 5U);
    const std::vector<HistoryItem> page = purse.wallet().history(3, 2);
    ASSERT_EQ(page.size(), 3U);
    for (std::size_t i = 0; i < page.size(); ++i) expect_same(page[i], all[i + 2]);
    EXPECT_TRUE(purse.wallet().history(3, all.size()).empty());
}

TEST(LiveWalletOnAChain, OfAnotherNetworkIsRefused) {
    const ChainBuilder builder{1};
    const TemporaryFolder folder;
    Purse purse{builder, folder.file("store"), false};
    wallet::WalletFile file = wallet_of(builder, 0, 1);
    file.genesis.bytes[0] ^= 1U;
    EXPECT_EQ(LiveWallet::open(file, purse.ledger(), purse.archive(), {}).error(),
              WalletFault::other_network);
    file = wallet_of(builder, 0, 1);
    file.keys[0].keys.clear();
    EXPECT_EQ(LiveWallet::open(file, purse.ledger(), purse.archive(), {}).error(),
              WalletFault::no_keys);
}

}  // namespace
}  // namespace bezant::net
