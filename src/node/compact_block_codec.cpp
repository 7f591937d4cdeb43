// SPDX-License-Identifier: Apache-2.0
#include "node/compact_block_codec.hpp"

namespace bezant {

namespace {

constexpr std::size_t short_id_bytes = 6;
constexpr std::size_t nonce_bytes = 8;
/// Of the distance to a position and the transaction there.
constexpr std::size_t prefilled_bytes_min = 1 + transaction_bytes_min;

/// Goes through increasing positions: each is written as its distance from the least it could be.
class Distances {
public:
    [[nodiscard]] std::uint64_t to(std::uint32_t position) {
        const std::uint64_t distance = position - least_;
        least_ = std::uint64_t{position} + 1;
        return distance;
    }
    [[nodiscard]] std::uint32_t read(Decoder& in, std::size_t positions) {
        const std::uint64_t room = positions > least_ ? positions - least_ - 1 : 0;
        const std::uint64_t distance = in.number("position", room);
        if (positions <= least_) in.fail(DecodeReason::too_many, "position");
        const std::uint64_t position = least_ + distance;
        least_ = position + 1;
        return static_cast<std::uint32_t>(position);
    }

private:
    std::uint64_t least_ = 0;
};

std::size_t read_count(Decoder& in, std::string_view field, std::size_t bytes_each,
                       std::size_t count_max) {
    const std::size_t count = in.size(field, bytes_each);
    if (count <= count_max) return count;
    in.fail(DecodeReason::too_many, field);
    return 0;
}

std::vector<Prefilled> read_prefilled(Decoder& in, std::size_t short_ids,
                                      std::size_t transactions_max) {
    std::vector<Prefilled> all(
        read_count(in, "prefilled count", prefilled_bytes_min, transactions_max - short_ids));
    Distances distances;
    for (Prefilled& each : all) {
        if (in.failed()) break;
        each.position = distances.read(in, short_ids + all.size());
        each.transaction = decode_transaction(in);
    }
    if (all.empty() || all.front().position != 0)
        in.fail(DecodeReason::bad_value, "prefilled count");
    return all;
}

}  // namespace

void encode_outline(Encoder& out, const CompactBlock& message) {
    out.u64(message.nonce);
    out.size(message.short_ids.size());
    for (const ShortId id : message.short_ids) out.u48(id);
    out.size(message.prefilled.size());
    Distances distances;
    for (const Prefilled& each : message.prefilled) {
        out.size(distances.to(each.position));
        encode(out, each.transaction);
    }
}

std::size_t encoded_outline_size(const CompactBlock& message) {
    const std::size_t short_ids = message.short_ids.size();
    std::size_t size = nonce_bytes + encoded_size_of_size(short_ids) + short_ids * short_id_bytes +
                       encoded_size_of_size(message.prefilled.size());
    Distances distances;
    for (const Prefilled& each : message.prefilled)
        size += encoded_size_of_size(distances.to(each.position)) + encoded_size(each.transaction);
    return size;
}

CompactBlock decode_outline(Decoder& in, std::size_t transactions_max) {
    CompactBlock message;
    message.nonce = in.u64("nonce");
    message.short_ids.resize(read_count(in, "short id count", short_id_bytes, transactions_max));
    for (ShortId& id : message.short_ids) id = in.u48("short id");
    message.prefilled = read_prefilled(in, message.short_ids.size(), transactions_max);
    return message;
}

void encode_positions(Encoder& out, std::span<const std::uint32_t> positions) {
    out.size(positions.size());
    Distances distances;
    for (const std::uint32_t position : positions) out.size(distances.to(position));
}

std::size_t encoded_positions_size(std::span<const std::uint32_t> positions) {
    std::size_t size = encoded_size_of_size(positions.size());
    Distances distances;
    for (const std::uint32_t position : positions)
        size += encoded_size_of_size(distances.to(position));
    return size;
}

std::vector<std::uint32_t> decode_positions(Decoder& in, std::size_t transactions_max) {
    std::vector<std::uint32_t> positions(read_count(in, "position count", 1, transactions_max));
    Distances distances;
    for (std::uint32_t& position : positions) {
        if (in.failed()) break;
        position = distances.read(in, transactions_max);
    }
    if (positions.empty()) in.fail(DecodeReason::bad_value, "position count");
    return positions;
}

void encode_transactions(Encoder& out, std::span<const Transaction> transactions) {
    out.size(transactions.size());
    for (const Transaction& transaction : transactions) encode(out, transaction);
}

std::size_t encoded_transactions_size(std::span<const Transaction> transactions) {
    std::size_t size = encoded_size_of_size(transactions.size());
    for (const Transaction& transaction : transactions) size += encoded_size(transaction);
    return size;
}

std::vector<Transaction> decode_transactions(Decoder& in, std::size_t transactions_max) {
    std::vector<Transaction> transactions(
        read_count(in, "transaction count", transaction_bytes_min, transactions_max));
    for (Transaction& transaction : transactions) {
        if (in.failed()) break;
        transaction = decode_transaction(in);
    }
    return transactions;
}

}  // namespace bezant
