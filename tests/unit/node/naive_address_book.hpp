// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <vector>

#include "node/address_book.hpp"

namespace bezant::test {

/// An address book without tables: who is in a place is found by looking at everyone.
class NaiveAddressBook {
public:
    struct Entry {
        KnownAddress known;
        std::set<std::uint32_t> places;
        bool tried = false;
    };

    NaiveAddressBook(const AddressSecret& secret, const AddressBookLimits& limits)
        : limits_(limits), buckets_(secret, limits) {}

    bool add(const HeardAddress& heard, const NetworkAddress& source, std::uint32_t penalty,
             std::uint32_t now, Random& random) {
        if (!is_routable(heard.address, AddressRealm::internet)) return false;
        if (heard.address.host == source.host) penalty = 0;
        const std::uint32_t moment = heard.heard_at < penalty ? 0 : heard.heard_at - penalty;
        const bool is_new = !entries.contains(heard.address);
        Entry& entry = entries[heard.address];
        if (is_new) {
            entry.known.source = source;
            entry.known.heard_at = moment;
        } else {
            const bool recent = now < heard.heard_at || now - heard.heard_at < 86'400;
            if (moment > entry.known.heard_at + (recent ? 3'600 : 86'400))
                entry.known.heard_at = moment;
            if (entry.tried || heard.heard_at <= entry.known.heard_at) return false;
            if (entry.places.size() == 8) return false;
            if (random.below(std::uint64_t{1} << entry.places.size()) != 0) return false;
        }
        const std::uint32_t place = buckets_.new_place(heard.address, source);
        if (entry.places.contains(place)) return false;
        if (Entry* holder = holder_of_new(place)) {
            const bool gives_way = is_terrible(holder->known, now) ||
                                   (holder->places.size() > 1 && entry.places.empty());
            if (gives_way) holder->places.erase(place);
            if (gives_way) entry.places.insert(place);
            forget_homeless();
            return gives_way;
        }
        entry.places.insert(place);
        return true;
    }

    void called(const NetworkAddress& address, bool counts, std::uint32_t now) {
        const auto found = entries.find(address);
        if (found == entries.end()) return;
        found->second.known.tried_at = now;
        if (!counts || found->second.known.failed_at >= last_success_) return;
        found->second.known.failed_at = now;
        ++found->second.known.failures;
    }

    void succeeded(const NetworkAddress& address, std::uint32_t now) {
        last_success_ = std::max(last_success_, now);
        const auto found = entries.find(address);
        if (found == entries.end()) return;
        found->second.known.succeeded_at = found->second.known.tried_at = now;
        found->second.known.failures = 0;
        if (found->second.tried) return;
        if (holder_of_tried(buckets_.tried_place(address)) == nullptr) return make_tried(address);
        if (std::ranges::find(waiting, address) == waiting.end() &&
            waiting.size() < limits_.collisions_max)
            waiting.push_back(address);
    }

    void settle_collisions(std::uint32_t now) {
        std::vector<NetworkAddress> still;
        for (const NetworkAddress& address : waiting) {
            if (!entries.contains(address) || entries[address].tried) continue;
            const Entry* holder = holder_of_tried(buckets_.tried_place(address));
            if (holder != nullptr) {
                const std::int64_t hours_4 = 14'400;
                const std::int64_t answered = std::int64_t{now} - holder->known.succeeded_at;
                const std::int64_t called = std::int64_t{now} - holder->known.tried_at;
                const std::int64_t waits = std::int64_t{now} - entries[address].known.succeeded_at;
                if (answered < hours_4) continue;
                const bool tested = called < hours_4 && called > 60;
                const bool untestable = called >= hours_4 && waits > 2'400;
                if (!tested && !untestable) {
                    still.push_back(address);
                    continue;
                }
            }
            make_tried(address);
        }
        waiting = still;
    }

    std::map<NetworkAddress, Entry> entries;
    std::vector<NetworkAddress> waiting;

private:
    Entry* holder_of_new(std::uint32_t place) {
        for (auto& [address, entry] : entries) {
            if (entry.places.contains(place)) return &entry;
        }
        return nullptr;
    }
    Entry* holder_of_tried(std::uint32_t place) {
        for (auto& [address, entry] : entries) {
            if (entry.tried && buckets_.tried_place(address) == place) return &entry;
        }
        return nullptr;
    }
    void forget_homeless() {
        std::erase_if(entries, [](const auto& named) {
            return named.second.places.empty() && !named.second.tried;
        });
    }
    void make_tried(const NetworkAddress& address) {
        entries[address].places.clear();
        if (Entry* holder = holder_of_tried(buckets_.tried_place(address))) {
            const auto named = std::ranges::find_if(
                entries, [&](const auto& each) { return &each.second == holder; });
            const std::uint32_t place = buckets_.new_place(named->first, holder->known.source);
            if (Entry* displaced = holder_of_new(place)) displaced->places.erase(place);
            holder->tried = false;
            holder->places.insert(place);
        }
        entries[address].tried = true;
        forget_homeless();
    }

    AddressBookLimits limits_;
    AddressBuckets buckets_;
    std::uint32_t last_success_ = 1;
};

}  // namespace bezant::test
