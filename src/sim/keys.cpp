// SPDX-License-Identifier: Apache-2.0
#include "sim/keys.hpp"

#include <array>

#include "crypto/hash.hpp"
#include "ledger/codec.hpp"

namespace bezant::sim {

namespace {

constexpr std::uint32_t purpose = 44;
constexpr std::uint32_t participants_branch = 1;
constexpr std::uint32_t strangers_branch = 2;

ExtendedKey branch(std::uint64_t seed, std::uint32_t number) {
    Bytes seed_bytes;
    Encoder{seed_bytes}.u64(seed);
    const Hash256 root = tagged_hash("bezant/simulated-keys", seed_bytes);
    return derive_path(root.view(), std::array{purpose, number});
}

}  // namespace

Keys::Keys(std::uint64_t seed)
    : participants_(branch(seed, participants_branch)),
      strangers_(branch(seed, strangers_branch)) {}

SigningKey Keys::of_participant(ParticipantId who) const {
    return SigningKey::from_seed(derive(participants_, who).key);
}

SigningKey Keys::of_stranger(std::uint32_t number) const {
    return SigningKey::from_seed(derive(strangers_, number).key);
}

}  // namespace bezant::sim
