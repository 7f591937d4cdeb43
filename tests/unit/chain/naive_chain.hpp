// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "tests/support/chain_builder.hpp"

namespace bezant::test {

/// The plain twin of LocalChain: remembers what came in which order, and works everything out again
/// from that each time. Blocks are the builder's numbers.
class NaiveChain {
public:
    explicit NaiveChain(const ChainBuilder& builder) : builder_(builder) {}

    [[nodiscard]] std::size_t tip() const { return tip_; }

    [[nodiscard]] bool has_header(std::size_t block) const {
        return std::ranges::find(headers_, block) != headers_.end();
    }
    [[nodiscard]] bool has_body(std::size_t block) const {
        return std::ranges::find(bodies_, block) != bodies_.end();
    }
    [[nodiscard]] bool is_connected(std::size_t block) const {
        if (block == 0) return true;
        return has_body(block) && !builder_[block].fault && is_connected(builder_[block].parent);
    }
    /// The block on the way from genesis that was found to break a rule.
    [[nodiscard]] std::optional<std::size_t> culprit(std::size_t block) const {
        if (block == 0) return std::nullopt;
        if (const auto above = culprit(builder_[block].parent)) return above;
        const bool found = has_body(block) && is_connected(builder_[block].parent) &&
                           builder_[block].fault.has_value();
        return found ? std::optional{block} : std::nullopt;
    }

    [[nodiscard]] std::optional<Reason> accept_header(std::size_t block) {
        if (has_header(block) && !culprit(block)) return std::nullopt;
        if (!has_header(block) && !has_header(builder_[block].parent))
            return Reason::unknown_parent;
        if (builder_[block].bad_header) return builder_[block].fault->reason;
        if (!has_header(block)) headers_.push_back(block);
        return reason_at(block);
    }

    [[nodiscard]] std::optional<Reason> accept_body(std::size_t block) {
        if (!has_body(block)) bodies_.push_back(block);
        if (const auto reason = reason_at(block)) return reason;
        for (const std::size_t candidate : bodies_) {
            if (is_connected(candidate) && builder_[candidate].work > builder_[tip_].work)
                tip_ = candidate;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::size_t best_header() const {
        std::size_t best = 0;
        for (const std::size_t block : headers_) {
            if (!culprit(block) && builder_[block].work > builder_[best].work) best = block;
        }
        return best;
    }

    [[nodiscard]] std::vector<std::size_t> missing_bodies() const {
        std::vector<std::size_t> missing;
        for (std::size_t block = best_header(); block != 0; block = builder_[block].parent) {
            if (!has_body(block)) missing.push_back(block);
        }
        std::ranges::reverse(missing);
        return missing;
    }

private:
    [[nodiscard]] std::optional<Reason> reason_at(std::size_t block) const {
        const auto guilty = culprit(block);
        if (!guilty) return std::nullopt;
        return *guilty == block ? builder_[block].fault->reason : Reason::invalid_parent;
    }

    const ChainBuilder& builder_;
    std::vector<std::size_t> headers_{0};  ///< as they came
    std::vector<std::size_t> bodies_{0};   ///< as they came
    std::size_t tip_ = 0;
};

}  // namespace bezant::test
