// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "bench/support/cost.hpp"
#include "ledger/transaction.hpp"

namespace bezant::bench {

/// What is asked of a verifier.
struct SignedMessage {
    PublicKey key;
    Hash256 message;
    Signature signature;
};

/// Threads that can run at once.
[[nodiscard]] unsigned cores();

/// What it takes to verify these on all cores with libsodium, and nothing else.
[[nodiscard]] Cost cost_to_verify(const std::vector<SignedMessage>& signatures);

}  // namespace bezant::bench
