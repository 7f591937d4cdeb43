// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include "crypto/ed25519.hpp"
#include "rules/block_rules.hpp"

namespace bezant::test {

/// The rules that need coins, as plainly as they can be written: a map of all coins, one question
/// after another, sums that cannot overflow. For blocks whose contents have been checked.
class NaiveRules {
public:
    __extension__ using Sum = __int128;

    std::map<OutPoint, CoinLookup> coins;

    /// The first rule broken and the transaction that breaks it; nothing if the block is valid, and
    /// then `coins` is what it leaves behind.
    std::optional<std::pair<Reason, std::size_t>> check(const Block& block, Height height,
                                                        const Parameters& parameters) {
        Sum fees = 0;
        create(block.transactions[0], height, true);
        for (std::size_t i = 1; i < block.transactions.size(); ++i) {
            const auto broken = broken_by(block.transactions[i], height, parameters);
            if (broken) return std::pair{*broken, i};
            fees += worth_of_inputs(block.transactions[i]) - worth_of(block.transactions[i]);
            for (const Input& input : block.transactions[i].inputs)
                coins[input.previous].state = CoinState::spent;
            create(block.transactions[i], height, false);
        }
        if (worth_of(block.transactions[0]) > subsidy_at(height, parameters).value + fees)
            return std::pair{Reason::coinbase_overclaims, std::size_t{0}};
        return std::nullopt;
    }

private:
    std::optional<Reason> broken_by(const Transaction& payment, Height height,
                                    const Parameters& parameters) {
        if (height.value < payment.lock_height.value) return Reason::locked;
        for (const Input& input : payment.inputs)
            if (!coins.contains(input.previous)) return Reason::unknown_coin;
        std::vector<Output> outputs;
        for (const Input& input : payment.inputs) {
            if (coins[input.previous].state == CoinState::spent) return Reason::coin_already_spent;
            outputs.push_back(coins[input.previous].coin.output);
        }
        for (const Input& input : payment.inputs) {
            const Coin& coin = coins[input.previous].coin;
            if (coin.coinbase && height.value - coin.height.value < parameters.coinbase_maturity)
                return Reason::immature_coinbase;
        }
        for (const Input& input : payment.inputs)
            if (public_key_hash(input.public_key) != coins[input.previous].coin.output.owner)
                return Reason::wrong_owner;
        for (const Input& input : payment.inputs) {
            const Hash256 message = signature_message(payment, outputs, parameters.genesis_hash);
            if (!verify(input.public_key, message.view(), input.signature))
                return Reason::bad_signature;
        }
        if (worth_of(payment) > worth_of_inputs(payment)) return Reason::outputs_exceed_inputs;
        return std::nullopt;
    }

    static Sum worth_of(const Transaction& transaction) {
        Sum sum = 0;
        for (const Output& output : transaction.outputs) sum += output.amount.value;
        return sum;
    }

    Sum worth_of_inputs(const Transaction& payment) {
        Sum sum = 0;
        for (const Input& input : payment.inputs)
            sum += coins[input.previous].coin.output.amount.value;
        return sum;
    }

    void create(const Transaction& transaction, Height height, bool coinbase) {
        for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i)
            coins[{transaction_id(transaction), i}] = {CoinState::unspent,
                                                       {transaction.outputs[i], height, coinbase}};
    }
};

}  // namespace bezant::test
