// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <cstdint>

#include "base/random.hpp"
#include "sim/topology/graph.hpp"

namespace bezant::sim {

/// Which edges a generator has made so far. It answers, and is never walked through: the order of a
/// hash table must not reach a result.
class EdgeSet {
public:
    void reserve(std::size_t count) { keys_.reserve(count); }

    /// False if it was there already.
    bool insert(Edge edge) { return keys_.insert(key(edge)).second; }

    void erase(Edge edge) { keys_.erase(key(edge)); }

    [[nodiscard]] bool contains(Edge edge) const { return keys_.contains(key(edge)); }

private:
    struct Hasher {
        using is_avalanching = void;
        std::size_t operator()(std::uint64_t value) const noexcept { return mix_bits(value); }
    };

    static std::uint64_t key(Edge edge) {
        return (static_cast<std::uint64_t>(edge.low) << 32U) | edge.high;
    }

    boost::unordered_flat_set<std::uint64_t, Hasher> keys_;
};

}  // namespace bezant::sim
