// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/observed_world.hpp"

namespace bezant::report {

/// The names of so many participants: the labels, which are of all of them, or else "Alice" and so
/// on if they are few, "#17" if they are many.
[[nodiscard]] std::vector<std::string> labels_of(std::uint32_t participants,
                                                 std::span<const std::string> labels);

/// What to call participants when people read: as the network's file labels them, or else "Alice"
/// and so on in small worlds, "#17" in large ones.
class People {
public:
    /// The labels are of all participants, or there are none.
    People(const sim::ObservedWorld& world, std::span<const std::string> labels);

    [[nodiscard]] const std::string& name(sim::ParticipantId id) const { return names_[id]; }
    /// "0 Alice": with the number by which files and flags call it.
    [[nodiscard]] std::string numbered(sim::ParticipantId id) const;
    /// The same of all, in order.
    [[nodiscard]] std::vector<std::string> all_numbered() const;
    /// Name of whoever holds the key, or the start of the key's hash for a stranger's.
    [[nodiscard]] std::string name_of(const PublicKeyHash& owner) const;
    /// A sentence of the simulator's with names for its numbers: where it says "participant 4" or
    /// "participants 1, 6 and 7", the result says "Erin" or "Bob, Grace and Heidi".
    [[nodiscard]] std::string named(std::string_view sentence) const;

private:
    [[nodiscard]] std::string take_names(std::string_view& text) const;

    const sim::ObservedWorld& world_;
    std::vector<std::string> names_;  ///< by participant
    bool are_numbers_ = false;        ///< "#17"
};

}  // namespace bezant::report
