// SPDX-License-Identifier: Apache-2.0
#include "net/ban_list.hpp"

#include <algorithm>

#include "ledger/codec.hpp"

namespace bezant::net {

using storage::Database;
using storage::Family;

namespace {

std::uint64_t whole_seconds(Time moment) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(unix_seconds(moment), 0));
}

Time moment(std::uint64_t seconds) { return from_unix_seconds(static_cast<std::int64_t>(seconds)); }

/// A ban that is written for ever ends when clocks do.
constexpr std::int64_t seconds_max = 253'402'300'799;  // the end of the year 9999

}  // namespace

BanList::BanList(Database& database) : database_(database) {
    database_.scan(Family::bans, [this](ByteView key, ByteView value) {
        Decoder place{key};
        Decoder in{value};
        const auto host = place.fixed<Host>("host");
        const Span span{.since = in.u64("since"), .until = in.u64("until")};
        if (!place.finish() || !in.finish()) database_.fail("a ban is not what it should be");
        bans_[host] = span;
        return true;
    });
}

void BanList::ban(const Host& host, Time now, Duration length) {
    forget_past(now);
    const Time end = from_unix_seconds(
        std::min(seconds_max, unix_seconds(now) + unix_seconds(Time{length.microseconds})));
    const Span span{.since = whole_seconds(now), .until = whole_seconds(end)};
    bans_[host] = span;
    Bytes value;
    Encoder out{value};
    out.u64(span.since);
    out.u64(span.until);
    Database::Batch batch{database_};
    batch.put(Family::bans, host.view(), value);
    if (!database_.write(std::move(batch))) database_.fail_to_write();
}

bool BanList::lift(const Host& host) {
    if (bans_.erase(host) == 0) return false;
    Database::Batch batch{database_};
    batch.remove(Family::bans, host.view());
    if (!database_.write(std::move(batch))) database_.fail_to_write();
    return true;
}

bool BanList::contains(const Host& host, Time now) const {
    const auto found = bans_.find(host);
    return found != bans_.end() && whole_seconds(now) < found->second.until;
}

std::vector<BanReport> BanList::all(Time now) const {
    std::vector<BanReport> reports;
    for (const auto& [host, span] : bans_) {
        if (whole_seconds(now) < span.until)
            reports.push_back(
                {.host = host, .since = moment(span.since), .until = moment(span.until)});
    }
    return reports;
}

void BanList::forget_past(Time now) {
    Database::Batch batch{database_};
    const bool any = std::erase_if(bans_, [&](const auto& entry) {
                         const bool past = entry.second.until <= whole_seconds(now);
                         if (past) batch.remove(Family::bans, entry.first.view());
                         return past;
                     }) != 0;
    if (any && !database_.write(std::move(batch))) database_.fail_to_write();
}

}  // namespace bezant::net
