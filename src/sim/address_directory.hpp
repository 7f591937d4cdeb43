// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "node/network_address.hpp"
#include "sim/observer.hpp"

namespace bezant::sim {

/// The addresses of a simulated Internet, and who answers there. At first everyone has one address,
/// in a network group of its own as long as there are such: IPv4 addresses that anybody can call,
/// so that participants treat them as they would in the real world (node/network_address.hpp).
class AddressDirectory {
public:
    /// Network groups that addresses are spread over: 11.0 to 90.255. The others are left for those
    /// who claim addresses.
    static constexpr std::uint32_t groups = 80 * 256;

    explicit AddressDirectory(std::uint32_t participants);

    /// The participant answers here, too. Nobody else may.
    void claim(ParticipantId who, const NetworkAddress& address);

    /// Nothing if nobody answers there.
    [[nodiscard]] std::optional<ParticipantId> find(const NetworkAddress& address) const;
    /// Where others can call the participant.
    [[nodiscard]] const NetworkAddress& home(ParticipantId who) const {
        return addresses_[who].front();
    }
    /// Where the participant calls from, as it seems to others: his addresses take turns, and the
    /// port is of the kind that nobody answers at.
    [[nodiscard]] NetworkAddress next_origin(ParticipantId who);

private:
    std::vector<std::vector<NetworkAddress>> addresses_;  ///< by participant; none is empty
    std::vector<std::uint32_t> calls_;                    ///< made by each
    std::map<NetworkAddress, ParticipantId> owners_;
};

}  // namespace bezant::sim
