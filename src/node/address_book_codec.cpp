// SPDX-License-Identifier: Apache-2.0
#include "node/address_book_codec.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "node/limits.hpp"
#include "node/network_address_codec.hpp"

namespace bezant {

namespace {

/// Not ASCII, then BZA, and line ends of both kinds.
struct MagicTag;
using Magic = FixedBytes<MagicTag, 8>;
constexpr Magic magic{.bytes = {0x89, 'B', 'Z', 'A', 0x0d, 0x0a, 0x1a, 0x0a}};
constexpr std::uint32_t format_version = 1;

/// Two addresses, three numbers, and a count of buckets.
constexpr std::size_t record_bytes_min = 2 * network_address_bytes + 12 + 1;

void encode(Encoder& out, const AddressRecord& record) {
    encode(out, record.address);
    encode(out, record.source);
    out.u32(record.heard_at);
    out.u32(record.succeeded_at);
    out.u32(record.failures);
    out.size(record.new_buckets.size());
    for (const std::uint32_t bucket : record.new_buckets) {
        CHECK(bucket <= UINT16_MAX, "the file has two bytes for a bucket");
        out.u16(static_cast<std::uint16_t>(bucket));
    }
}

/// A record whose address comes after this one.
AddressRecord decode_record(Decoder& in, const NetworkAddress& last) {
    AddressRecord record;
    record.address = decode_network_address(in, "host", "port");
    if (record.address <= last) in.fail(DecodeReason::bad_value, "port");
    record.source = decode_network_address(in, "source host", "source port");
    record.heard_at = in.u32("heard");
    record.succeeded_at = in.u32("succeeded");
    record.failures = in.u32("failures");
    const std::size_t buckets = in.size("new bucket count", 2);
    if (buckets > new_places_max) in.fail(DecodeReason::too_many, "new bucket count");
    for (std::size_t i = 0; i < buckets && !in.failed(); ++i)
        record.new_buckets.push_back(in.u16("new bucket"));
    return record;
}

/// The records, whose addresses ascend, go into the book.
void decode_records(Decoder& in, AddressBook& book) {
    NetworkAddress last;
    for (std::size_t left = in.size("address count", record_bytes_min); left > 0; --left) {
        const AddressRecord record = decode_record(in, last);
        if (in.failed()) return;
        if (!book.restore(record)) in.fail(DecodeReason::bad_value, "new bucket");
        last = record.address;
    }
}

std::vector<NetworkAddress> decode_anchors(Decoder& in, AddressRealm realm) {
    std::vector<NetworkAddress> anchors;
    const std::size_t count = in.size("anchor count", network_address_bytes);
    if (count > anchors_max) in.fail(DecodeReason::too_many, "anchor count");
    for (std::size_t i = 0; i < count && !in.failed(); ++i) {
        anchors.push_back(decode_network_address(in, "anchor host", "anchor port"));
        if (!in.failed() && !is_routable(anchors.back(), realm))
            in.fail(DecodeReason::bad_value, "anchor host");
    }
    return anchors;
}

}  // namespace

Bytes encode_address_book(const AddressBook& book, std::span<const NetworkAddress> anchors) {
    CHECK(anchors.size() <= anchors_max, "few anchors are kept");
    Bytes file;
    Encoder out{file};
    out.raw(magic.view());
    out.u32(format_version);
    out.raw(book.secret().view());
    const std::vector<AddressRecord> records = book.records();
    out.size(records.size());
    for (const AddressRecord& record : records) encode(out, record);
    out.size(anchors.size());
    for (const NetworkAddress& anchor : anchors) encode(out, anchor);
    const Hash256 checksum = sha256(file);
    out.raw(checksum.view());
    return file;
}

Result<RememberedPeers, DecodeError> decode_address_book(ByteView file,
                                                         const AddressBookLimits& limits,
                                                         AddressRealm realm) {
    Decoder in{file};
    if (in.fixed<Magic>("magic") != magic) in.fail(DecodeReason::bad_magic, "magic");
    if (in.u32("format version") != format_version)
        in.fail(DecodeReason::bad_version, "format version");
    const auto secret = in.fixed<AddressSecret>("secret");
    RememberedPeers peers{.book = AddressBook{secret, limits, realm}, .anchors = {}};
    decode_records(in, peers.book);
    peers.anchors = decode_anchors(in, realm);
    const Hash256 expected = sha256(file.first(in.offset()));
    if (in.fixed<Hash256>("checksum") != expected) in.fail(DecodeReason::bad_checksum, "checksum");
    if (const auto end = in.finish(); !end) return unexpected{end.error()};
    return peers;
}

}  // namespace bezant
