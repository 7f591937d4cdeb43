// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <optional>
#include <vector>

#include "node/address_buckets.hpp"
#include "node/message.hpp"
#include "node/peer.hpp"

namespace bezant {

class Turn;

// How addresses get about. Whoever calls asks for some, once, and gets a sample of what is known,
// the same for everyone for a day, so that nobody can see the whole book or watch it change
// (fingerprinting). Who has to go before he could ask gets it all the same (node/inbound.hpp): he
// learns no more by that than by asking. Whoever can be called tells so of himself, to each
// neighbour now and then; such news are passed on to two neighbours, the same ones for an address
// all day, so that telling often does not spread it further.
//
// Only neighbours of which the address is known take part: what somebody says is kept by who says
// it (node/address_book.hpp).

/// What a participant remembers of its talk about addresses.
struct AddressExchange {
    /// The answer of the day.
    std::vector<HeardAddress> answer;
    std::optional<Time> answer_since;
    std::size_t answer_of = 0;  ///< how many addresses were known then

    /// Passed on since that moment.
    boost::unordered_flat_set<NetworkAddress, AddressHasher> passed_on;
    std::optional<Time> passed_on_since;

    [[nodiscard]] std::size_t memory_bytes() const;
};

/// Addresses came: what the neighbour may tell of is taken into the book, and fresh news of few go
/// on.
void addresses_arrived(Turn& turn, Peer& peer, std::vector<HeardAddress> addresses);

/// Answers with a sample of at most addresses_told_percent of what is known. A neighbour is
/// answered once.
void answer_addresses(Turn& turn, Peer& peer);

/// The neighbour has greeted: it is asked for addresses, if it is in one of our slots, and told of
/// our own.
void begin_exchange(Turn& turn, Peer& peer);

/// Tells every neighbour of our own address now and then. Called on the same timer as tend_calls.
void tell_of_ourselves(Turn& turn);

/// Sends what was gathered for the neighbour; its timer went off.
void send_addresses(Turn& turn, Peer& peer);

}  // namespace bezant
