// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/crafted_payment.hpp"

#include <algorithm>
#include <utility>

namespace bezant::sim {

namespace {

bool can_be_spent(const Archive& archive, const CoinLookup& found, BlockIndex tip) {
    if (found.state != CoinState::unspent) return false;
    const std::uint64_t height = std::uint64_t{archive.blocks()[tip].height.value} + 1;
    return !found.coin.coinbase || height >= std::uint64_t{found.coin.height.value} +
                                                 archive.parameters().coinbase_maturity;
}

}  // namespace

std::optional<NamedCoin> largest_coin(const Archive& archive, BlockIndex tip,
                                      const PublicKeyHash& owner) {
    const CoinTable& coins = archive.coins();
    std::optional<NamedCoin> largest;
    for (std::uint32_t index = 0; index < coins.size(); ++index) {
        const CoinIndex coin{index};
        const Output* output = coins.output(coin);
        if (output == nullptr || output->owner != owner) continue;
        if (largest && output->amount <= largest->output.amount) continue;
        if (!can_be_spent(archive, coins.at(coin, tip, archive.blocks()), tip)) continue;
        largest = NamedCoin{.name = coins.outpoint(coin), .output = *output};
    }
    return largest;
}

Transaction craft_payment(const NamedCoin& coin, std::vector<Output> outputs, const Hand& hand,
                          const BlockHash& genesis) {
    Transaction payment;
    payment.inputs = {Input{.previous = coin.name, .public_key = hand.shown, .signature = {}}};
    payment.outputs = std::move(outputs);
    const Hash256 message = signature_message(payment, {&coin.output, 1}, genesis);
    payment.inputs.front().signature = hand.signs.sign(message.view());
    return payment;
}

bool is_confirmed(const Archive& archive, TransactionIndex payment, BlockIndex tip) {
    const CoinIndex coin = archive.transactions()[payment].creates.front();
    return archive.coins().at(coin, tip, archive.blocks()).state != CoinState::unknown;
}

bool holds(const Archive& archive, BlockIndex block, TransactionIndex payment) {
    return std::ranges::find(archive.body(block), payment) != archive.body(block).end();
}

}  // namespace bezant::sim
