// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "rpc/rpc_error.hpp"

namespace bezant::rpc {

// Calls as a person writes them on a command line, and answers as a person reads them.

/// The request that these words make. A word is taken as JSON if it is JSON, and as a string
/// otherwise, or where the method takes a string there: hexadecimal digits may look like a number.
[[nodiscard]] std::string request_of_words(std::string_view method,
                                           std::span<const std::string> words);
/// The same with words of the form NAME=VALUE. An error is a sentence that names the word.
[[nodiscard]] Result<std::string, std::string> request_of_named_words(
    std::string_view method, std::span<const std::string> words);

/// What a node answered.
struct ReadableAnswer {
    std::optional<RpcError> error{};
    std::string text{};  ///< the result: a string as it is, else JSON over several lines
};
/// Nothing if the text is no answer of JSON-RPC.
[[nodiscard]] std::optional<ReadableAnswer> readable(std::string_view answer);

}  // namespace bezant::rpc
