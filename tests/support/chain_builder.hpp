// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "base/random.hpp"
#include "rules/block_rules.hpp"
#include "rules/transaction_rules.hpp"
#include "tests/support/block_builder.hpp"
#include "tests/support/coin_map.hpp"
#include "tests/support/keys.hpp"

namespace bezant::test {

/// Grows a random tree of blocks with payments, keeping what the ledger says after each block the
/// plain way: a map of coins a block, and parents walked one by one. Blocks are numbered as they
/// are grown, from genesis with number 0.
class ChainBuilder {
public:
    struct Built {
        Block block;
        BlockHash hash;
        std::size_t parent = 0;  ///< genesis's own is itself
        Height height{};
        std::uint64_t work = 0;           ///< blocks up to here: all have the same target
        CoinMap coins;                    ///< after the block; after its parent if it is bad
        BlockEffect effect;               ///< of a good block
        std::optional<Rejection> fault;   ///< its own
        std::optional<std::size_t> root;  ///< the first bad block on the way from genesis, if any
        bool bad_header = false;

        [[nodiscard]] bool is_valid() const { return !root; }
    };

    static constexpr std::uint32_t maturity = 3;

    explicit ChainBuilder(std::uint64_t seed) : random_(seed), parameters_(make_parameters()) {
        Built genesis;
        genesis.block = parameters_.genesis;
        genesis.hash = parameters_.genesis_hash;
        genesis.work = 1;
        genesis.coins.add_outputs(genesis.block.transactions.front(), Height{0}, false);
        genesis.effect.issued = genesis.coins.unspent_sum();
        built_.push_back(std::move(genesis));
    }

    [[nodiscard]] const Parameters& parameters() const { return parameters_; }
    [[nodiscard]] const Built& operator[](std::size_t number) const { return built_[number]; }
    [[nodiscard]] std::size_t size() const { return built_.size(); }
    [[nodiscard]] const std::vector<Transaction>& payments() const { return payments_; }
    [[nodiscard]] const Person& person(std::size_t number) const { return people()[number]; }
    Random& random() { return random_; }

    /// A good block with up to `payments_max` payments, some of which are in other branches too.
    std::size_t grow(std::size_t parent, std::size_t payments_max = 3) {
        CoinMap coins = built_[parent].coins;
        const Height height = next(built_[parent].height);
        std::vector<Transaction> payments;
        std::uint64_t fees = 0;
        for (std::uint64_t left = random_.below(payments_max + 1); left > 0; --left) {
            const auto payment = payment_on(coins, height);
            if (!payment) break;
            fees += apply_payment(coins, *payment, height).value;
            payments.push_back(*payment);
        }
        // Now and then a miner claims less than he may. Sums modulo 2^64 come out right.
        const std::uint64_t most = subsidy_at(height, parameters_).value + fees;
        const std::uint64_t unclaimed = random_.chance(1, 4) ? random_.below(most + 1) : 0;
        return add(parent, make_block(place_on(parent), miner(), payments, Amount{fees - unclaimed},
                                      parameters_));
    }

    /// A block that breaks a rule in one of several ways.
    std::size_t grow_bad(std::size_t parent) {
        switch (random_.below(3)) {
            case 0:
                return grow_overclaiming(parent);
            case 1:
                return grow_forged(parent);
            default:
                return grow_too_early(parent);
        }
    }

    /// A coinbase that claims one unit too much.
    std::size_t grow_overclaiming(std::size_t parent) {
        return add(parent, make_block(place_on(parent), miner(), {}, Amount{1}, parameters_));
    }

    /// A payment whose signature is not its owner's.
    std::size_t grow_forged(std::size_t parent) {
        auto payment = new_payment(built_[parent].coins, next(built_[parent].height));
        CHECK(payment, "somebody has a coin to spend");
        payment->inputs.front().signature.bytes[0] ^= 1U;
        return add(parent,
                   make_block(place_on(parent), miner(), {*payment}, Amount{0}, parameters_));
    }

    /// A header whose time is not above the median.
    std::size_t grow_too_early(std::size_t parent) {
        BlockPlace place = place_on(parent);
        place.time = context_of(parent).median_time_past;
        const std::size_t number =
            add(parent, make_block(place, miner(), {}, Amount{0}, parameters_));
        built_[number].bad_header = true;
        return number;
    }

    /// A random tree of this many blocks, bushy near its top.
    void grow_tree(std::size_t count, std::uint64_t bad_in_hundred = 0) {
        while (built_.size() < count) {
            const std::size_t parent =
                built_.size() - 1 - random_.below(std::min<std::size_t>(built_.size(), 6));
            if (random_.chance(bad_in_hundred, 100)) {
                grow_bad(parent);
            } else {
                grow(parent);
            }
        }
    }

    /// Whether one block is on the way from genesis to another, that one included.
    [[nodiscard]] bool is_ancestor(std::size_t ancestor, std::size_t block) const {
        while (built_[block].height > built_[ancestor].height) block = built_[block].parent;
        return block == ancestor;
    }

    [[nodiscard]] ParentContext context_of(std::size_t parent) const {
        std::vector<std::uint32_t> times;
        for (std::size_t block = parent; times.size() < 11; block = built_[block].parent) {
            times.push_back(built_[block].block.header.time);
            if (block == 0) break;
        }
        std::ranges::sort(times);
        return {built_[parent].height, built_[parent].block.header.time, times[times.size() / 2]};
    }

    /// A payment that is good in a block of this height on these coins, if there is a coin to
    /// spend: a new one, or one of another branch.
    std::optional<Transaction> payment_on(const CoinMap& coins, Height height) {
        if (!payments_.empty() && random_.chance(1, 3)) {
            const Transaction& again = random_.pick(payments_);
            if (check_payment(again, height, coins, parameters_, verifier_)) return again;
        }
        return new_payment(coins, height);
    }

    std::optional<Transaction> new_payment(const CoinMap& coins, Height height) {
        std::vector<Spend> spends = spendable(coins, height);
        if (spends.empty()) return std::nullopt;
        random_.shuffle(spends);
        spends.resize(std::min<std::size_t>(spends.size(), 1 + random_.below(2)));
        std::uint64_t sum = 0;
        for (const Spend& spend : spends) sum += spend.coin.amount.value;
        const std::uint64_t first = 1 + random_.below(sum);
        std::vector<Output> outputs{{Amount{first}, random_.pick(people()).owner}};
        const std::uint64_t second = random_.below(sum - first + 1);
        if (second > 0) outputs.push_back({Amount{second}, random_.pick(people()).owner});
        payments_.push_back(make_payment(
            spends, outputs, parameters_,
            Height{static_cast<std::uint32_t>(random_.below(height.value + std::uint64_t{1}))}));
        return payments_.back();
    }

    /// Moves the coins by a payment that is good on them, and gives its fee.
    Amount apply_payment(CoinMap& coins, const Transaction& payment, Height height) {
        const auto effect = check_payment(payment, height, coins, parameters_, verifier_);
        CHECK(effect, "the payment is good");
        for (const Input& input : payment.inputs) coins.spend(input.previous);
        coins.add_outputs(payment, height, false);
        return effect->fee;
    }

    /// An output of one of this builder's transactions, to be spent by its owner.
    [[nodiscard]] static Spend spend_of(const Transaction& transaction, std::uint32_t index) {
        return coin_of(transaction, index, owner_of(transaction.outputs.at(index)));
    }

private:
    static const Person& owner_of(const Output& coin) {
        const auto* owner = std::ranges::find(people(), coin.owner, &Person::owner);
        CHECK(owner != people().end(), "coins belong to somebody here");
        return *owner;
    }

    static const std::array<Person, 4>& people() {
        static const std::array<Person, 4> everybody{Person{"alice"}, Person{"bob"},
                                                     Person{"carol"}, Person{"dave"}};
        return everybody;
    }

    static Parameters make_parameters() {
        std::vector<Output> allocation;
        for (const Person& somebody : people()) {
            for (int i = 0; i < 3; ++i) allocation.push_back({bezants(10), somebody.owner});
        }
        Parameters parameters = *built_in_parameters("local", allocation);
        parameters.coinbase_maturity = maturity;
        return parameters;
    }

    const Person& miner() { return random_.pick(people()); }

    BlockPlace place_on(std::size_t parent) {
        const ParentContext context = context_of(parent);
        const auto time = random_.between(context.median_time_past + 1, context.time + 20);
        return {built_[parent].hash, next(built_[parent].height), static_cast<std::uint32_t>(time),
                next_target(context, parameters_)};
    }

    std::vector<Spend> spendable(const CoinMap& coins, Height height) const {
        std::vector<Spend> spends;
        for (const auto& [outpoint, found] : coins.all()) {
            if (found.state != CoinState::unspent) continue;
            if (found.coin.coinbase && height.value < found.coin.height.value + maturity) continue;
            spends.push_back({outpoint, found.coin.output, &owner_of(found.coin.output)});
        }
        return spends;
    }

    /// Siblings may come out the same: the later one takes another nonce.
    void make_unique(BlockHeader& header) const {
        const Uint256 target = *target_from_compact(header.target);
        while (std::ranges::find(built_, block_hash(header), &Built::hash) != built_.end()) {
            do {
                ++header.nonce;
            } while (!meets_target(block_hash(header), target));
        }
    }

    std::size_t add(std::size_t parent, Block block) {
        make_unique(block.header);
        Built child;
        child.hash = block_hash(block.header);
        child.parent = parent;
        child.height = next(built_[parent].height);
        child.work = built_[parent].work + 1;
        child.coins = built_[parent].coins;
        child.root = built_[parent].root;
        auto effect = check_block(block, context_of(parent), child.coins, parameters_, verifier_);
        if (effect) {
            child.coins.apply(*effect);
            child.effect = std::move(*effect);
        } else {
            child.fault = effect.error();
            if (!child.root) child.root = built_.size();
        }
        child.block = std::move(block);
        built_.push_back(std::move(child));
        return built_.size() - 1;
    }

    Random random_;
    Parameters parameters_;
    DirectVerifier verifier_;
    std::deque<Built> built_;
    std::vector<Transaction> payments_;
};

}  // namespace bezant::test
