// SPDX-License-Identifier: Apache-2.0
#include "mining/block_search.hpp"

#include <algorithm>

#include "crypto/mining_kernel.hpp"
#include "ledger/mining_work.hpp"
#include "mining/limits.hpp"

namespace bezant::mining {

namespace {

constexpr std::uint64_t nonces_end = std::uint64_t{1} << 32U;

}  // namespace

bool BlockSearch::is_outdated() const {
    const Duration age = node_.now() - since_;
    return !block_ || tip_ != node_.participant().chain().tip() || searched_ >= nonces_end ||
           age < Duration{} || age >= work_age_max;
}

void BlockSearch::begin_anew() {
    tip_ = node_.participant().chain().tip();
    since_ = node_.now();
    block_ = node_.participant().next_block(since_, {.paid = paid_});
    searched_ = 0;
}

std::optional<Block> BlockSearch::step() {
    if (is_outdated()) begin_anew();
    const std::uint64_t count = std::min({search_step_nonces, tries_left_, nonces_end - searched_});
    const auto nonce =
        search_nonces(mining_work_of(block_->header), static_cast<std::uint32_t>(searched_), count);
    const std::uint64_t tried = nonce ? *nonce - searched_ + 1 : count;
    searched_ += tried;
    tries_left_ -= tried;
    if (!nonce) return std::nullopt;
    block_->header.nonce = *nonce;
    Block found = *std::move(block_);
    block_.reset();
    return found;
}

}  // namespace bezant::mining
