// SPDX-License-Identifier: Apache-2.0
#include "mining/work_desk.hpp"

#include <algorithm>

#include "mining/limits.hpp"

namespace bezant::mining {

void WorkDesk::forget_old_tip() {
    const BlockIndex tip = node_.participant().chain().tip();
    if (tip == tip_) return;
    tip_ = tip;
    given_.clear();
}

const WorkDesk::Given& WorkDesk::current() {
    forget_old_tip();
    if (given_.empty()) return renew();
    const Duration age = node_.now() - given_.back().since;
    const bool is_fresh = age >= Duration{} && age < work_age_max;
    return is_fresh ? given_.back() : renew();
}

const WorkDesk::Given& WorkDesk::renew() {
    forget_old_tip();
    if (given_.size() >= works_max) given_.pop_front();
    const std::uint32_t time_min = node_.archive().context_of(tip_).median_time_past + 1;
    Block block = node_.participant().next_block(node_.now(), {.paid = {}, .shape = shape_});
    return given_.emplace_back(
        next_number_++, std::make_shared<const BlockWork>(std::move(block), time_min), node_.now());
}

std::shared_ptr<const BlockWork> WorkDesk::find(std::uint64_t number) {
    forget_old_tip();
    const auto found = std::ranges::find(given_, number, &Given::number);
    return found == given_.end() ? nullptr : found->work;
}

}  // namespace bezant::mining
