// SPDX-License-Identifier: Apache-2.0
#include "report/people.hpp"

#include <fmt/format.h>

#include <array>

#include "base/hex.hpp"

namespace bezant::report {

namespace {

constexpr std::array<std::string_view, 26> first_names = {
    "Alice", "Bob",   "Carol", "Dave",    "Erin",  "Frank",  "Grace", "Heidi", "Ivan",
    "Judy",  "Kofi",  "Lena",  "Mallory", "Nils",  "Olga",   "Peggy", "Quinn", "Rosa",
    "Sam",   "Trudy", "Uma",   "Victor",  "Wanda", "Xavier", "Yara",  "Zoe"};

}  // namespace

std::string People::name(sim::ParticipantId id) const {
    if (world_.size() > first_names.size()) return fmt::format("#{}", id);
    return std::string{first_names.at(id)};
}

std::string People::numbered(sim::ParticipantId id) const {
    if (world_.size() > first_names.size()) return fmt::format("#{}", id);
    return fmt::format("{} {}", id, first_names.at(id));
}

std::string People::name_of(const PublicKeyHash& owner) const {
    if (const auto id = world_.owner_of(owner)) return name(*id);
    return fmt::format("stranger {}", to_hex(owner.view().first(4)));
}

}  // namespace bezant::report
