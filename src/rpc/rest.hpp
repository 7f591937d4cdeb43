// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/running_node.hpp"

namespace bezant::rpc {

struct RestAnswer {
    std::string_view content_type;
    std::string body;
};

struct RestError {
    unsigned status = 404;  ///< of HTTP: 400 for what is malformed, 404 for what is not there
    std::string message;
};

/// Answers a path that begins with /rest/, for reading only: bitcoind's paths, where the meaning is
/// the same. docs/api.md lists them.
[[nodiscard]] Result<RestAnswer, RestError> answer_rest(net::RunningNode& node,
                                                        std::string_view path);

}  // namespace bezant::rpc
