// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ledger/codec.hpp"
#include "ledger/transaction.hpp"
#include "wallet/keyring.hpp"

namespace bezant::wallet {

/// A payment whose signatures are missing, with all that is needed to judge it and sign it: what
/// one machine prepares and another, which is never on a network, signs. docs/formats.md, "Unsigned
/// payment".

/// As a ledger file's.
inline constexpr std::array<Byte, 8> unsigned_payment_magic{0x89, 'B',  'Z',  'U',
                                                            '\r', '\n', 0x1a, '\n'};
inline constexpr std::uint32_t unsigned_payment_version = 1;

struct UnsignedPayment {
    BlockHash genesis;          ///< of the network
    Transaction transaction;    ///< signatures that are missing are zero
    std::vector<Output> spent;  ///< the coin of each input, in their order

    friend bool operator==(const UnsignedPayment&, const UnsignedPayment&) = default;
};

/// A coin that a payment is to spend.
struct SpentCoin {
    OutPoint coin;
    Output output;
};

/// Spends these coins, at least one, to make these outputs, in the orders given. The owner of each
/// coin must be one that the keyring knows; it may be locked.
[[nodiscard]] UnsignedPayment prepare_payment(std::span<const SpentCoin> coins,
                                              std::vector<Output> outputs, const Keyring& keyring,
                                              const BlockHash& genesis);

/// What the coins are worth beyond the outputs; nothing if they are worth less, or if a sum does
/// not fit into 64 bits. Whoever signs looks at it first.
[[nodiscard]] std::optional<Amount> fee_of(const UnsignedPayment& payment);

/// Has as many coins as inputs, at least one, and is no coinbase.
void encode(Encoder& out, const UnsignedPayment& payment);
[[nodiscard]] Result<UnsignedPayment, DecodeError> unsigned_payment_from_bytes(ByteView bytes);

/// The same in hexadecimal, to be carried as text. White space around it and between digits does
/// not matter: lines get broken on the way.
[[nodiscard]] std::string to_hex_text(const UnsignedPayment& payment);
[[nodiscard]] Result<UnsignedPayment, DecodeError> unsigned_payment_from_text(
    std::string_view text);

}  // namespace bezant::wallet
