// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.hpp"
#include "node/message.hpp"

namespace bezant {

// Every bound that a participant puts on what others can make it hold or do. Bounds on the size of
// messages are in node/message.hpp, those that may differ between participants in
// ParticipantOptions. Each is far above what an honest neighbour needs; what happens beyond it is
// said here.

/// Neighbours at once. A driver that accepts connections accepts no more than this.
inline constexpr std::size_t peers_max = 65'536;

/// Branches of the block tree remembered for each neighbour: those it told of, and those it was
/// told of. When a fifth comes, the one with least work is forgotten; the worst that follows is a
/// header sent in vain.
inline constexpr std::size_t branches_per_peer_max = 4;

/// How many blocks like the tip a branch may lack in work for its new headers to be kept; Bitcoin
/// Core's margin in GetAntiDoSWorkThreshold.
inline constexpr std::uint64_t depth_kept_max = 144;

/// Headers sent without being asked, when the best chain moves; Bitcoin Core's
/// MAX_BLOCKS_TO_ANNOUNCE. If a neighbour lacks more, it gets the last and asks for the rest.
inline constexpr std::size_t headers_announced_max = 8;

/// How far ahead of the first missing block bodies are fetched: what must wait for its ancestors
/// stays bounded. Bitcoin Core's BLOCK_DOWNLOAD_WINDOW.
inline constexpr std::size_t body_window_max = 1'024;

/// Bodies that have come and wait while the first that is missing has been asked for and does not
/// come: whoever was asked holds up all the others, and one of them is asked in his place, without
/// waiting for the request's time to run out. (Bitcoin Core waits for two seconds,
/// BLOCK_STALLING_TIMEOUT; what has come meanwhile says more than a clock.)
inline constexpr std::size_t held_up_bodies_max = 32;

/// Blocks named in one GetData: no neighbour is asked for more at once, whatever its options.
inline constexpr std::size_t blocks_per_request_max = 256;

/// Neighbours that are asked to send new blocks in compact form without being asked (BIP 152:
/// "no more than 3"). A fourth takes the place of the one that was first the longest ago.
inline constexpr std::size_t compact_senders_max = 3;

/// How deep under the tip a block may lie to be sent in compact form, and to have some of its
/// transactions sent (Bitcoin Core's MAX_CMPCTBLOCK_DEPTH and MAX_BLOCKTXN_DEPTH). A deeper one is
/// sent whole: who lacks it does not hold its payments any longer.
inline constexpr std::uint32_t compact_depth_max = 5;
inline constexpr std::uint32_t missing_transactions_depth_max = 10;

/// Blocks of the own chain, from the tip down, in which the payments of a rival are looked for.
inline constexpr std::size_t replaced_blocks_max = 3;

/// Payments announced, wanted, and not yet come, from all neighbours. More are not asked for; they
/// come with a block.
inline constexpr std::size_t wanted_payments_max = 100'000;
/// Those that one neighbour has announced and that nobody is asked for yet. Of a stranger as many
/// as Bitcoin Core's MAX_PEER_TX_ANNOUNCEMENTS; more by one for each payment of his that was taken
/// into the pool, up to the second number: for what is left out here, he announces only once.
inline constexpr std::size_t waiting_payments_of_stranger_max = 5'000;
inline constexpr std::size_t waiting_payments_per_peer_max = 50'000;
/// Neighbours remembered as having a wanted payment: enough that one of them is honest.
inline constexpr std::size_t announcers_per_payment_max = 8;

/// Payments remembered as refused, so that each is fetched once. When full, or when the tip moves
/// and a verdict may change, all are forgotten.
inline constexpr std::size_t refused_payments_max = 20'000;

/// Bytes of those: they stay in memory, for they may come in a block.
inline constexpr std::size_t refused_payment_bytes_max = 16'000'000;

/// Jobs whose nonce is still welcome: all on the same tip, the last ones given out.
inline constexpr std::size_t mining_jobs_max = 4;

/// Messages with headers that lead nowhere, one after the other. The first is answered with a
/// question for what comes before it; an honest neighbour sends more only if it finds blocks before
/// that reaches it.
inline constexpr std::uint32_t unconnected_headers_max = 1'000;

/// What one neighbour may be served. An honest one asks for each header and each block once, and
/// for each announced payment once: the slack and the factor are for blocks that come and go in
/// reorganisations.
inline constexpr std::uint64_t service_slack = 10'000;
inline constexpr std::uint64_t service_factor = 4;

/// Messages of one neighbour that are of no use: pings, questions, what is known already. A
/// thousand a second in the long run, and 20,000 at once. An honest one sends a ping every two
/// minutes, an inventory every 100 ms and a header a block; what a link held up for silence_max
/// gives way to is 12,000 inventories.
inline constexpr Duration useless_credit_each = milliseconds(1);
inline constexpr Duration useless_credit_max = seconds(20);
/// What a message with headers of too weak a chain costs of that, for it takes 4,000 hashes to
/// read; all of one chain cost no more than half of the credit, for an honest neighbour that is
/// itself behind may show us its chain.
inline constexpr std::uint64_t useless_per_weak_headers = 20;
inline constexpr std::uint64_t useless_per_weak_chain_max = 10'000;

/// A neighbour is told of the fee floor no sooner than this after it was told last.
inline constexpr Duration fee_floor_spacing_min = seconds(10);
/// Fee floors that one neighbour may tell of between two ping timers. All that an honest one says
/// in hours may come at once, when a link that was stuck gives way.
inline constexpr std::uint32_t fee_floors_per_ping_max = 2'000;

/// Blocks under the stored tip that an archive with a storage keeps in memory at least: what is
/// asked for of new blocks is found there.
inline constexpr std::uint32_t blocks_in_memory_min = 24;

/// Score at which a neighbour is dropped (node/conduct.hpp).
inline constexpr std::uint32_t conduct_score_max = 100;

/// A neighbour not heard of for so long, though it was pinged, is gone. Bitcoin Core's
/// TIMEOUT_INTERVAL.
inline constexpr Duration silence_max = seconds(1'200);

/// How long a header from the future is waited for, at most, before it is asked for again.
inline constexpr Duration future_header_wait_max = seconds(7'200);

/// Calls under way beside those that fill outbound slots: to see whether an address answers.
inline constexpr std::size_t feelers_max = 1;
/// Whoever was called and has not greeted by then is let go.
inline constexpr Duration greeting_max = seconds(60);
/// Addresses looked at before the call of a slot is put off; Bitcoin Core's loop in
/// ThreadOpenConnections.
inline constexpr std::size_t draws_per_call_max = 100;
/// Neighbours whose addresses are kept to be called first after a restart; Bitcoin Core's
/// MAX_BLOCK_RELAY_ONLY_ANCHORS.
inline constexpr std::size_t anchors_max = 2;
/// Addresses of neighbours that were called and misbehaved, not to be called again. The oldest is
/// forgotten.
inline constexpr std::size_t shunned_addresses_max = 1'000;

/// Share of all known addresses that an answer tells, rounded up, and for how long it stays the
/// same; Bitcoin Core's MAX_PCT_ADDR_TO_SEND.
inline constexpr std::size_t addresses_told_percent = 23;
inline constexpr Duration addresses_told_for = seconds(86'400);
/// How often a neighbour may tell of an address, in the long run; those beyond are not looked at.
/// What was asked for comes on top. Bitcoin Core's MAX_ADDR_RATE_PER_SECOND and
/// MAX_ADDR_PROCESSING_TOKEN_BUCKET.
inline constexpr Duration address_credit_each = seconds(10);
inline constexpr Duration address_credit_max = address_credit_each * addresses_per_message_max;
/// News of so few addresses, so fresh, are passed on to so many neighbours.
inline constexpr std::size_t addresses_passed_on_max = 10;
inline constexpr Duration address_fresh = seconds(600);
inline constexpr std::size_t address_relay_fanout = 2;
/// Addresses remembered as passed on, for a day at most. When full, all are forgotten.
inline constexpr std::size_t passed_on_addresses_max = 5'000;

static_assert(blocks_in_memory_min > missing_transactions_depth_max);
static_assert(held_up_bodies_max < body_window_max);
static_assert(headers_announced_max <= headers_per_message_max);
static_assert(fee_floor_spacing_min.microseconds * fee_floors_per_ping_max >=
              4 * silence_max.microseconds);
static_assert(useless_credit_each * (2 * static_cast<std::int64_t>(useless_per_weak_chain_max)) <=
              useless_credit_max);
static_assert(waiting_payments_of_stranger_max <= waiting_payments_per_peer_max);
static_assert(waiting_payments_per_peer_max < wanted_payments_max);
static_assert(blocks_per_request_max <= inventory_per_message_max);
// A neighbour may be asked for all that a first look at its chain shows.
static_assert(service_slack >= body_window_max);

}  // namespace bezant
