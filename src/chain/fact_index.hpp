// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/random.hpp"
#include "base/strong_integer.hpp"

namespace bezant {

/// Dense numbers of facts in an archive, given in the order in which the facts first came up. They
/// are this process's shorthand for hashes: never stored, never sent as bytes.
struct BlockIndexTag;
using BlockIndex = StrongInteger<BlockIndexTag, std::uint32_t>;
struct TransactionIndexTag;
using TransactionIndex = StrongInteger<TransactionIndexTag, std::uint32_t>;
struct CoinIndexTag;
using CoinIndex = StrongInteger<CoinIndexTag, std::uint32_t>;

inline constexpr BlockIndex no_block{UINT32_MAX};
/// Transactions have 31 bits, so that a table can keep a bit beside their numbers.
inline constexpr TransactionIndex no_transaction{UINT32_MAX >> 1U};
inline constexpr CoinIndex no_coin{UINT32_MAX};
inline constexpr BlockIndex genesis_index{0};

/// Hashes any of these indices for hash tables.
struct IndexHasher {
    using is_avalanching = void;

    template <class Tag>
    std::size_t operator()(StrongInteger<Tag, std::uint32_t> index) const noexcept {
        return mix_bits(index.value);
    }
};

}  // namespace bezant
