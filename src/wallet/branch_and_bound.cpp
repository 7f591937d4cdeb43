// SPDX-License-Identifier: Apache-2.0
#include "wallet/branch_and_bound.hpp"

#include <numeric>

namespace bezant::wallet {

namespace {

class Search {
public:
    Search(std::span<const std::uint64_t> values, const SearchWindow& window)
        : values_(values),
          window_(window),
          left_(std::accumulate(values.begin(), values.end(), std::uint64_t{0})) {}

    std::optional<std::vector<std::size_t>> run() {
        for (std::size_t step = 0; step < search_steps_max; ++step) {
            if (is_better()) keep();
            if (best_ && best_sum_ == window_.low) break;
            if (!is_dead_end()) {
                take_or_pass();
            } else if (!turn_back()) {
                break;
            }
        }
        return best_;
    }

private:
    [[nodiscard]] bool is_better() const {
        return sum_ >= window_.low && (best_ ? sum_ < best_sum_ : sum_ <= window_.high);
    }

    [[nodiscard]] bool is_dead_end() const {
        return sum_ >= window_.low || sum_ + left_ < window_.low || next_ == values_.size() ||
               taken_.size() == window_.count_max;
    }

    void keep() {
        best_ = taken_;
        best_sum_ = sum_;
    }

    void take_or_pass() {
        const bool left_an_equal = next_ > 0 && (taken_.empty() || taken_.back() != next_ - 1) &&
                                   values_[next_] == values_[next_ - 1];
        left_ -= values_[next_];
        if (!left_an_equal) {
            sum_ += values_[next_];
            taken_.push_back(next_);
        }
        ++next_;
    }

    /// Leaves the value that was taken last. False if there is none: all has been searched.
    bool turn_back() {
        if (taken_.empty()) return false;
        const std::size_t last = taken_.back();
        while (next_ > last + 1) left_ += values_[--next_];
        sum_ -= values_[last];
        taken_.pop_back();
        return true;
    }

    std::span<const std::uint64_t> values_;
    SearchWindow window_;
    std::uint64_t left_;  ///< what the values from next_ on come to
    std::size_t next_ = 0;
    std::vector<std::size_t> taken_;
    std::uint64_t sum_ = 0;
    std::optional<std::vector<std::size_t>> best_;
    std::uint64_t best_sum_ = 0;
};

}  // namespace

std::optional<std::vector<std::size_t>> least_sum_within(std::span<const std::uint64_t> values,
                                                         const SearchWindow& window) {
    return Search{values, window}.run();
}

}  // namespace bezant::wallet
