// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "chain/archive.hpp"
#include "crypto/ed25519.hpp"

namespace bezant::sim {

/// A coin by name, and what it is.
struct NamedCoin {
    OutPoint name;
    Output output;
};

/// The largest coin of this owner that a child of `tip` may spend; nothing if there is none. Linear
/// in all coins.
[[nodiscard]] std::optional<NamedCoin> largest_coin(const Archive& archive, BlockIndex tip,
                                                    const PublicKeyHash& owner);

/// Who a payment says pays, and whose key really signs it.
struct Hand {
    PublicKey shown;
    const SigningKey& signs;
};

/// A payment of one coin, well formed and signed by whoever signs, honest or not.
[[nodiscard]] Transaction craft_payment(const NamedCoin& coin, std::vector<Output> outputs,
                                        const Hand& hand, const BlockHash& genesis);

/// Whether the payment is in the chain that ends at `tip`, which must be a block found valid.
[[nodiscard]] bool is_confirmed(const Archive& archive, TransactionIndex payment, BlockIndex tip);

/// Whether the block, whose body must be here, holds the payment.
[[nodiscard]] bool holds(const Archive& archive, BlockIndex block, TransactionIndex payment);

}  // namespace bezant::sim
