// SPDX-License-Identifier: Apache-2.0
#include "net/record/record_format.hpp"

#include "net/record/options_codec.hpp"
#include "net/record/record_fields.hpp"

namespace bezant::net {

namespace {

constexpr std::size_t version_bytes_max = 64;

void encode(Encoder& out, const StoreMark& mark) {
    out.u64(mark.blocks);
    out.raw(mark.mix.view());
    out.raw(mark.tip.view());
}

StoreMark decode_store_mark(Decoder& in) {
    StoreMark mark;
    mark.blocks = in.u64("stored blocks");
    mark.mix = in.fixed<Mix>("stored mix");
    mark.tip = in.fixed<BlockHash>("stored tip");
    return mark;
}

/// A book that none can be read from is found here, and not when it is too late.
Bytes decode_peers(Decoder& in, const ParticipantOptions& options) {
    const ByteView bytes = in.raw(in.size("address book length", 1), "address book");
    if (!in.failed() && !decode_address_book(bytes, options.address_book, options.address_realm))
        in.fail(DecodeReason::bad_value, "address book");
    return {bytes.begin(), bytes.end()};
}

}  // namespace

StoreMark mark_of(const storage::StoredLedger& ledger) {
    StoreMark mark{.blocks = 0, .mix = {}, .tip = ledger.tip()};
    Mixer mixer;
    ledger.each_block([&](std::uint64_t, const storage::BlockRecord& record) {
        mixer.bytes(block_hash(record.header));
        ++mark.blocks;
    });
    mark.mix = mixer.mix();
    return mark;
}

void encode(Encoder& out, const RecordStart& start) {
    out.text(start.version);
    out.u64(static_cast<std::uint64_t>(start.at.microseconds));
    bezant::encode(out, start.parameters);
    out.raw(start.key.view());
    encode(out, start.store);
    out.u64(start.seed);
    out.u64(start.archive_secret);
    encode(out, start.options);
    out.size(start.peers.size());
    out.raw(start.peers);
}

RecordStart decode_record_start(Decoder& in) {
    RecordStart start;
    start.version = in.text(version_bytes_max, "program version");
    start.at = decode_time(in);
    start.parameters = decode_parameters(in);
    start.key = in.fixed<PublicKey>("public key");
    start.store = decode_store_mark(in);
    start.seed = in.u64("seed");
    start.archive_secret = in.u64("archive secret");
    start.options = decode_participant_options(in);
    start.peers = decode_peers(in, start.options);
    return start;
}

Standing standing_of(const Participant& participant, const Archive& archive) {
    const BlockIndex tip = participant.chain().tip();
    Standing standing{.tip = archive.blocks()[tip].hash,
                      .height = participant.chain().height(),
                      .payments = participant.mempool().size(),
                      .pool = {}};
    Mixer mixer;
    for (const TransactionIndex payment : participant.mempool().payments())
        mixer.bytes(archive.transactions()[payment].full_id);
    standing.pool = mixer.mix();
    return standing;
}

void encode(Encoder& out, const Standing& standing) {
    out.raw(standing.tip.view());
    out.u32(standing.height.value);
    out.u64(standing.payments);
    out.raw(standing.pool.view());
}

Standing decode_standing(Decoder& in) {
    Standing standing;
    standing.tip = in.fixed<BlockHash>("tip");
    standing.height = Height{in.u32("height")};
    standing.payments = in.u64("payments");
    standing.pool = in.fixed<Mix>("pool mix");
    return standing;
}

}  // namespace bezant::net
