// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "base/result.hpp"

namespace bezant::rpc {

/// Numbers of errors: those of JSON-RPC 2.0, section 5.1, and those of bitcoind (rpc/protocol.h),
/// which programs written for it know.
enum class ErrorCode : int {
    parse_error = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    internal_error = -32603,
    miscellaneous = -1,
    type_error = -3,
    wallet_error = -4,
    invalid_address_or_key = -5,
    wallet_insufficient_funds = -6,
    invalid_parameter = -8,
    wallet_keypool_ran_out = -12,
    wallet_unlock_needed = -13,
    wallet_passphrase_incorrect = -14,
    wallet_not_found = -18,
    deserialization_error = -22,
    already_added = -23,
    not_added = -24,
    verify_error = -25,
    verify_rejected = -26,
    already_in_chain = -27,
    not_connected = -29,
    invalid_host = -30,
};

/// What a call is answered with instead of a result: a sentence that says what was wrong, and where
/// it helps what was got and expected.
struct RpcError {
    ErrorCode code{};
    std::string message;
};

[[nodiscard]] inline unexpected<RpcError> fail(ErrorCode code, std::string message) {
    return unexpected{RpcError{code, std::move(message)}};
}

}  // namespace bezant::rpc
