// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/amount.hpp"
#include "base/strong_integer.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/hash.hpp"
#include "ledger/identifiers.hpp"

namespace bezant {

/// Names a coin: an output of a transaction by the transaction's id and the output's position.
struct OutPoint {
    TransactionId transaction;
    std::uint32_t index = 0;

    friend auto operator<=>(const OutPoint&, const OutPoint&) = default;
};

/// The output index that marks the input of a coinbase; no transaction has as many outputs.
inline constexpr std::uint32_t coinbase_output_index = 0xffffffff;

/// Spends one coin: which, by whose key, and the key's signature of the whole transaction.
struct Input {
    OutPoint previous;
    PublicKey public_key;
    Signature signature;

    friend bool operator==(const Input&, const Input&) = default;
};

/// A coin to be: so much money, for whoever holds the key of this hash.
struct Output {
    Amount amount;
    PublicKeyHash owner;

    friend bool operator==(const Output&, const Output&) = default;
};

/// A payment, or the coinbase that begins a block.
///
/// A coinbase has one input, whose output index is coinbase_output_index; the 32 bytes that would
/// name a transaction are the miner's to choose (the extranonce), its public key names the miner,
/// and lock_height is the height of its block. Its signature covers the block's parent and payments
/// but not the extranonce (coinbase_signature_message), so that mining programs can roll it without
/// the key.
struct Transaction {
    std::uint32_t version = 1;
    std::vector<Input> inputs;
    std::vector<Output> outputs;
    Height lock_height;  ///< a payment is valid in blocks of this height and above

    [[nodiscard]] bool is_coinbase() const {
        return inputs.size() == 1 && inputs.front().previous.index == coinbase_output_index;
    }

    friend bool operator==(const Transaction&, const Transaction&) = default;
};

[[nodiscard]] TransactionId transaction_id(const Transaction& transaction);
[[nodiscard]] FullTransactionId full_transaction_id(const Transaction& transaction);
/// The same, of a transaction's encoding.
[[nodiscard]] FullTransactionId full_transaction_id(ByteView encoding);
[[nodiscard]] PublicKeyHash public_key_hash(const PublicKey& key);

/// What every input of a payment signs: a domain-separated hash of the network's genesis, the whole
/// transaction without signatures, and the amounts and owners of the coins it spends, in the order
/// of the inputs. `spent` has one entry an input.
[[nodiscard]] Hash256 signature_message(const Transaction& transaction,
                                        std::span<const Output> spent, const BlockHash& genesis);

/// What a miner signs with the key that its coinbase names: the network's genesis, the parent
/// block, the coinbase without signature and with its extranonce zeroed, and the merkle root of the
/// payments (all zero if there are none).
[[nodiscard]] Hash256 coinbase_signature_message(const Transaction& coinbase,
                                                 const BlockHash& previous,
                                                 const MerkleRoot& payments,
                                                 const BlockHash& genesis);

}  // namespace bezant
