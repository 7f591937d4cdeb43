// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/ed25519.hpp"
#include "ledger/transaction.hpp"

namespace bezant::wallet {

/// Shows that whoever has an owner's key wrote a text, for one network. docs/formats.md, "Signed
/// message". It says nothing about when, or about coins.
struct MessageProof {
    PublicKey public_key;
    Signature signature;

    friend bool operator==(const MessageProof&, const MessageProof&) = default;
};

/// The hash that is signed: its tag sets it apart from any payment's.
[[nodiscard]] Hash256 message_hash(std::string_view message, const BlockHash& genesis);

[[nodiscard]] MessageProof sign_message(const SigningKey& key, std::string_view message,
                                        const BlockHash& genesis);

/// Whether this owner's key signed exactly this message.
[[nodiscard]] bool is_signed_by(const PublicKeyHash& owner, std::string_view message,
                                const BlockHash& genesis, const MessageProof& proof);

/// 192 hexadecimal digits, and back; nothing for other text.
[[nodiscard]] std::string to_hex_text(const MessageProof& proof);
[[nodiscard]] std::optional<MessageProof> message_proof_from_text(std::string_view text);

}  // namespace bezant::wallet
