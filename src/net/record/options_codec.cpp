// SPDX-License-Identifier: Apache-2.0
#include "net/record/options_codec.hpp"

#include "base/check.hpp"
#include "net/record/record_fields.hpp"
#include "node/network_address_codec.hpp"

namespace bezant::net {

namespace {

/// Sizes of an address book that a record may ask for: no more than twice the usual ones.
constexpr std::uint32_t buckets_max = 2'048;
constexpr std::uint32_t bucket_places_max = 128;
constexpr std::int64_t interval_max = seconds(1'000'000'000).microseconds;

void put(Encoder& out, Duration span) { out.u64(static_cast<std::uint64_t>(span.microseconds)); }

Duration duration(Decoder& in, std::string_view field) {
    const std::uint64_t value = in.u64(field);
    if (value > static_cast<std::uint64_t>(interval_max)) in.fail(DecodeReason::bad_value, field);
    return in.failed() ? Duration{} : Duration{static_cast<std::int64_t>(value)};
}

/// A number from 1 up to this.
std::uint32_t bounded(Decoder& in, std::string_view field, std::uint32_t value_max) {
    const std::uint32_t value = in.u32(field);
    if (value == 0 || value > value_max) in.fail(DecodeReason::bad_value, field);
    return value;
}

void encode(Encoder& out, const MempoolLimits& limits) {
    const auto& [bytes, ancestors, descendants, fee, orphans] = limits;
    out.u64(bytes);
    out.u64(ancestors);
    out.u64(descendants);
    out.u64(fee.value);
    out.u64(orphans);
}

MempoolLimits decode_mempool_limits(Decoder& in) {
    MempoolLimits limits;
    limits.bytes_max = in.u64("pool bytes");
    limits.ancestors_max = in.u64("pool ancestors");
    limits.descendants_max = in.u64("pool descendants");
    limits.fee_per_kilobyte_min = Amount{in.u64("pool fee per kilobyte")};
    limits.orphans_max = in.u64("pool orphans");
    return limits;
}

void encode(Encoder& out, const AddressBookLimits& limits) {
    const auto& [new_buckets, tried_buckets, places, new_each, tried_each, collisions] = limits;
    for (const std::uint32_t value :
         {new_buckets, tried_buckets, places, new_each, tried_each, collisions})
        out.u32(value);
}

AddressBookLimits decode_address_book_limits(Decoder& in) {
    AddressBookLimits limits;
    limits.new_buckets = bounded(in, "new buckets", buckets_max);
    limits.tried_buckets = bounded(in, "tried buckets", buckets_max);
    limits.bucket_places = bounded(in, "bucket places", bucket_places_max);
    limits.new_buckets_per_source_group = bounded(in, "new buckets per source group", buckets_max);
    limits.tried_buckets_per_group = bounded(in, "tried buckets per group", buckets_max);
    limits.collisions_max = bounded(in, "collisions", buckets_max);
    return limits;
}

}  // namespace

// All members are named, so that one which is added later cannot be forgotten here.
void encode(Encoder& out, const ParticipantOptions& options) {
    const auto& [mempool, announce, request, ping, block_template, fee_floor, blocks_in_flight,
                 payments_in_flight, waiting_bytes, block_relay, in_memory, mines, payout, work,
                 fork_choice, outbound, inbound, dial, feeler, advertised, realm, book, address] =
        options;
    CHECK(fork_choice == nullptr, "a node goes by the ledger's own rule");
    encode(out, mempool);
    for (const Duration span : {announce, request, ping, block_template, fee_floor}) put(out, span);
    for (const std::size_t count : {blocks_in_flight, payments_in_flight, waiting_bytes})
        out.u64(count);
    out.u8(static_cast<std::uint8_t>(block_relay));
    out.u64(in_memory);
    out.u8(mines ? 1 : 0);
    put_optional(out, payout, [&](const PublicKeyHash& owner) { out.raw(owner.view()); });
    out.raw(work.to_little_endian());
    out.u64(outbound);
    out.u64(inbound);
    put(out, dial);
    put(out, feeler);
    put_optional(out, advertised, [&](const NetworkAddress& place) { bezant::encode(out, place); });
    out.u8(static_cast<std::uint8_t>(realm));
    encode(out, book);
    put(out, address);
}

ParticipantOptions decode_participant_options(Decoder& in) {
    ParticipantOptions options;
    options.mempool = decode_mempool_limits(in);
    options.announce_interval = duration(in, "announce interval");
    options.request_timeout = duration(in, "request timeout");
    options.ping_interval = duration(in, "ping interval");
    options.template_interval = duration(in, "template interval");
    options.fee_floor_interval = duration(in, "fee floor interval");
    options.blocks_in_flight_per_peer_max = in.u64("blocks in flight");
    options.payments_in_flight_per_peer_max = in.u64("payments in flight");
    options.waiting_body_bytes_max = in.u64("waiting body bytes");
    options.block_relay = flag(in, "block relay") ? BlockRelay::compact : BlockRelay::headers;
    options.transactions_in_memory_min = in.u64("transactions in memory");
    options.mines = flag(in, "mines");
    if (flag(in, "has payout")) options.payout = in.fixed<PublicKeyHash>("payout");
    options.minimum_work = Uint256::from_little_endian(in.fixed<Hash256>("minimum work").bytes);
    options.outbound_slots = in.u64("outbound slots");
    options.inbound_slots = in.u64("inbound slots");
    options.dial_interval = duration(in, "dial interval");
    if (options.dial_interval == Duration{}) in.fail(DecodeReason::bad_value, "dial interval");
    options.feeler_interval = duration(in, "feeler interval");
    if (flag(in, "has advertised address"))
        options.advertised_address =
            decode_network_address(in, "advertised host", "advertised port");
    options.address_realm =
        flag(in, "address realm") ? AddressRealm::private_network : AddressRealm::internet;
    options.address_book = decode_address_book_limits(in);
    options.address_interval = duration(in, "address interval");
    return options;
}

}  // namespace bezant::net
