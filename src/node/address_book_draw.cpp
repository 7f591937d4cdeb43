// SPDX-License-Identifier: Apache-2.0
// Which addresses are called, and which are told to others.
#include <algorithm>

#include "node/address_book.hpp"

namespace bezant {

std::optional<NetworkAddress> AddressBook::draw(Among among, Time now, Random& random) const {
    const bool considers_tried = among == Among::all && tried_.size() != 0;
    if (new_.size() == 0 && !considers_tried) return std::nullopt;
    const bool takes_tried = considers_tried && (new_.size() == 0 || random.chance(1, 2));
    const BucketTable& table = takes_tried ? tried_ : new_;
    // What is drawn is taken with its chance, and all chances grow until one is.
    constexpr unsigned factor_bits = 16;
    std::uint64_t factor = std::uint64_t{1} << factor_bits;
    while (true) {
        const KnownAddress& known = entries_[table.draw(random)];
        const std::uint64_t chance = chance_of(known, seconds_of(now)) * factor >> factor_bits;
        if (random.below(std::uint64_t{1} << chance_bits) < chance) return known.address;
        factor = factor * 6 / 5;
    }
}

std::vector<HeardAddress> AddressBook::sample(std::size_t count_max, Time now,
                                              Random& random) const {
    std::vector<Number> numbers;
    numbers.reserve(size());
    for (Number number = 0; number < entries_.size(); ++number) {
        if (entries_[number].is_kept()) numbers.push_back(number);
    }
    std::vector<HeardAddress> chosen;
    for (std::size_t next = 0; next < numbers.size() && chosen.size() < count_max; ++next) {
        std::swap(numbers[next], numbers[next + random.below(numbers.size() - next)]);
        const KnownAddress& known = entries_[numbers[next]];
        if (!is_terrible(known, seconds_of(now)))
            chosen.push_back({.address = known.address, .heard_at = known.heard_at});
    }
    return chosen;
}

}  // namespace bezant
