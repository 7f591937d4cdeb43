// SPDX-License-Identifier: Apache-2.0
#include "node/address_exchange.hpp"

#include <algorithm>
#include <utility>

#include "ledger/codec.hpp"
#include "node/limits.hpp"
#include "node/network_address_codec.hpp"
#include "node/participant_state.hpp"
#include "node/secret_choice.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

constexpr Duration hearsay_penalty = seconds(7'200);
constexpr Duration a_day = seconds(86'400);
/// A moment that cannot be is taken as this long ago; Bitcoin Core's rule.
constexpr Duration age_of_nonsense = a_day * 5;
constexpr std::uint32_t earliest_sensible = 100'000'000;  ///< in 1973

bool takes_part(const Peer& peer) {
    return peer.address && !peer.dropped && peer.purpose != ConnectionPurpose::feeler;
}

/// Whether the moment lies in the span before now. One that is to come (a clock was set) does not.
bool is_within(const Turn& turn, std::optional<Time> moment, Duration span) {
    return moment && *moment <= turn.now && turn.now - *moment < span;
}

void grow_credit(const Turn& turn, Peer& peer) {
    if (peer.credited_at && *peer.credited_at < turn.now)
        peer.address_credit =
            std::min(address_credit_max, peer.address_credit + (turn.now - *peer.credited_at));
    peer.credited_at = turn.now;
}

void put_moment_right(const Turn& turn, HeardAddress& heard) {
    if (heard.heard_at <= earliest_sensible ||
        heard.heard_at > seconds_of(turn.now + address_fresh))
        heard.heard_at = seconds_of(turn.now - age_of_nonsense);
}

void gather(const Turn& turn, Peer& peer, const HeardAddress& heard) {
    if (peer.addresses_to_send.size() >= addresses_per_message_max) return;
    peer.addresses_to_send.push_back(heard);
    if (std::exchange(peer.sending_addresses, true)) return;
    const Duration mean = turn.self.options.address_interval;
    turn.wake(TimerKind::send_addresses, peer, turn.self.address_random.exponential(mean));
}

/// Whether it was not passed on today.
bool is_to_be_passed_on(const Turn& turn, const NetworkAddress& address) {
    AddressExchange& exchange = turn.self.exchange;
    const bool full = exchange.passed_on.size() >= passed_on_addresses_max;
    if (full || !is_within(turn, exchange.passed_on_since, a_day)) {
        exchange.passed_on.clear();
        exchange.passed_on_since = turn.now;
    }
    return exchange.passed_on.insert(address).second;
}

/// Whom an address is for today: the neighbour with the greatest such number, and the next.
std::uint64_t lot_of(const Turn& turn, const NetworkAddress& address, const Peer& peer) {
    Bytes things;
    Encoder out{things};
    encode(out, address);
    out.u64(static_cast<std::uint64_t>(turn.now.microseconds / a_day.microseconds));
    out.u32(peer.id.value);
    return secret_choice(turn.self.addresses.secret(), SecretPurpose::address_relay, things);
}

void pass_on(const Turn& turn, const Peer& from, const HeardAddress& heard) {
    if (!is_to_be_passed_on(turn, heard.address)) return;
    std::vector<std::pair<std::uint64_t, Peer*>> lots;
    for (Peer& peer : turn.self.peers.greeted()) {
        if (takes_part(peer) && &peer != &from)
            lots.emplace_back(lot_of(turn, heard.address, peer), &peer);
    }
    std::ranges::sort(lots, std::ranges::greater{}, [](const auto& lot) { return lot.first; });
    for (std::size_t i = 0; i < std::min(address_relay_fanout, lots.size()); ++i)
        gather(turn, *lots[i].second, heard);
}

void take_address(const Turn& turn, const Peer& peer, const HeardAddress& heard, bool news) {
    ParticipantState& self = turn.self;
    if (heard.address == self.options.advertised_address ||
        !is_routable(heard.address, self.addresses.realm()))
        return;
    self.addresses.add(heard, *peer.address, hearsay_penalty, turn.now, self.address_random);
    if (news && seconds_of(turn.now - address_fresh) < heard.heard_at) pass_on(turn, peer, heard);
}

void tell_of_ourselves(const Turn& turn, Peer& peer) {
    const auto& own = turn.self.options.advertised_address;
    if (own && takes_part(peer))
        gather(turn, peer, {.address = *own, .heard_at = seconds_of(turn.now)});
}

/// Drawn anew after a day, or when twice as much is known: the first answer of one who has just
/// begun would be empty all day.
void draw_answer(const Turn& turn) {
    ParticipantState& self = turn.self;
    AddressExchange& exchange = self.exchange;
    const std::size_t known = self.addresses.size();
    const bool outgrown = known > 0 && known >= 2 * exchange.answer_of;
    if (!outgrown && is_within(turn, exchange.answer_since, addresses_told_for)) return;
    const std::size_t share = (known * addresses_told_percent + 99) / 100;
    exchange.answer = self.addresses.sample(std::min(share, addresses_per_message_max), turn.now,
                                            self.address_random);
    exchange.answer_since = turn.now;
    exchange.answer_of = known;
}

}  // namespace

std::size_t AddressExchange::memory_bytes() const {
    return answer.capacity() * sizeof(HeardAddress) +
           passed_on.bucket_count() * sizeof(NetworkAddress);
}

// Those beyond the neighbour's credit are not looked at; which they are is left to chance, so that
// nobody can choose what others said to be lost.
void addresses_arrived(Turn& turn, Peer& peer, std::vector<HeardAddress> addresses) {
    const bool asked = std::exchange(peer.addresses_asked, false);
    if (!takes_part(peer)) return;
    const bool news = !asked && addresses.size() <= addresses_passed_on_max;
    grow_credit(turn, peer);
    turn.self.address_random.shuffle(addresses);
    for (HeardAddress& heard : addresses) {
        if (peer.address_credit < address_credit_each) return;
        peer.address_credit = peer.address_credit - address_credit_each;
        put_moment_right(turn, heard);
        take_address(turn, peer, heard, news);
    }
}

void answer_addresses(Turn& turn, Peer& peer) {
    peer.addresses_answered = true;
    draw_answer(turn);
    turn.send(peer, Addresses{.addresses = turn.self.exchange.answer});
}

void begin_exchange(Turn& turn, Peer& peer) {
    if (!takes_part(peer)) return;
    if (peer.purpose == ConnectionPurpose::slot) {
        peer.addresses_asked = true;
        peer.address_credit = peer.address_credit + address_credit_max;
        turn.send(peer, GetAddresses{});
    }
    tell_of_ourselves(turn, peer);
}

void tell_of_ourselves(Turn& turn) {
    if (!turn.self.options.advertised_address) return;
    for (Peer& peer : turn.self.peers.greeted()) {
        if (is_due(turn, a_day)) tell_of_ourselves(turn, peer);
    }
}

void send_addresses(Turn& turn, Peer& peer) {
    peer.sending_addresses = false;
    turn.send(peer, Addresses{.addresses = std::exchange(peer.addresses_to_send, {})});
}

}  // namespace bezant
