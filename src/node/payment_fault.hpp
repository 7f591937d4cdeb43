// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "chain/archive.hpp"
#include "mempool/refusal.hpp"

namespace bezant {

// What a refusal of a payment says: about the payment, about who sent it, about what it cost.

/// Nothing is wrong with the payment: it is here already, or its parents are not.
[[nodiscard]] bool is_harmless(const Refusal& refusal);

/// No honest participant can have held such a payment, whatever its chain: the fault is in the
/// payment and the coins that it names. What depends on the chain (coins unknown or spent, not
/// mature, locked) or on our pool is nobody's fault.
[[nodiscard]] bool is_senders_fault(const Refusal& refusal);

/// Whether the signatures had to be checked to come to this refusal.
[[nodiscard]] bool was_verified(const Refusal& refusal);

/// Number of signatures in the payment.
[[nodiscard]] std::uint32_t signatures_of(const Archive& archive, TransactionIndex payment);

/// The payment in the chain that ends at `tip` which spends a coin that this one spends, if any.
[[nodiscard]] std::optional<TransactionIndex> confirmed_rival(const Archive& archive,
                                                              TransactionIndex payment,
                                                              BlockIndex tip);

}  // namespace bezant
