// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "base/check.hpp"

namespace bezant::test {

/// What a coroutine gives when nothing else happens.
template <class Value>
Value awaited(boost::asio::awaitable<Value> coroutine) {
    boost::asio::io_context loop;
    std::optional<Value> result;
    boost::asio::co_spawn(loop, std::move(coroutine),
                          [&](const std::exception_ptr& thrown, Value value) {
                              if (thrown) std::rethrow_exception(thrown);
                              result = std::move(value);
                          });
    loop.run();
    CHECK(result, "a coroutine comes to its end");
    return *std::move(result);
}

}  // namespace bezant::test
