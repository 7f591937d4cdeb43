// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bezant {

/// A set of dense indices, made for knowledge that grows from below: one bit an index, and nearly
/// nothing for the part below which all are in, or all but few. Exact at all times.
class IndexSet {
public:
    /// True if it was not in.
    bool insert(std::uint32_t index);
    [[nodiscard]] bool contains(std::uint32_t index) const;
    [[nodiscard]] std::size_t count() const;
    void erase(std::uint32_t index);
    [[nodiscard]] std::size_t memory_bytes() const;
};

}  // namespace bezant
