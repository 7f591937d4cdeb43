// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include <string>

#include "sim/attack.hpp"
#include "sim/attacks/deceiver.hpp"

namespace bezant::sim {

/// A participant who begins anew with an empty disk, and at first knows nobody but one neighbour.
class Newcomer {
public:
    Newcomer(ParticipantId self, ParticipantId only_neighbour)
        : self_(self), only_neighbour_(only_neighbour) {}

    [[nodiscard]] ParticipantId self() const { return self_; }
    [[nodiscard]] bool has_begun() const { return has_begun_; }

    /// Crashes, loses all neighbours but one, and starts again.
    void begin_anew(AttackControl& control);
    /// To be called with each seat that is taken: his disk is empty.
    void take(Seat& seat) const;
    /// The one neighbour connects to him anew.
    void hear_again(AttackControl& control) const;
    /// Connects to all others too.
    void meet_everyone(AttackControl& control) const;

    /// What he refuses, of a block or of his neighbour who told him this lie, for people; nothing
    /// if the notice is of something else.
    [[nodiscard]] std::optional<std::string> refusal_in_words(const Notice& notice,
                                                              const BlockTree& blocks,
                                                              const std::optional<Lie>& lie) const;

private:
    ParticipantId self_;
    ParticipantId only_neighbour_;
    bool has_begun_ = false;
};

/// Whom the attacker can talk to alone: the victim if they are neighbours, or else the neighbour
/// with the fewest links, whose absence matters least; nobody if he has no neighbour.
[[nodiscard]] std::optional<Newcomer> newcomer_of(const AttackSettings& attack, const Graph& graph);

}  // namespace bezant::sim
