// SPDX-License-Identifier: Apache-2.0
#include "node/inbound_eviction.hpp"

#include <algorithm>
#include <map>
#include <ranges>
#include <tuple>

namespace bezant {

namespace {

constexpr std::size_t groups_kept = 4;
constexpr std::size_t near_kept = 8;
constexpr std::size_t payment_bringers_kept = 4;
constexpr std::size_t block_bringers_kept = 4;

/// Takes out the callers with the greatest keys, at most so many, of those for whom this holds.
/// Among equal keys the one that came first stays.
template <class Key>
void keep(std::vector<Caller>& callers, std::size_t count_max, Key&& key) {
    std::ranges::sort(callers, [&](const Caller& left, const Caller& right) {
        return std::tuple{key(right), left.connected_at, left.peer} <
               std::tuple{key(left), right.connected_at, right.peer};
    });
    const std::size_t count = std::min(count_max, callers.size());
    callers.erase(callers.begin(), callers.begin() + static_cast<std::ptrdiff_t>(count));
}

/// Only those that have this.
template <class Member>
std::size_t count_with(const std::vector<Caller>& callers, Member member) {
    return static_cast<std::size_t>(std::ranges::count_if(
        callers, [&](const Caller& caller) { return (caller.*member).has_value(); }));
}

void keep_the_useful(std::vector<Caller>& callers) {
    keep(callers, groups_kept, [](const Caller& caller) { return caller.group_secret; });
    keep(callers, std::min(near_kept, count_with(callers, &Caller::ping_time)),
         [](const Caller& caller) {
             return -caller.ping_time.value_or(Duration{INT64_MAX}).microseconds;
         });
    keep(callers, std::min(payment_bringers_kept, count_with(callers, &Caller::payment_at)),
         [](const Caller& caller) { return caller.payment_at; });
    keep(callers, std::min(block_bringers_kept, count_with(callers, &Caller::block_at)),
         [](const Caller& caller) { return caller.block_at; });
}

/// The last to come, as a number of its connection where moments are the same.
auto arrival(const Caller& caller) { return std::pair{caller.connected_at, caller.peer}; }

}  // namespace

std::optional<PeerId> choose_to_evict(std::vector<Caller> callers) {
    keep_the_useful(callers);
    keep(callers, callers.size() / 2,
         [](const Caller& caller) { return -caller.connected_at.microseconds; });
    if (callers.empty()) return std::nullopt;
    struct Crowd {
        std::size_t size = 0;
        std::pair<Time, PeerId> last;

        auto operator<=>(const Crowd&) const = default;
    };
    std::map<NetworkGroup, Crowd> crowds;
    for (const Caller& caller : callers) {
        Crowd& crowd = crowds[caller.group];
        crowd.last = crowd.size == 0 ? arrival(caller) : std::max(crowd.last, arrival(caller));
        ++crowd.size;
    }
    return std::ranges::max(crowds | std::views::values).last.second;
}

}  // namespace bezant
