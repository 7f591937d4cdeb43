// SPDX-License-Identifier: Apache-2.0
#include "ledger/ledger_file.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "ledger/parameters_codec.hpp"

namespace bezant {

namespace {

constexpr std::size_t length_bytes = 4;
constexpr std::size_t least_block_bytes = length_bytes + header_bytes + 1;

// A beginning of the magic is a file cut short, anything else another kind of file.
bool begins_as_ledger_file(ByteView file) {
    const std::size_t count = std::min(file.size(), ledger_file_magic.size());
    return std::ranges::equal(file.first(count), ByteView{ledger_file_magic}.first(count));
}

}  // namespace

LedgerWriter::LedgerWriter(const Parameters& parameters, std::uint32_t block_count, ByteSink sink)
    : sink_(std::move(sink)), blocks_left_(block_count) {
    CHECK(!unsound_field(parameters), "a ledger file holds parameters that can be read back");
    Bytes bytes;
    Encoder out{bytes};
    out.raw(ledger_file_magic);
    out.u32(ledger_file_version);
    encode(out, parameters);
    out.u32(block_count);
    write(bytes);
}

void LedgerWriter::add(const Block& block) {
    CHECK(blocks_left_ > 0, "a ledger file holds as many blocks as were announced");
    --blocks_left_;
    Bytes bytes;
    Encoder out{bytes};
    out.u32(static_cast<std::uint32_t>(encoded_size(block)));
    encode(out, block);
    write(bytes);
}

void LedgerWriter::finish() {
    CHECK(blocks_left_ == 0, "a ledger file holds as many blocks as were announced");
    sink_(hasher_.finish().view());
}

void LedgerWriter::write(ByteView bytes) {
    hasher_.update(bytes);
    sink_(bytes);
}

Result<LedgerReader, DecodeError> LedgerReader::open(ByteView file) {
    LedgerReader reader{file};
    Decoder& in = reader.in_;
    if (!begins_as_ledger_file(file)) in.fail(DecodeReason::bad_magic, "magic");
    (void)in.raw(ledger_file_magic.size(), "magic");
    if (in.u32("format version") != ledger_file_version) {
        in.fail(DecodeReason::bad_version, "format version");
    }
    reader.parameters_ = decode_parameters(in);
    reader.block_count_ = in.u32("block count");
    if (reader.block_count_ > in.left() / least_block_bytes) {
        in.fail(DecodeReason::too_many, "block count");
    }
    if (const auto so_far = in.error()) return unexpected{*so_far};
    return reader;
}

Result<LedgerBlock, DecodeError> LedgerReader::next_block() {
    CHECK(blocks_left() > 0, "a block is left to be read");
    LedgerBlock result;
    const std::uint32_t length = in_.u32("block length");
    result.offset = in_.offset();
    result.bytes = in_.raw(length, "block");
    if (const auto so_far = in_.error()) return unexpected{*so_far};
    auto block = block_from_bytes(result.bytes);
    if (!block) {
        block.error().offset += result.offset;
        return unexpected{block.error()};
    }
    result.block = std::move(*block);
    result.height = Height{++blocks_read_};
    return result;
}

Result<void, DecodeError> LedgerReader::check_trailer() {
    CHECK(blocks_left() == 0, "the checksum is read after the last block");
    const ByteView covered = file_.first(in_.offset());
    const auto stored = in_.fixed<Hash256>("checksum");
    if (stored != sha256(covered)) in_.fail(DecodeReason::bad_checksum, "checksum");
    return in_.finish();
}

}  // namespace bezant
