// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.hpp"
#include "ledger/transaction.hpp"
#include "wallet/unsigned_payment.hpp"

namespace bezant::wallet {

/// Why a payment is not signed, in the order of the checks.
enum class SigningError : Byte {
    locked,           ///< the keyring has no secret now
    other_network,    ///< it is for another network than this wallet's
    not_owner,        ///< an input's public key is not the one that owns its coin
    more_than_spent,  ///< the outputs are worth more than the coins, or a sum is not an amount
    nothing_ours,     ///< no coin is this wallet's, as far as its keys are known
};

/// A plain English sentence for each, without a full stop.
[[nodiscard]] std::string_view to_text(SigningError error);

struct SignedPayment {
    Transaction transaction;
    std::size_t signed_inputs = 0;   ///< by this keyring
    std::size_t missing_inputs = 0;  ///< still without a valid signature: other people's

    [[nodiscard]] bool is_complete() const { return missing_inputs == 0; }
};

/// Signs each input whose coin the keyring's keys own, with the key that owns it, and leaves the
/// others as they are, so that several people can sign one after the other. `genesis` is the
/// wallet's own network. One signature and one derivation an input of ours, one verification an
/// input of others.
[[nodiscard]] Result<SignedPayment, SigningError> sign(const UnsignedPayment& payment,
                                                       const Keyring& keyring,
                                                       const BlockHash& genesis);

}  // namespace bezant::wallet
