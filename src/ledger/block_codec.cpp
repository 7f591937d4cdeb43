// SPDX-License-Identifier: Apache-2.0
#include "ledger/codec.hpp"

namespace bezant {

void encode(Encoder& out, const BlockHeader& header) {
    out.u32(header.version);
    out.raw(header.previous.view());
    out.raw(header.merkle_root.view());
    out.u32(header.time);
    out.u32(header.target.value);
    out.u32(header.nonce);
}

void encode(Encoder& out, const Block& block) {
    encode(out, block.header);
    out.size(block.transactions.size());
    for (const Transaction& transaction : block.transactions) encode(out, transaction);
}

BlockHeader decode_header(Decoder& in) {
    BlockHeader header;
    header.version = in.u32("version");
    header.previous = in.fixed<BlockHash>("previous block");
    header.merkle_root = in.fixed<MerkleRoot>("merkle root");
    header.time = in.u32("time");
    header.target = CompactTarget{in.u32("target")};
    header.nonce = in.u32("nonce");
    return header;
}

Block decode_block(Decoder& in) {
    Block block;
    block.header = decode_header(in);
    block.transactions.resize(in.size("transaction count", transaction_bytes_min));
    for (Transaction& transaction : block.transactions) {
        if (in.failed()) break;
        transaction = decode_transaction(in);
    }
    return block;
}

std::size_t encoded_size(const Block& block) {
    std::size_t size = header_bytes + encoded_size_of_size(block.transactions.size());
    for (const Transaction& transaction : block.transactions) size += encoded_size(transaction);
    return size;
}

Result<BlockHeader, DecodeError> header_from_bytes(ByteView bytes) {
    return whole<BlockHeader>(bytes, decode_header);
}

Result<Block, DecodeError> block_from_bytes(ByteView bytes) {
    return whole<Block>(bytes, decode_block);
}

}  // namespace bezant
