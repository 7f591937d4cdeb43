// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "ledger/transaction.hpp"

namespace bezant {

/// Who may have to do with a transaction: one of 64 bits for each owner that it pays and each key
/// that it spends with. Whoever has none of his bits in it has nothing to do with it, and need not
/// look closer.
class Parties {
public:
    void add(const PublicKeyHash& owner) { bits_ |= bit_of(owner.bytes); }
    void add(const PublicKey& key) { bits_ |= bit_of(key.bytes); }
    [[nodiscard]] bool may_share_with(Parties other) const { return (bits_ & other.bits_) != 0; }

private:
    // Hashes and keys are as good as random, the lowest bits of their first byte included.
    static std::uint64_t bit_of(const auto& bytes) {
        return std::uint64_t{1} << (std::uint64_t{bytes.front()} % 64);
    }

    std::uint64_t bits_ = 0;
};

/// Of all outputs and inputs.
[[nodiscard]] inline Parties parties_of(const Transaction& transaction) {
    Parties parties;
    for (const Input& input : transaction.inputs) parties.add(input.public_key);
    for (const Output& output : transaction.outputs) parties.add(output.owner);
    return parties;
}

}  // namespace bezant
