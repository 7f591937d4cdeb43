// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "ledger/codec.hpp"
#include "node/compact_block_codec.hpp"
#include "node/message_codec.hpp"
#include "node/message_kind.hpp"
#include "node/network_address_codec.hpp"
#include "rules/transaction_format.hpp"

namespace bezant {

namespace {

Malformed malformed(const DecodeError& error) { return {.fault = error.field}; }
Malformed malformed(const Rejection& rejection) { return {.fault = to_text(rejection.reason)}; }

/// A count of things of so many bytes or more, and at most as many as a message may have.
std::size_t count(Decoder& in, std::string_view field, std::size_t count_max,
                  std::size_t bytes_each = BlockHash::size_bytes) {
    const std::size_t value = in.size(field, bytes_each);
    if (value <= count_max) return value;
    in.fail(DecodeReason::too_many, field);
    return 0;
}

std::vector<FullTransactionId> read_ids(Decoder& in) {
    std::vector<FullTransactionId> ids(count(in, "payment count", inventory_per_message_max));
    for (FullTransactionId& id : ids) id = in.fixed<FullTransactionId>("payment");
    return ids;
}

/// Those that have a name here.
std::vector<TransactionIndex> find_payments(const std::vector<FullTransactionId>& ids,
                                            const Archive& archive) {
    std::vector<TransactionIndex> payments;
    for (const FullTransactionId& id : ids) {
        if (const auto payment = archive.transactions().find(id)) payments.push_back(*payment);
    }
    return payments;
}

std::vector<BlockIndex> read_blocks(Decoder& in, const Archive& archive, std::size_t count_max) {
    std::vector<BlockIndex> blocks;
    for (std::size_t left = count(in, "block count", count_max); left > 0; --left) {
        const auto hash = in.fixed<BlockHash>("block");
        if (const auto block = archive.blocks().find(hash)) blocks.push_back(*block);
    }
    return blocks;
}

Message read_hello(Decoder& in, Archive&) {
    Hello hello;
    hello.version = in.u32("version");
    hello.genesis = in.fixed<BlockHash>("genesis");
    hello.nonce = in.u64("nonce");
    hello.height = Height{in.u32("height")};
    return hello;
}

Message read_ping(Decoder& in, Archive&) { return Ping{.nonce = in.u64("nonce")}; }
Message read_pong(Decoder& in, Archive&) { return Pong{.nonce = in.u64("nonce")}; }

Message read_inventory(Decoder& in, Archive& archive) {
    const std::vector<FullTransactionId> ids = read_ids(in);
    if (const auto end = in.finish(); !end) return malformed(end.error());
    Inventory inventory;
    for (const FullTransactionId& id : ids)
        inventory.payments.push_back(archive.name_transaction(id));
    return inventory;
}

template <class Lists>
Message read_lists(Decoder& in, Archive& archive) {
    Lists lists;
    lists.payments = find_payments(read_ids(in), archive);
    lists.blocks = read_blocks(in, archive, inventory_per_message_max);
    if (lists.payments.size() + lists.blocks.size() > inventory_per_message_max)
        in.fail(DecodeReason::too_many, "block count");
    return lists;
}

Message read_get_headers(Decoder& in, Archive& archive) {
    return GetHeaders{.locator = read_blocks(in, archive, locator_entries_max)};
}

Message read_payment(Decoder& in, Archive& archive) {
    const ByteView encoding = in.rest();
    Transaction payment = decode_transaction(in);
    if (const auto end = in.finish(); !end) return malformed(end.error());
    if (const auto form = check_payment_format(payment, archive.parameters(), archive.supply_max());
        !form)
        return malformed(form.error());
    const FullTransactionId full_id = full_transaction_id(encoding);
    const auto known = archive.transactions().find(full_id);
    if (!known || !archive.transactions().is_known(*known))
        return NewPayment{.payment = Boxed{std::move(payment)}, .full_id = full_id};
    return PaymentMessage{.payment = *known};
}

bool is_a_chain(const std::vector<BlockHeader>& headers) {
    return std::ranges::adjacent_find(headers,
                                      [](const BlockHeader& parent, const BlockHeader& child) {
                                          return child.previous != block_hash(parent);
                                      }) == headers.end();
}

Message read_headers(Decoder& in, Archive& archive) {
    std::vector<BlockHeader> headers(
        count(in, "header count", headers_per_message_max, header_bytes));
    for (BlockHeader& header : headers) header = decode_header(in);
    if (const auto end = in.finish(); !end) return malformed(end.error());
    if (!is_a_chain(headers)) return Malformed{.fault = "previous block"};
    Headers message;
    for (const BlockHeader& header : headers) {
        const auto known = archive.blocks().find(block_hash(header));
        if (!known) return NewHeaders{.headers = std::move(headers)};
        message.headers.push_back(*known);
    }
    return message;
}

Message read_block(Decoder& in, Archive& archive) {
    Block block = decode_block(in);
    if (const auto end = in.finish(); !end) return malformed(end.error());
    const auto known = archive.blocks().find(block_hash(block.header));
    if (!known || !archive.has_body(*known)) return NewBlock{.block = Boxed{std::move(block)}};
    const auto same = archive.add_block(block);
    if (!same) return malformed(same.error());
    return BlockMessage{.block = *same};
}

/// As many as the greatest block can hold.
std::size_t transactions_max(const Archive& archive) {
    return archive.parameters().block_bytes_max / transaction_bytes_min;
}

Message read_compact_block(Decoder& in, Archive& archive) {
    const BlockHeader header = decode_header(in);
    CompactBlock outline = decode_outline(in, transactions_max(archive));
    if (const auto end = in.finish(); !end) return malformed(end.error());
    const auto block = archive.blocks().find(block_hash(header));
    if (!block) return NewCompactBlock{.header = Boxed{header}, .outline = std::move(outline)};
    outline.block = *block;
    return outline;
}

/// The block that a message is about.
BlockIndex read_known_block(Decoder& in, const Archive& archive) {
    const auto block = archive.blocks().find(in.fixed<BlockHash>("block"));
    if (!block) in.fail(DecodeReason::bad_value, "block");
    return block.value_or(no_block);
}

Message read_get_compact_block(Decoder& in, Archive& archive) {
    return GetCompactBlock{.block = read_known_block(in, archive)};
}

Message read_get_missing_transactions(Decoder& in, Archive& archive) {
    GetMissingTransactions request{.block = read_known_block(in, archive), .positions = {}};
    request.positions = decode_positions(in, transactions_max(archive));
    return request;
}

Message read_missing_transactions(Decoder& in, Archive& archive) {
    MissingTransactions answer{.block = read_known_block(in, archive), .transactions = {}};
    answer.transactions = decode_transactions(in, transactions_max(archive));
    return answer;
}

Message read_send_compact(Decoder& in, Archive&) {
    const std::uint8_t unasked = in.u8("unasked");
    if (unasked > 1) in.fail(DecodeReason::bad_value, "unasked");
    return SendCompact{.unasked = unasked == 1};
}

Message read_fee_floor(Decoder& in, Archive&) {
    return FeeFloor{.fee_per_kilobyte = Amount{in.u64("fee per kilobyte")}};
}

Message read_get_addresses(Decoder&, Archive&) { return GetAddresses{}; }

Message read_addresses(Decoder& in, Archive&) {
    Addresses message;
    message.addresses.resize(
        count(in, "address count", addresses_per_message_max, heard_address_bytes));
    for (HeardAddress& heard : message.addresses) {
        heard.heard_at = in.u32("heard");
        heard.address = decode_network_address(in, "host", "port");
    }
    return message;
}

using Reader = Message (*)(Decoder&, Archive&);

Reader reader_of(MessageKind kind) {
    switch (kind) {
        case MessageKind::none:
            return nullptr;
        case MessageKind::hello:
            return read_hello;
        case MessageKind::ping:
            return read_ping;
        case MessageKind::pong:
            return read_pong;
        case MessageKind::inventory:
            return read_inventory;
        case MessageKind::get_data:
            return read_lists<GetData>;
        case MessageKind::not_found:
            return read_lists<NotFound>;
        case MessageKind::payment:
            return read_payment;
        case MessageKind::get_headers:
            return read_get_headers;
        case MessageKind::headers:
            return read_headers;
        case MessageKind::block:
            return read_block;
        case MessageKind::compact_block:
            return read_compact_block;
        case MessageKind::get_missing_transactions:
            return read_get_missing_transactions;
        case MessageKind::missing_transactions:
            return read_missing_transactions;
        case MessageKind::fee_floor:
            return read_fee_floor;
        case MessageKind::send_compact:
            return read_send_compact;
        case MessageKind::get_compact_block:
            return read_get_compact_block;
        case MessageKind::get_addresses:
            return read_get_addresses;
        case MessageKind::addresses:
            return read_addresses;
    }
    return nullptr;
}

}  // namespace

Message decode_message(ByteView bytes, Archive& archive) {
    if (bytes.size() > message_bytes_max(archive.parameters())) return Malformed{.fault = "length"};
    Decoder in{bytes};
    const Reader read = reader_of(static_cast<MessageKind>(in.u8("kind")));
    if (read == nullptr) return Malformed{.fault = "kind"};
    Message message = read(in, archive);
    if (std::holds_alternative<Malformed>(message)) return message;
    if (const auto end = in.finish(); !end) return malformed(end.error());
    return message;
}

}  // namespace bezant
