// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <vector>

#include "base/random.hpp"
#include "rules/block_rules.hpp"
#include "tests/support/block_builder.hpp"
#include "tests/support/coin_map.hpp"
#include "tests/support/keys.hpp"

namespace bezant::test {

/// A small economy that makes random blocks, one on another: payments between four people, many of
/// them of coins that the same block created. Each step may slip with the given probability in a
/// hundred, which breaks a rule that needs coins; format and signatures of the coinbase stay right.
class RandomBlocks {
public:
    RandomBlocks(std::uint64_t seed, std::uint64_t slips_in_hundred)
        : random_(seed), slips_in_hundred_(slips_in_hundred) {
        parameters_.coinbase_maturity = 2;
        parameters_.halving_interval = 4;
        for (std::uint32_t i = 0; i < 12; ++i)
            coins_.add({TransactionId{}, i},
                       {{Amount{1 + random_.below(1'000'000)}, somebody().owner},
                        Height{static_cast<std::uint32_t>(random_.below(4))},
                        random_.chance(1, 3)});
    }

    [[nodiscard]] const Parameters& parameters() const { return parameters_; }
    [[nodiscard]] const CoinMap& coins() const { return coins_; }
    [[nodiscard]] ParentContext parent() const { return {height_, time_, time_}; }

    [[nodiscard]] Block block() {
        CoinMap now = coins_;
        Amount fees;
        std::vector<Transaction> payments;
        for (std::uint64_t left = random_.below(6); left > 0; --left)
            payments.push_back(payment(now, fees));
        std::erase_if(payments, [](const Transaction& made) { return made.inputs.empty(); });
        const BlockPlace place{previous_, next(height_), time_ + 1, parameters_.target_limit};
        Block block = make_block(place, people_[0], std::move(payments), fees, parameters_);
        vary_claim(block);
        seal(block, people_[0], parameters_);
        return block;
    }

    void connect(const Block& block, const BlockEffect& effect) {
        coins_.apply(effect);
        previous_ = block_hash(block.header);
        height_ = next(height_);
        ++time_;
    }

private:
    const Person& somebody() { return random_.pick(people_); }
    const Person& owner_of(const Output& coin) const {
        return *std::ranges::find(people_, coin.owner, &Person::owner);
    }
    bool slip() { return random_.chance(slips_in_hundred_, 100); }

    [[nodiscard]] bool can_be_spent(const CoinLookup& found) const {
        const std::uint32_t since =
            found.coin.coinbase ? found.coin.height.value + parameters_.coinbase_maturity : 0;
        return found.state == CoinState::unspent && next(height_).value >= since;
    }

    std::vector<Spend> choose_coins(const CoinMap& now) {
        std::vector<Spend> chosen;
        const bool any = slip();
        for (const auto& [outpoint, found] : now.all())
            if (any || can_be_spent(found))
                chosen.push_back({outpoint, found.coin.output, &owner_of(found.coin.output)});
        random_.shuffle(chosen);
        chosen.resize(std::min<std::size_t>(chosen.size(), 1 + random_.below(3)));
        return chosen;
    }

    std::vector<Output> split(std::uint64_t sum) {
        std::vector<Output> outputs;
        for (std::uint64_t more = random_.below(3); more > 0 && sum > 1; --more) {
            const std::uint64_t part = 1 + random_.below(sum - 1);
            outputs.push_back({Amount{part}, somebody().owner});
            sum -= part;
        }
        outputs.push_back({Amount{sum}, somebody().owner});
        return outputs;
    }

    /// A payment of coins that are there now, which it spends; one without inputs if there are
    /// none.
    Transaction payment(CoinMap& now, Amount& fees) {
        std::vector<Spend> spends = choose_coins(now);
        if (spends.empty()) return {};
        std::uint64_t sum = 0;
        for (const Spend& spend : spends) sum += spend.coin.amount.value;
        const std::uint64_t fee = random_.below(std::min<std::uint64_t>(sum, 1000));
        std::vector<Output> outputs = split(sum - fee);
        if (slip()) outputs.back().amount.value += fee + random_.below(2);
        for (const Spend& spend : spends) now.spend(spend.outpoint);
        if (slip()) spends.back().outpoint.index += 1000;
        if (slip()) spends.front().owner = &somebody();
        const std::uint32_t lock_max = next(height_).value + (slip() ? 1 : 0);
        const Height lock{static_cast<std::uint32_t>(random_.below(lock_max + 1))};
        Transaction made = make_payment(spends, std::move(outputs), parameters_, lock);
        if (slip()) made.inputs.back().signature.bytes[random_.below(64)] ^= 1;
        now.add_outputs(made, next(height_), false);
        fees.value += fee;
        return made;
    }

    /// Claims less than all at times, or more by a slip.
    void vary_claim(Block& block) {
        auto& outputs = block.transactions.front().outputs;
        if (outputs.empty()) return;
        std::uint64_t& claim = outputs.front().amount.value;
        if (random_.chance(1, 4)) claim = random_.below(claim + 1);
        if (slip()) ++claim;
        if (claim == 0) outputs.clear();
    }

    Random random_;
    std::uint64_t slips_in_hundred_;
    Parameters parameters_ = *built_in_parameters("local");
    std::vector<Person> people_{Person{"miner"}, Person{"alice"}, Person{"bob"}, Person{"carol"}};
    CoinMap coins_;
    BlockHash previous_;
    Height height_{3};
    std::uint32_t time_ = 1'800'000'000;
};

}  // namespace bezant::test
