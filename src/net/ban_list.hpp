// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <vector>

#include "net/running_node.hpp"
#include "storage/database.hpp"

namespace bezant::net {

/// Hosts that are not spoken with, kept over restarts.
class BanList {
public:
    /// Reads what an earlier life kept. The database must outlive the list.
    explicit BanList(storage::Database& database);

    /// Takes the place of an earlier ban of the host. Those that have run out are forgotten.
    void ban(const Host& host, Time now, Duration length);
    /// False if it was not banned.
    bool lift(const Host& host);

    [[nodiscard]] bool contains(const Host& host, Time now) const;
    /// Those that have not run out, by host.
    [[nodiscard]] std::vector<BanReport> all(Time now) const;

private:
    /// In whole seconds since 1970.
    struct Span {
        std::uint64_t since = 0;
        std::uint64_t until = 0;
    };

    void forget_past(Time now);

    storage::Database& database_;
    std::map<Host, Span> bans_;
};

}  // namespace bezant::net
