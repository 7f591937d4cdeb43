// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/random.hpp"
#include "ledger/transaction.hpp"

namespace bezant {

/// A coin as the ledger knows it: what it is worth, whose it is, and where it came from.
struct Coin {
    Output output;
    Height height;          ///< of the block that created it
    bool coinbase = false;  ///< created by a coinbase above height 0, so it must mature

    friend bool operator==(const Coin&, const Coin&) = default;
};

/// Hashes outpoints for hash tables of coins that exist: their transaction ids are hashes that cost
/// work to choose, and the outputs of one transaction must not collide.
struct OutPointHasher {
    using is_avalanching = void;

    std::size_t operator()(const OutPoint& outpoint) const noexcept {
        constexpr std::uint64_t golden_gamma = 0x9e3779b97f4a7c15ULL;
        return mix_bits(DigestHasher{}(outpoint.transaction) + outpoint.index * golden_gamma);
    }
};

enum class CoinState : std::uint8_t { unknown, spent, unspent };

struct CoinLookup {
    CoinState state = CoinState::unknown;
    Coin coin;  ///< meaningless when unknown
};

/// The coins as they are after one particular block: all that the rules may ask about the past.
/// Read only; answers do not change while a view is in use.
class CoinView {
public:
    CoinView() = default;
    CoinView(const CoinView&) = delete;
    CoinView& operator=(const CoinView&) = delete;
    virtual ~CoinView() = default;

    [[nodiscard]] virtual CoinLookup find(const OutPoint& outpoint) const = 0;
};

}  // namespace bezant
