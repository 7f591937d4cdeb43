// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "node/limits.hpp"
#include "node/network_address.hpp"

namespace bezant {

/// Addresses that were called, and where somebody misbehaved, or we ourselves are. The oldest makes
/// room.
class ShunnedAddresses {
public:
    void add(const NetworkAddress& address) {
        if (contains(address)) return;
        if (addresses_.size() >= shunned_addresses_max) addresses_.erase(addresses_.begin());
        addresses_.push_back(address);
    }
    [[nodiscard]] bool contains(const NetworkAddress& address) const {
        return std::ranges::find(addresses_, address) != addresses_.end();
    }
    [[nodiscard]] std::size_t memory_bytes() const {
        return addresses_.capacity() * sizeof(NetworkAddress);
    }

private:
    std::vector<NetworkAddress> addresses_;
};

}  // namespace bezant
