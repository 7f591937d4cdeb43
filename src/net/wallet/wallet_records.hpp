// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "ledger/codec.hpp"
#include "rules/coin_view.hpp"
#include "wallet/key_path.hpp"

namespace bezant::net {

// What a wallet knows of the chain, and the records of it in a store, as docs/formats.md, "Store",
// specifies them.

/// The most counterparts that are kept of a transaction; the rest are counted.
inline constexpr std::size_t counterparts_max = 16;

/// Where a transaction is on the chain; later ones are greater.
struct LedgerPlace {
    Height height;
    std::uint32_t position = 0;  ///< in its block; 0 is the coinbase

    friend auto operator<=>(const LedgerPlace&, const LedgerPlace&) = default;
};

enum class PaymentKind : std::uint8_t {
    others,    ///< somebody else pays, wholly or in part
    coinbase,  ///< new money and fees
    ours,      ///< every coin that it spends is the wallet's, and so is the fee
};

/// What a transaction means to a wallet that it touches.
struct WalletPayment {
    TransactionId id;
    /// In seconds since 1970: of its block; while it waits, when it was first seen.
    std::uint32_t time = 0;
    PaymentKind kind{};
    Amount received;  ///< by the wallet's keys, change included
    Amount sent;      ///< what the wallet's coins that it spends were worth
    Amount fee;       ///< if it is ours
    /// Who is paid, if the wallet pays anything; else who pays: the first ones of them.
    std::vector<Output> counterparts;
    std::uint32_t counterpart_count = 0;  ///< of all

    friend bool operator==(const WalletPayment&, const WalletPayment&) = default;
};

/// A payment that is not on the chain: it waits, or can never be confirmed as the chain is now.
struct PendingPayment {
    WalletPayment payment;
    Transaction transaction;
    FullTransactionId full_id;  ///< of the transaction; not written
    /// What stands in its way: confirmed transactions that spend its coins, coinbases of abandoned
    /// blocks whose coins it spends. Sorted.
    std::vector<TransactionId> rivals;

    /// Whether the wallet's coins pay for it. Such a one is kept until it is confirmed or given up.
    [[nodiscard]] bool is_ours() const { return payment.sent > Amount{}; }

    friend bool operator==(const PendingPayment&, const PendingPayment&) = default;
};

/// How far a branch of keys has come.
struct KeyCounts {
    std::uint32_t used = 0;
    std::uint32_t issued = 0;
    /// Keys of which every coin on the chain is known.
    std::uint32_t watched = 0;

    friend bool operator==(const KeyCounts&, const KeyCounts&) = default;
};

/// How far a wallet has come.
struct WalletPosition {
    BlockHash tip;    ///< the last block that was read; zero if none was
    Height birthday;  ///< blocks below are not read
    std::array<KeyCounts, wallet::key_branches.size()> keys;

    friend bool operator==(const WalletPosition&, const WalletPosition&) = default;
};

/// All that a wallet knows of the chain. In memory it is as large as the wallet's own history.
struct WalletBooks {
    WalletPosition position;
    std::map<OutPoint, Coin> coins;  ///< unspent after the last block that was read
    std::map<LedgerPlace, WalletPayment> history;
    std::map<TransactionId, PendingPayment> pending;
};

/// Tells the wallets of a store apart: the owner of the first address of each.
using WalletId = PublicKeyHash;

// Keys of the family `wallet`.
enum class WalletRecord : std::uint8_t { position, coin, history, pending };
[[nodiscard]] Bytes position_key(const WalletId& wallet);
[[nodiscard]] Bytes coin_key(const WalletId& wallet, const OutPoint& coin);
[[nodiscard]] Bytes history_key(const WalletId& wallet, const LedgerPlace& place);
[[nodiscard]] Bytes pending_key(const WalletId& wallet, const TransactionId& payment);

void encode(Encoder& out, const WalletPayment& payment);
void encode(Encoder& out, const PendingPayment& pending);
void encode(Encoder& out, const WalletPosition& position);
[[nodiscard]] WalletPayment decode_wallet_payment(Decoder& in);
[[nodiscard]] PendingPayment decode_pending_payment(Decoder& in);
[[nodiscard]] WalletPosition decode_wallet_position(Decoder& in);

/// Takes a record of this wallet into the books; records of others are left alone.
[[nodiscard]] Result<void, DecodeError> read_record(WalletBooks& books, const WalletId& wallet,
                                                    ByteView key, ByteView value);

}  // namespace bezant::net
