// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>

#include "chain/fact_index.hpp"
#include "node/limits.hpp"

namespace bezant {

/// Payments that came and were not taken, since the tip last moved: not to be fetched again.
class RefusedPayments {
public:
    void add(TransactionIndex payment, std::size_t bytes) {
        if (payments_.size() >= refused_payments_max || bytes_ + bytes > refused_payment_bytes_max)
            clear();
        if (payments_.insert(payment).second) bytes_ += bytes;
    }
    [[nodiscard]] bool contains(TransactionIndex payment) const {
        return payments_.contains(payment);
    }
    /// In no order.
    [[nodiscard]] const auto& payments() const { return payments_; }
    void clear() {
        payments_.clear();
        bytes_ = 0;
    }
    [[nodiscard]] std::size_t memory_bytes() const {
        return payments_.bucket_count() * sizeof(TransactionIndex);
    }

private:
    boost::unordered_flat_set<TransactionIndex, IndexHasher> payments_;
    std::size_t bytes_ = 0;
};

}  // namespace bezant
