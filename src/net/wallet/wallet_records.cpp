// SPDX-License-Identifier: Apache-2.0
#include "net/wallet/wallet_records.hpp"

#include <algorithm>

#include "storage/records.hpp"

namespace bezant::net {

namespace {

constexpr std::size_t counterpart_bytes = 8 + 32;

Bytes key_of(const WalletId& wallet, WalletRecord record) {
    Bytes key;
    Encoder out{key};
    out.raw(wallet.view());
    out.u8(static_cast<std::uint8_t>(record));
    return key;
}

}  // namespace

Bytes position_key(const WalletId& wallet) { return key_of(wallet, WalletRecord::position); }

Bytes coin_key(const WalletId& wallet, const OutPoint& coin) {
    Bytes key = key_of(wallet, WalletRecord::coin);
    Encoder{key}.raw(storage::coin_key(coin));
    return key;
}

Bytes history_key(const WalletId& wallet, const LedgerPlace& place) {
    Bytes key = key_of(wallet, WalletRecord::history);
    Encoder out{key};
    storage::put_sorted(out, place.height.value);
    storage::put_sorted(out, place.position);
    return key;
}

Bytes pending_key(const WalletId& wallet, const TransactionId& payment) {
    Bytes key = key_of(wallet, WalletRecord::pending);
    Encoder{key}.raw(payment.view());
    return key;
}

void encode(Encoder& out, const WalletPayment& payment) {
    out.raw(payment.id.view());
    out.u32(payment.time);
    out.u8(static_cast<std::uint8_t>(payment.kind));
    out.u64(payment.received.value);
    out.u64(payment.sent.value);
    out.u64(payment.fee.value);
    out.u32(payment.counterpart_count);
    out.size(payment.counterparts.size());
    for (const Output& each : payment.counterparts) encode(out, each);
}

WalletPayment decode_wallet_payment(Decoder& in) {
    WalletPayment payment;
    payment.id = in.fixed<TransactionId>("transaction id");
    payment.time = in.u32("time");
    const std::uint8_t kind = in.u8("kind");
    if (kind > static_cast<std::uint8_t>(PaymentKind::ours))
        in.fail(DecodeReason::bad_value, "kind");
    payment.kind = static_cast<PaymentKind>(kind);
    payment.received = Amount{in.u64("received")};
    payment.sent = Amount{in.u64("sent")};
    payment.fee = Amount{in.u64("fee")};
    payment.counterpart_count = in.u32("counterparts");
    payment.counterparts.resize(in.size("counterpart count", counterpart_bytes));
    for (Output& each : payment.counterparts) {
        each.amount = Amount{in.u64("amount")};
        each.owner = in.fixed<PublicKeyHash>("owner");
    }
    return payment;
}

void encode(Encoder& out, const PendingPayment& pending) {
    encode(out, pending.payment);
    encode(out, pending.transaction);
    out.size(pending.rivals.size());
    for (const TransactionId& rival : pending.rivals) out.raw(rival.view());
}

PendingPayment decode_pending_payment(Decoder& in) {
    PendingPayment pending;
    pending.payment = decode_wallet_payment(in);
    pending.transaction = decode_transaction(in);
    pending.full_id = full_transaction_id(pending.transaction);
    pending.rivals.resize(in.size("rival count", TransactionId::size_bytes));
    for (TransactionId& rival : pending.rivals) rival = in.fixed<TransactionId>("rival");
    return pending;
}

void encode(Encoder& out, const WalletPosition& position) {
    out.raw(position.tip.view());
    out.u32(position.birthday.value);
    for (const KeyCounts& branch : position.keys) {
        out.u32(branch.used);
        out.u32(branch.issued);
        out.u32(branch.watched);
    }
}

WalletPosition decode_wallet_position(Decoder& in) {
    WalletPosition position;
    position.tip = in.fixed<BlockHash>("tip");
    position.birthday = Height{in.u32("birthday")};
    for (KeyCounts& branch : position.keys) {
        branch.used = in.u32("used");
        branch.issued = in.u32("issued");
        branch.watched = in.u32("watched");
    }
    return position;
}

namespace {

template <class Value>
Result<void, DecodeError> read(Value& value, ByteView bytes, Value (*decode)(Decoder&)) {
    auto record = whole(bytes, decode);
    if (!record) return unexpected{record.error()};
    value = std::move(*record);
    return {};
}

}  // namespace

Result<void, DecodeError> read_record(WalletBooks& books, const WalletId& wallet, ByteView key,
                                      ByteView value) {
    Decoder in{key};
    if (in.fixed<WalletId>("wallet") != wallet) return {};
    switch (static_cast<WalletRecord>(in.u8("record"))) {
        case WalletRecord::position:
            return read(books.position, value, decode_wallet_position);
        case WalletRecord::coin: {
            const auto id = in.fixed<TransactionId>("previous transaction");
            return read(books.coins[{id, in.u32("output index")}], value, storage::decode_coin);
        }
        case WalletRecord::history: {
            const Height height{storage::sorted_number(in, "height")};
            return read(books.history[{height, storage::sorted_number(in, "position")}], value,
                        decode_wallet_payment);
        }
        case WalletRecord::pending:
            return read(books.pending[in.fixed<TransactionId>("transaction id")], value,
                        decode_pending_payment);
    }
    in.fail(DecodeReason::bad_value, "record");
    return in.finish();
}

}  // namespace bezant::net
