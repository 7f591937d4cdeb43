// SPDX-License-Identifier: Apache-2.0
#include "report/people.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/check.hpp"
#include "base/hex.hpp"

namespace bezant::report {

namespace {

constexpr std::array<std::string_view, 26> first_names = {
    "Alice", "Bob",   "Carol", "Dave",    "Erin",  "Frank",  "Grace", "Heidi", "Ivan",
    "Judy",  "Kofi",  "Lena",  "Mallory", "Nils",  "Olga",   "Peggy", "Quinn", "Rosa",
    "Sam",   "Trudy", "Uma",   "Victor",  "Wanda", "Xavier", "Yara",  "Zoe"};

/// The number with which the text begins, if it is one of so many participants; takes it off.
std::optional<sim::ParticipantId> take_number(std::string_view& text, std::size_t participants) {
    sim::ParticipantId number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number >= participants) return std::nullopt;
    const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
    if (rest.starts_with(" more")) return std::nullopt;  // how many are not named
    text = rest;
    return number;
}

bool take(std::string_view& text, std::string_view beginning) {
    if (!text.starts_with(beginning)) return false;
    text.remove_prefix(beginning.size());
    return true;
}

}  // namespace

std::vector<std::string> labels_of(std::uint32_t participants,
                                   std::span<const std::string> labels) {
    CHECK(labels.empty() || labels.size() == participants, "all have labels, or none has");
    std::vector<std::string> names{labels.begin(), labels.end()};
    const bool are_many = participants > first_names.size();
    for (auto id = static_cast<sim::ParticipantId>(names.size()); id < participants; ++id)
        names.push_back(are_many ? fmt::format("#{}", id) : std::string{first_names.at(id)});
    return names;
}

People::People(const sim::ObservedWorld& world, std::span<const std::string> labels)
    : world_(world),
      names_(labels_of(static_cast<std::uint32_t>(world.size()), labels)),
      are_numbers_(labels.empty() && world.size() > first_names.size()) {}

std::string People::numbered(sim::ParticipantId id) const {
    return are_numbers_ ? name(id) : fmt::format("{} {}", id, name(id));
}

std::vector<std::string> People::all_numbered() const {
    std::vector<std::string> all;
    for (sim::ParticipantId id = 0; id < names_.size(); ++id) all.push_back(numbered(id));
    return all;
}

std::string People::name_of(const PublicKeyHash& owner) const {
    if (const auto id = world_.owner_of(owner)) return name(*id);
    return fmt::format("stranger {}", to_hex(owner.view().first(4)));
}

std::string People::named(std::string_view sentence) const {
    std::string result;
    while (!sentence.empty()) {
        if (take(sentence, "participants ")) {
            const std::string names = take_names(sentence);
            result += names.empty() ? "participants " : names;
        } else if (take(sentence, "participant ")) {
            const auto number = take_number(sentence, names_.size());
            result += number ? name(*number) : "participant ";
        } else {
            result += sentence.front();
            sentence.remove_prefix(1);
        }
    }
    return result;
}

/// Names for the list of numbers with which the text begins; takes it off.
std::string People::take_names(std::string_view& text) const {
    std::string names;
    std::string_view rest = text;
    std::string_view joint;
    while (const auto number = take_number(rest, names_.size())) {
        names += std::string{joint} + name(*number);
        text = rest;
        joint = take(rest, ", ") ? ", " : take(rest, " and ") ? " and " : "";
        if (joint.empty()) break;
    }
    return names;
}

}  // namespace bezant::report
