// SPDX-License-Identifier: Apache-2.0
#include "wallet/coin_choice.hpp"

#include <algorithm>
#include <optional>

#include "base/check.hpp"
#include "wallet/branch_and_bound.hpp"

namespace bezant::wallet {

namespace {

/// Inputs whose count still takes one byte: up to here, each adds the same to the fee.
constexpr std::size_t small_count_max = 252;

/// The coins that are worth more than their fee, the most valuable first.
class Chooser {
public:
    Chooser(std::vector<SpentCoin> candidates, const ChoiceOrder& order, Random& random)
        : coins_(std::move(candidates)), order_(order), random_(random) {
        std::erase_if(coins_, [&](const SpentCoin& coin) {
            return coin.output.amount <= Amount{input_bytes * order.units_per_byte};
        });
        std::ranges::sort(coins_, [](const SpentCoin& left, const SpentCoin& right) {
            return left.output.amount != right.output.amount
                       ? left.output.amount > right.output.amount
                       : left.coin < right.coin;
        });
    }

    [[nodiscard]] std::optional<CoinChoice> without_change() const;
    [[nodiscard]] std::optional<CoinChoice> at_random();
    [[nodiscard]] Result<CoinChoice, ChoiceError> largest() const;

private:
    [[nodiscard]] std::size_t bytes(std::size_t inputs, std::size_t change_outputs) const {
        return encoded_size_of_transaction(inputs, order_.output_count + change_outputs);
    }
    /// What so many coins must be worth.
    [[nodiscard]] Amount price(std::size_t inputs, std::size_t change_outputs) const {
        return Amount{order_.amount.value + order_.units_per_byte * bytes(inputs, change_outputs)};
    }
    [[nodiscard]] bool fits(std::size_t inputs, std::size_t change_outputs) const {
        return bytes(inputs, change_outputs) <= order_.transaction_bytes_max;
    }
    [[nodiscard]] std::optional<CoinChoice> choice_of(std::vector<SpentCoin> coins,
                                                      Amount sum) const;

    std::vector<SpentCoin> coins_;
    const ChoiceOrder& order_;
    Random& random_;
};

void add(Amount& sum, Amount amount) {
    const auto result = checked_add(sum, amount);
    CHECK(result, "a wallet holds no more than all the money there is");
    sum = *result;
}

/// With change, unless that would be dust. Nothing if the transaction would be too long.
std::optional<CoinChoice> Chooser::choice_of(std::vector<SpentCoin> coins, Amount sum) const {
    const std::size_t count = coins.size();
    const auto change = checked_subtract(sum, price(count, 1));
    const bool has_change = change && *change >= dust_limit(order_.units_per_byte);
    if (!fits(count, has_change ? 1 : 0)) return std::nullopt;
    const Amount left = has_change ? *change : Amount{};
    const auto fee = checked_subtract(sum, Amount{order_.amount.value + left.value});
    CHECK(fee, "the coins chosen are worth what is needed");
    return CoinChoice{std::move(coins), *fee, left};
}

std::optional<CoinChoice> Chooser::without_change() const {
    const std::uint64_t fee_each = input_bytes * order_.units_per_byte;
    std::vector<std::uint64_t> values;
    for (const SpentCoin& coin : coins_) values.push_back(coin.output.amount.value - fee_each);
    const std::uint64_t low = price(0, 0).value;
    const std::uint64_t high = low + cost_of_change(order_.units_per_byte).value;
    const auto places = least_sum_within(values, {low, high, small_count_max});
    if (!places || !fits(places->size(), 0)) return std::nullopt;
    CoinChoice choice;
    Amount sum;
    for (const std::size_t place : *places) {
        choice.coins.push_back(coins_[place]);
        add(sum, coins_[place].output.amount);
    }
    choice.fee = Amount{sum.value - order_.amount.value};
    return choice;
}

std::optional<CoinChoice> Chooser::at_random() {
    std::vector<SpentCoin> drawn = coins_;
    random_.shuffle(drawn);
    Amount sum;
    for (std::size_t count = 1; count <= drawn.size() && fits(count, 1); ++count) {
        add(sum, drawn[count - 1].output.amount);
        const auto change = checked_subtract(sum, price(count, 1));
        if (!change || *change < dust_limit(order_.units_per_byte)) continue;
        drawn.resize(count);
        return choice_of(std::move(drawn), sum);
    }
    return std::nullopt;
}

Result<CoinChoice, ChoiceError> Chooser::largest() const {
    Amount sum;
    for (std::size_t count = 1; count <= coins_.size(); ++count) {
        add(sum, coins_[count - 1].output.amount);
        if (sum < price(count, 0)) continue;
        const auto end = coins_.begin() + static_cast<std::ptrdiff_t>(count);
        auto choice = choice_of({coins_.begin(), end}, sum);
        if (!choice) return unexpected{ChoiceError::too_many_coins};
        return std::move(*choice);
    }
    return unexpected{ChoiceError::insufficient_funds};
}

/// Whether there is something to pay, and no price of these candidates leaves 64 bits.
bool is_in_range(const ChoiceOrder& order, std::size_t candidates) {
    if (order.amount == Amount{} || order.units_per_byte > units_per_byte_max) return false;
    if (encoded_size_of_transaction(1, order.output_count) > order.transaction_bytes_max) {
        return false;
    }
    const std::size_t bytes_max = encoded_size_of_transaction(candidates, order.output_count + 1);
    const Amount room{(bytes_max + 2 * input_bytes) * order.units_per_byte};
    return checked_add(order.amount, room).has_value();
}

}  // namespace

Amount CoinChoice::sum() const {
    Amount sum;
    for (const SpentCoin& coin : coins) add(sum, coin.output.amount);
    return sum;
}

std::string_view to_text(ChoiceError error) {
    switch (error) {
        case ChoiceError::out_of_range:
            return "there is nothing to pay, or more outputs or fee than a payment can have";
        case ChoiceError::insufficient_funds:
            return "the coins are not worth the amount and its fee";
        case ChoiceError::too_many_coins:
            return "it takes more coins than one payment can spend; first pay some of them to "
                   "yourself, as one";
    }
    CHECK(false, "every error has a text");
}

Amount dust_limit(std::uint64_t units_per_byte) {
    return Amount{std::max<std::uint64_t>(1, input_bytes * units_per_byte)};
}

Amount cost_of_change(std::uint64_t units_per_byte) {
    return Amount{(output_bytes + input_bytes) * units_per_byte};
}

Result<CoinChoice, ChoiceError> choose_coins(std::vector<SpentCoin> candidates,
                                             const ChoiceOrder& order, Random& random) {
    if (!is_in_range(order, candidates.size())) return unexpected{ChoiceError::out_of_range};
    Chooser chooser{std::move(candidates), order, random};
    if (auto choice = chooser.without_change()) return std::move(*choice);
    if (auto choice = chooser.at_random()) return std::move(*choice);
    return chooser.largest();
}

}  // namespace bezant::wallet
