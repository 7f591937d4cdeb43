// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string_view>

namespace bezant::rpc {

/// How often each method was called, and with what outcome.
class Statistics {
public:
    struct Counts {
        std::uint64_t good = 0;
        std::uint64_t refused = 0;
    };

    /// `method` is a name of the method table, or one of a few others; it must outlive this.
    void count(std::string_view method, bool good) {
        Counts& counts = by_method_[method];
        ++(good ? counts.good : counts.refused);
    }

    [[nodiscard]] const std::map<std::string_view, Counts>& by_method() const { return by_method_; }

private:
    std::map<std::string_view, Counts> by_method_;
};

}  // namespace bezant::rpc
