// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "base/amount.hpp"
#include "chain/fact_index.hpp"
#include "rules/reason.hpp"

namespace bezant {

// Why a payment is not taken into the pool.

struct AlreadyHeld {};
struct AlreadyConfirmed {};

/// It spends a coin that a payment in the pool spends, and is valid otherwise: an attempted double
/// spend. First seen stays.
struct Conflict {
    TransactionIndex held = no_transaction;
    CoinIndex coin = no_coin;
};

/// Coins that it spends are unknown here: the payments that make them may not have arrived. It is
/// kept as an orphan until they do.
struct MissingParents {
    std::vector<CoinIndex> coins;
};

struct FeeTooLow {
    Amount offered;
    Amount required;
};

/// It would have too many unconfirmed ancestors, or give one of them too many descendants.
struct TooLongChain {};

/// The pool is full of payments that pay more. It may have been let in and pushed out again as room
/// was made, and others with it.
struct PoolFull {
    std::vector<TransactionIndex> evicted;
};

/// It breaks a rule in every block that could be made now.
struct Invalid {
    Rejection rejection;
};

using Refusal = std::variant<AlreadyHeld, AlreadyConfirmed, Conflict, MissingParents, FeeTooLow,
                             TooLongChain, PoolFull, Invalid>;

/// Short name of the kind, for counting: "conflict", "fee_too_low", or the broken rule's own name.
[[nodiscard]] std::string_view to_text(const Refusal& refusal);

}  // namespace bezant
