// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "ledger/codec.hpp"
#include "ledger/transaction.hpp"
#include "rules/coin_view.hpp"

namespace bezant::storage {

// The records of the index, as docs/formats.md, "Index records", specifies them.

/// Where a transaction lies on the chain that the index is of.
struct TransactionPlace {
    Height height;
    std::uint32_t position = 0;  ///< in its block

    friend auto operator<=>(const TransactionPlace&, const TransactionPlace&) = default;
};

/// What one transaction did to one address, and how that stood after it.
struct AddressEntry {
    TransactionId id;
    Amount received;           ///< by all its outputs to the address
    Amount spent;              ///< what the address's coins were worth that it spends
    Amount balance;            ///< after it
    std::uint32_t number = 0;  ///< it is the address's so many-th transaction, from 1

    friend bool operator==(const AddressEntry&, const AddressEntry&) = default;
};

/// A coin of an address: the outpoint is in the key.
struct AddressCoin {
    Amount amount;
    bool coinbase = false;  ///< as Coin::coinbase

    friend bool operator==(const AddressCoin&, const AddressCoin&) = default;
};

/// In the family `transaction_index`: the hash of the last block that the index has.
[[nodiscard]] ByteView index_tip_key();

/// What all keys of an address's history, or of its coins, begin with.
[[nodiscard]] Bytes history_prefix(const PublicKeyHash& owner);
[[nodiscard]] Bytes coins_prefix(const PublicKeyHash& owner);
/// Keys sort as things happened; all of this height come after the key of the height alone.
[[nodiscard]] Bytes history_key(const PublicKeyHash& owner, const TransactionPlace& place);
[[nodiscard]] Bytes history_end(const PublicKeyHash& owner, Height height);
[[nodiscard]] Bytes address_coin_key(const PublicKeyHash& owner, Height height,
                                     const OutPoint& outpoint);
[[nodiscard]] Bytes end_of(Bytes prefix);

/// What the key of an entry says beside the address.
[[nodiscard]] Result<TransactionPlace, DecodeError> place_from_key(ByteView key);
[[nodiscard]] Result<std::pair<Height, OutPoint>, DecodeError> coin_from_key(ByteView key);

void encode(Encoder& out, const TransactionPlace& place);
void encode(Encoder& out, const AddressEntry& entry);
void encode(Encoder& out, const AddressCoin& coin);
[[nodiscard]] TransactionPlace decode_transaction_place(Decoder& in);
[[nodiscard]] AddressEntry decode_address_entry(Decoder& in);
[[nodiscard]] AddressCoin decode_address_coin(Decoder& in);

}  // namespace bezant::storage
