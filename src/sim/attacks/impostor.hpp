// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "sim/actor.hpp"

namespace bezant::sim {

/// What an attack against one victim's view is told to do, by whoever leads it.
struct Imposture {
    NetworkAddress victim;
    std::vector<NetworkAddress> aliases;  ///< all the addresses at which he answers
    std::size_t calls = 0;                ///< connections that he makes to the victim
    bool tells = false;                   ///< of his addresses, whenever he is poked
    std::optional<Height> shown;          ///< the victim is told of no block above; nothing: of all
};

/// So many addresses in so many network groups, the first of which is that of his home: no two are
/// the same, and nobody else is in those groups (sim/address_directory.hpp).
[[nodiscard]] std::vector<NetworkAddress> aliases_of(const NetworkAddress& home,
                                                     std::uint32_t count, std::uint32_t groups);

/// One who passes for many: a participant of his own, honest to everybody but the victim, who is
/// called from many addresses, and finds him wherever it calls. The victim is told of no address
/// but his, and of no block that it shall not hear of.
class Impostor final : public Actor {
public:
    /// The plan is the attack's, which may change it at any time; it must outlive the actor.
    Impostor(const Seat& seat, const Imposture& plan);

    void handle(const Event& event, Time now, Effects& effects) override;
    /// Calls the victim until he has as many connections as he wants, and tells of addresses.
    void poked(std::uint64_t tag, Time now, Effects& effects) override;
    [[nodiscard]] const Participant* participant() const override { return &participant_; }
    [[nodiscard]] bool is_honest() const override { return false; }

private:
    class OneView;

    void meet(const PeerConnected& event);
    void tell(PeerId peer, std::size_t count, Time now, Effects& effects);

    Participant participant_;
    const Imposture& plan_;
    Archive& archive_;
    Random random_;
    std::set<PeerId> called_;  ///< connections with the victim that he has made,
    std::set<PeerId> calls_;   ///< and that it has made
};

}  // namespace bezant::sim
