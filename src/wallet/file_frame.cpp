// SPDX-License-Identifier: Apache-2.0
#include "wallet/file_frame.hpp"

#include <algorithm>

#include "crypto/hash.hpp"

namespace bezant::wallet {

void begin_file(Encoder& out, const FileMagic& magic, std::uint32_t version) {
    out.raw(magic);
    out.u32(version);
}

void end_file(Encoder& out, const Bytes& bytes) { out.raw(sha256(bytes).view()); }

void read_beginning(Decoder& in, ByteView file, const FileMagic& magic, std::uint32_t version) {
    const std::size_t count = std::min(file.size(), magic.size());
    if (!std::ranges::equal(file.first(count), ByteView{magic}.first(count))) {
        in.fail(DecodeReason::bad_magic, "magic");
    }
    (void)in.raw(magic.size(), "magic");
    if (in.u32("format version") != version) in.fail(DecodeReason::bad_version, "format version");
}

Result<void, DecodeError> read_end(Decoder& in, ByteView file) {
    const ByteView covered = file.first(in.offset());
    if (in.fixed<Hash256>("checksum") != sha256(covered)) {
        in.fail(DecodeReason::bad_checksum, "checksum");
    }
    return in.finish();
}

}  // namespace bezant::wallet
