// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace bezant::rpc {

/// Where a node answers calls, and what proves that we may.
struct CallTarget {
    std::string host;  ///< an address, or a name
    std::uint16_t port = 0;
    std::string cookie;  ///< user and password, as the cookie file says
};

/// "127.0.0.1:7332", without the cookie.
[[nodiscard]] std::string place_of(const CallTarget& target);

struct CallReply {
    unsigned status = 0;  ///< of HTTP
    std::string body;
};

/// One connection to a node, kept for as many calls as one likes. It has a loop of its own, and
/// does not come back before the answer.
class HttpClient {
public:
    /// Errors are sentences that name the node.
    [[nodiscard]] static Result<HttpClient, std::string> connect(const CallTarget& target,
                                                                 Duration wait_max);
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;
    ~HttpClient();

    /// Sends the body of a call, and gives its answer.
    [[nodiscard]] Result<CallReply, std::string> post(std::string_view body);

private:
    struct State;
    explicit HttpClient(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace bezant::rpc
