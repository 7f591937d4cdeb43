// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace bezant::wallet {

/// Where a key lies in the tree: m/44'/coin type'/account'/branch'/index' (BIP 44, but hardened all
/// the way, as SLIP-0010 has it for ed25519). docs/formats.md, "Keys".

/// What a key is for.
enum class KeyBranch : Byte {
    receiving,  ///< addresses that others are given
    change,     ///< what is left of coins that pay others
};
inline constexpr std::array key_branches{KeyBranch::receiving, KeyBranch::change};

/// Which account of which kind of network. Both are below child_index_end.
struct KeyAccount {
    std::uint32_t coin_type = 0;
    std::uint32_t account = 0;

    friend bool operator==(const KeyAccount&, const KeyAccount&) = default;
};

/// A key of an account.
struct KeyPath {
    KeyBranch branch{};
    std::uint32_t index = 0;

    friend auto operator<=>(const KeyPath&, const KeyPath&) = default;
};

/// 1, which SLIP-0044 sets aside for the test networks of every coin, so that words tried out on
/// one never have the keys of real money; or, where addresses begin with "bzt", "BZT" in ASCII, a
/// number that nobody has registered there.
[[nodiscard]] std::uint32_t coin_type_of(std::string_view address_prefix);

/// "m/44'/1'/0'/0'/5'".
[[nodiscard]] std::string to_text(const KeyAccount& account, const KeyPath& path);

}  // namespace bezant::wallet
