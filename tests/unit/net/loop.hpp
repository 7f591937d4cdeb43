// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <string_view>

namespace bezant::test {

/// How long a test waits for what must come, however busy the machine is. No outcome depends on it
/// but that of a test that fails.
inline constexpr std::chrono::seconds patience{60};

/// Runs the loop until this is so; false if that does not come about.
inline bool run_until(boost::asio::io_context& loop, const std::function<bool()>& is_so) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > end) return false;
        loop.restart();
        loop.run_one_for(std::chrono::milliseconds(100));
    }
    return true;
}

}  // namespace bezant::test
