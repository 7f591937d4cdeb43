// SPDX-License-Identifier: Apache-2.0
#include "wallet/signed_message.hpp"

#include "base/hex.hpp"

namespace bezant::wallet {

Hash256 message_hash(std::string_view message, const BlockHash& genesis) {
    Sha256 hasher = tagged_hasher("bezant/message");
    return hasher.update(genesis.view()).update(as_bytes(message)).finish();
}

MessageProof sign_message(const SigningKey& key, std::string_view message,
                          const BlockHash& genesis) {
    return {key.public_key(), key.sign(message_hash(message, genesis).view())};
}

bool is_signed_by(const PublicKeyHash& owner, std::string_view message, const BlockHash& genesis,
                  const MessageProof& proof) {
    return public_key_hash(proof.public_key) == owner &&
           verify(proof.public_key, message_hash(message, genesis).view(), proof.signature);
}

std::string to_hex_text(const MessageProof& proof) {
    return to_hex(proof.public_key.view()) + to_hex(proof.signature.view());
}

std::optional<MessageProof> message_proof_from_text(std::string_view text) {
    constexpr std::size_t key_digits = 2 * PublicKey::size_bytes;
    if (text.size() < key_digits) return std::nullopt;
    const auto key = fixed_from_hex<PublicKey>(text.substr(0, key_digits));
    const auto signature = fixed_from_hex<Signature>(text.substr(key_digits));
    if (!key || !signature) return std::nullopt;
    return MessageProof{*key, *signature};
}

}  // namespace bezant::wallet
