// SPDX-License-Identifier: Apache-2.0
#include "wallet/signing.hpp"

#include "base/check.hpp"

namespace bezant::wallet {

namespace {

bool owners_keys_match(const UnsignedPayment& payment) {
    for (std::size_t i = 0; i < payment.spent.size(); ++i) {
        const PublicKey& key = payment.transaction.inputs[i].public_key;
        if (public_key_hash(key) != payment.spent[i].owner) return false;
    }
    return true;
}

}  // namespace

std::string_view to_text(SigningError error) {
    switch (error) {
        case SigningError::locked:
            return "the wallet is locked, or only watches";
        case SigningError::other_network:
            return "the payment is for another network than this wallet";
        case SigningError::not_owner:
            return "an input's public key is not the one that owns its coin";
        case SigningError::more_than_spent:
            return "the payment pays more than the coins that it spends are worth";
        case SigningError::nothing_ours:
            return "none of the coins is this wallet's";
    }
    CHECK(false, "every error has a text");
}

Result<SignedPayment, SigningError> sign(const UnsignedPayment& payment, const Keyring& keyring,
                                         const BlockHash& genesis) {
    if (!keyring.is_unlocked()) return unexpected{SigningError::locked};
    if (payment.genesis != genesis) return unexpected{SigningError::other_network};
    const Hash256 message = signature_message(payment.transaction, payment.spent, payment.genesis);
    if (!owners_keys_match(payment)) return unexpected{SigningError::not_owner};
    if (!fee_of(payment)) return unexpected{SigningError::more_than_spent};

    SignedPayment result{.transaction = payment.transaction};
    for (std::size_t i = 0; i < payment.spent.size(); ++i) {
        Input& input = result.transaction.inputs[i];
        if (const auto path = keyring.path_of(payment.spent[i].owner)) {
            input.signature = keyring.signing_key(*path).sign(message.view());
            ++result.signed_inputs;
        } else if (!verify(input.public_key, message.view(), input.signature)) {
            ++result.missing_inputs;
        }
    }
    if (result.signed_inputs == 0) return unexpected{SigningError::nothing_ours};
    return result;
}

}  // namespace bezant::wallet
