// SPDX-License-Identifier: Apache-2.0
#include "node/participant_state.hpp"

#include <array>

#include "ledger/codec.hpp"
#include "node/secret_choice.hpp"

namespace bezant {

AddressBook ParticipantState::empty_book(const ParticipantOptions& options, const Random& random) {
    Random source = random.stream("address secret");
    AddressSecret secret;
    for (Byte& byte : secret.bytes) byte = static_cast<Byte>(source.next());
    return AddressBook{secret, options.address_book, options.address_realm};
}

/// Other in each life, and as hard to foresee as the secret.
Random ParticipantState::random_for_addresses(const AddressSecret& secret, const Random& random) {
    Bytes life;
    Encoder{life}.u64(random.stream("addresses").next());
    return Random{secret_choice(secret, SecretPurpose::random_choices, life)};
}

std::uint64_t ParticipantState::shown_number() {
    Bytes drawn;
    Encoder{drawn}.u64(random.next());
    return secret_choice(addresses.secret(), SecretPurpose::shown_numbers, drawn);
}

}  // namespace bezant
