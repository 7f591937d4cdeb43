// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/world.hpp"

namespace bezant::report {

/// What to call participants when people read: "Alice" and so on for small worlds, "#17" for large
/// ones.
class People {
public:
    explicit People(const sim::World& world) : world_(world) {}

    [[nodiscard]] std::string name(sim::ParticipantId id) const;
    /// "0 Alice": with the number by which files and flags call it.
    [[nodiscard]] std::string numbered(sim::ParticipantId id) const;
    /// Name of whoever holds the key, or the start of the key's hash for a stranger's.
    [[nodiscard]] std::string name_of(const PublicKeyHash& owner) const;

private:
    const sim::World& world_;
};

}  // namespace bezant::report
