// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/block.hpp"
#include "ledger/parameters.hpp"

namespace bezant {

/// The ledger of the examples in docs/formats.md: on network "local", Alice has 10 BZT from the
/// start and pays Bob 3 of them with a fee of 0.0001; Carol mines that payment in block 1. Their
/// seeds are 32 bytes of 1, of 2 and of 3.
struct ExampleLedger {
    Parameters parameters;
    Output coin;  ///< Alice's, which the payment spends
    Transaction payment;
    Block block;  ///< of height 1; its first transaction is Carol's coinbase
};

[[nodiscard]] ExampleLedger example_ledger();

}  // namespace bezant
