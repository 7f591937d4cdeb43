// SPDX-License-Identifier: Apache-2.0
#include "base/check.hpp"
#include "ledger/codec.hpp"
#include "node/compact_block_codec.hpp"
#include "node/message_codec.hpp"
#include "node/message_kind.hpp"
#include "node/network_address_codec.hpp"

namespace bezant {

namespace {

/// Writes the fields of each kind of message.
class Writer {
public:
    Writer(const Archive& archive, Bytes& bytes) : archive_(archive), out_(bytes) {}

    void operator()(const Hello& hello) {
        kind(MessageKind::hello);
        out_.u32(hello.version);
        out_.raw(hello.genesis.view());
        out_.u64(hello.nonce);
        out_.u32(hello.height.value);
    }
    void operator()(const Ping& ping) {
        kind(MessageKind::ping);
        out_.u64(ping.nonce);
    }
    void operator()(const Pong& pong) {
        kind(MessageKind::pong);
        out_.u64(pong.nonce);
    }
    void operator()(const Inventory& inventory) {
        kind(MessageKind::inventory);
        payment_ids(inventory.payments);
    }
    void operator()(const GetData& request) {
        kind(MessageKind::get_data);
        payment_ids(request.payments);
        block_hashes(request.blocks);
    }
    void operator()(const NotFound& answer) {
        kind(MessageKind::not_found);
        payment_ids(answer.payments);
        block_hashes(answer.blocks);
    }
    void operator()(const PaymentMessage& message) {
        kind(MessageKind::payment);
        encode(out_, archive_.transactions()[message.payment].transaction);
    }
    void operator()(const GetHeaders& request) {
        kind(MessageKind::get_headers);
        out_.size(request.locator.size() + (request.beyond ? 1 : 0));
        if (request.beyond) out_.raw(request.beyond->view());
        for (const BlockIndex block : request.locator) block_hash(block);
    }
    void operator()(const Headers& message) {
        kind(MessageKind::headers);
        out_.size(message.headers.size());
        for (const BlockIndex block : message.headers)
            encode(out_, archive_.blocks()[block].header);
    }
    void operator()(const BlockMessage& message) {
        kind(MessageKind::block);
        const auto body = archive_.body(message.block);
        encode(out_, archive_.blocks()[message.block].header);
        out_.size(body.size());
        for (const TransactionIndex index : body)
            encode(out_, archive_.transactions()[index].transaction);
    }
    void operator()(const NewHeaders& message) {
        kind(MessageKind::headers);
        out_.size(message.headers.size());
        for (const BlockHeader& header : message.headers) encode(out_, header);
    }
    void operator()(const NewBlock& message) {
        kind(MessageKind::block);
        encode(out_, *message.block);
    }
    void operator()(const NewPayment& message) {
        kind(MessageKind::payment);
        encode(out_, *message.payment);
    }
    void operator()(const NewCompactBlock& message) {
        kind(MessageKind::compact_block);
        encode(out_, *message.header);
        encode_outline(out_, message.outline);
    }
    void operator()(const Malformed&) { kind(MessageKind::none); }
    void operator()(const SendCompact& message) {
        kind(MessageKind::send_compact);
        out_.u8(message.unasked ? 1 : 0);
    }
    void operator()(const GetCompactBlock& request) {
        kind(MessageKind::get_compact_block);
        block_hash(request.block);
    }
    void operator()(const CompactBlock& message) {
        kind(MessageKind::compact_block);
        encode(out_, archive_.blocks()[message.block].header);
        encode_outline(out_, message);
    }
    void operator()(const GetMissingTransactions& request) {
        kind(MessageKind::get_missing_transactions);
        block_hash(request.block);
        encode_positions(out_, request.positions);
    }
    void operator()(const MissingTransactions& answer) {
        kind(MessageKind::missing_transactions);
        block_hash(answer.block);
        encode_transactions(out_, answer.transactions);
    }
    void operator()(const FeeFloor& message) {
        kind(MessageKind::fee_floor);
        out_.u64(message.fee_per_kilobyte.value);
    }
    void operator()(const GetAddresses&) { kind(MessageKind::get_addresses); }
    void operator()(const Addresses& message) {
        kind(MessageKind::addresses);
        out_.size(message.addresses.size());
        for (const HeardAddress& heard : message.addresses) {
            out_.u32(heard.heard_at);
            encode(out_, heard.address);
        }
    }

private:
    void kind(MessageKind kind) { out_.u8(static_cast<std::uint8_t>(kind)); }
    void payment_ids(std::span<const TransactionIndex> payments) {
        out_.size(payments.size());
        for (const TransactionIndex payment : payments)
            out_.raw(archive_.transactions()[payment].full_id.view());
    }
    void block_hash(BlockIndex block) { out_.raw(archive_.blocks()[block].hash.view()); }
    void block_hashes(std::span<const BlockIndex> blocks) {
        out_.size(blocks.size());
        for (const BlockIndex block : blocks) block_hash(block);
    }

    const Archive& archive_;
    Encoder out_;
};

std::size_t size_of_ids(std::size_t count) {
    return encoded_size_of_size(count) + count * BlockHash::size_bytes;
}

std::size_t size_of_headers(std::size_t count) {
    return encoded_size_of_size(count) + count * header_bytes;
}

/// Lengths of the fields of each kind of message.
struct Sizes {
    const Archive& archive;

    std::size_t operator()(const Hello&) const { return 4 + BlockHash::size_bytes + 8 + 4; }
    std::size_t operator()(const Ping&) const { return 8; }
    std::size_t operator()(const Pong&) const { return 8; }
    std::size_t operator()(const Inventory& inventory) const {
        return size_of_ids(inventory.payments.size());
    }
    std::size_t operator()(const GetData& request) const {
        return size_of_ids(request.payments.size()) + size_of_ids(request.blocks.size());
    }
    std::size_t operator()(const NotFound& answer) const {
        return size_of_ids(answer.payments.size()) + size_of_ids(answer.blocks.size());
    }
    std::size_t operator()(const PaymentMessage& message) const {
        return archive.transactions()[message.payment].bytes;
    }
    std::size_t operator()(const GetHeaders& request) const {
        return size_of_ids(request.locator.size() + (request.beyond ? 1 : 0));
    }
    std::size_t operator()(const Headers& message) const {
        return size_of_headers(message.headers.size());
    }
    std::size_t operator()(const NewHeaders& message) const {
        return size_of_headers(message.headers.size());
    }
    std::size_t operator()(const NewBlock& message) const {
        return bezant::encoded_size(*message.block);
    }
    std::size_t operator()(const NewPayment& message) const {
        return bezant::encoded_size(*message.payment);
    }
    std::size_t operator()(const NewCompactBlock& message) const {
        return header_bytes + encoded_outline_size(message.outline);
    }
    std::size_t operator()(const BlockMessage& message) const {
        const auto body = archive.body(message.block);
        std::size_t size = header_bytes + encoded_size_of_size(body.size());
        for (const TransactionIndex index : body) size += archive.transactions()[index].bytes;
        return size;
    }
    std::size_t operator()(const Malformed&) const { return 0; }
    std::size_t operator()(const SendCompact&) const { return 1; }
    std::size_t operator()(const GetCompactBlock&) const { return BlockHash::size_bytes; }
    std::size_t operator()(const CompactBlock& message) const {
        return header_bytes + encoded_outline_size(message);
    }
    std::size_t operator()(const GetMissingTransactions& request) const {
        return BlockHash::size_bytes + encoded_positions_size(request.positions);
    }
    std::size_t operator()(const MissingTransactions& answer) const {
        return BlockHash::size_bytes + encoded_transactions_size(answer.transactions);
    }
    std::size_t operator()(const FeeFloor&) const { return 8; }
    std::size_t operator()(const GetAddresses&) const { return 0; }
    std::size_t operator()(const Addresses& message) const {
        const std::size_t count = message.addresses.size();
        return encoded_size_of_size(count) + count * heard_address_bytes;
    }
};

}  // namespace

// A compact block of which nothing is left out is longer than its block: by the nonce, the two
// counts, and the coinbase's position.
std::size_t message_bytes_max(const Parameters& parameters) {
    constexpr std::size_t outline_bytes = 8 + 5 + 5 + 1;
    return 1 + std::max<std::size_t>(parameters.block_bytes_max + outline_bytes,
                                     size_of_headers(headers_per_message_max));
}

Bytes encode_block_message(ByteView block) {
    Bytes bytes;
    bytes.reserve(1 + block.size());
    bytes.push_back(static_cast<Byte>(MessageKind::block));
    bytes.insert(bytes.end(), block.begin(), block.end());
    return bytes;
}

Bytes encode_message(const Message& message, const Archive& archive) {
    Bytes bytes;
    bytes.reserve(encoded_size(message, archive));
    std::visit(Writer{archive, bytes}, message);
    return bytes;
}

std::size_t encoded_size(const Message& message, const Archive& archive) {
    return 1 + std::visit(Sizes{archive}, message);
}

}  // namespace bezant
