// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "crypto/ed25519.hpp"
#include "crypto/key_derivation.hpp"
#include "sim/observer.hpp"

namespace bezant::sim {

/// All keys of a world, out of its seed: a tagged hash of it is the root of a SLIP-0010 tree, and
/// participant i signs with m/44'/1'/i', an attack's strangers with m/44'/2'/i'.
class Keys {
public:
    explicit Keys(std::uint64_t seed);

    [[nodiscard]] SigningKey of_participant(ParticipantId who) const;
    [[nodiscard]] SigningKey of_stranger(std::uint32_t number) const;

private:
    ExtendedKey participants_;
    ExtendedKey strangers_;
};

}  // namespace bezant::sim
