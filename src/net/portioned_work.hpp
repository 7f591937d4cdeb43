// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <utility>

#include "net/lifetime.hpp"

namespace bezant::net {

/// Long work on the participant's thread, a portion at a time between the loop's other work, so
/// that the node goes on meanwhile.
class PortionedWork {
public:
    /// Does a portion; true when there is nothing left to do.
    using Portion = std::function<bool()>;

    PortionedWork(boost::asio::any_io_executor executor, Portion portion)
        : executor_(std::move(executor)), portion_(std::move(portion)) {}

    /// The first portion is done when the loop comes to it. Nothing new if the work is going on.
    void begin() {
        if (std::exchange(goes_on_, true)) return;
        go_on();
    }

private:
    void go_on() {
        boost::asio::post(executor_, [this, alive = lifetime_.watch()] {
            if (!*alive) return;
            if (portion_()) {
                goes_on_ = false;
            } else {
                go_on();
            }
        });
    }

    boost::asio::any_io_executor executor_;
    Portion portion_;
    bool goes_on_ = false;
    Lifetime lifetime_;
};

}  // namespace bezant::net
