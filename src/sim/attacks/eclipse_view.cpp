// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/eclipse_view.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

/// The standard error is at most 1 / (2 sqrt(draws_made)).
constexpr int draws_made = 4'000;

double share_of_draws(const AddressBook& book, const std::set<NetworkAddress>& his, Time now,
                      Random& random) {
    int count = 0;
    for (int i = 0; i < draws_made; ++i) {
        const auto drawn = book.draw(AddressBook::Among::all, now, random);
        count += drawn && his.contains(*drawn) ? 1 : 0;
    }
    return static_cast<double>(count) / draws_made;
}

double part_of(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Hold hold_of(const World& world, ParticipantId victim, ParticipantId attacker) {
    struct Tally {
        std::size_t his = 0;
        std::size_t all = 0;
    };
    Tally outbound;
    Tally inbound;
    for (const Neighbour& neighbour : world.neighbours(victim)) {
        Tally& tally = neighbour.outbound ? outbound : inbound;
        ++tally.all;
        tally.his += neighbour.who == attacker ? 1U : 0U;
    }
    return {.outbound = part_of(outbound.his, outbound.all),
            .inbound = part_of(inbound.his, inbound.all)};
}

std::uint32_t blocks_missed_by(const World& world, ParticipantId victim) {
    const auto tip = world.tip_of(victim);
    if (!tip) return 0;
    const BlockTree& blocks = world.archive().blocks();
    const std::uint32_t own = blocks[*tip].height.value;
    const std::uint32_t common = blocks[world.common_tip()].height.value;
    return common - std::min(common, own);
}

BookShare share_of_book(const AddressBook& book, const AddressBookLimits& limits,
                        const std::set<NetworkAddress>& his, Time now, Random& random) {
    AddressBook restored{book.secret(), limits, book.realm()};
    std::set<std::uint32_t> new_buckets;
    BookShare share{.addresses = book.size()};
    for (const AddressRecord& record : book.records()) {
        const bool is_restored = restored.restore(record);
        CHECK(is_restored, "a book can have what a book has");
        const bool is_tried = record.new_buckets.empty();
        if (his.contains(record.address)) {
            new_buckets.insert(record.new_buckets.begin(), record.new_buckets.end());
            share.tried += is_tried ? 1U : 0U;
        } else {
            share.tried_of_others += is_tried ? 1U : 0U;
        }
    }
    share.new_buckets = new_buckets.size();
    share.draws = share_of_draws(restored, his, now, random);
    return share;
}

}  // namespace bezant::sim
