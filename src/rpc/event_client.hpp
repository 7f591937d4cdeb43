// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "rpc/http_client.hpp"

namespace bezant::rpc {

/// A connection on which a node tells what happens, as long as this object lives.
class EventClient {
public:
    struct Hooks {
        /// An event, as JSON (docs/api.md, "Events").
        std::function<void(std::string_view event)> told;
        /// Nothing more will be told, and why, as a sentence that names the node.
        std::function<void(const std::string& why)> ended;
    };

    /// Everything that happens after this returns is told when the executor's loop runs, on its one
    /// thread. Waits for the node to take the connection. An error is a sentence that names it.
    [[nodiscard]] static Result<std::unique_ptr<EventClient>, std::string> connect(
        const boost::asio::any_io_executor& executor, const CallTarget& target, Hooks hooks);
    EventClient(const EventClient&) = delete;
    EventClient& operator=(const EventClient&) = delete;
    /// No hook is called from now on.
    ~EventClient();

private:
    struct State;
    explicit EventClient(std::shared_ptr<State> state);

    std::shared_ptr<State> state_;
};

}  // namespace bezant::rpc
