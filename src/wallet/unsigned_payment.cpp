// SPDX-License-Identifier: Apache-2.0
#include "wallet/unsigned_payment.hpp"

#include "base/check.hpp"
#include "base/hex.hpp"
#include "wallet/file_frame.hpp"

namespace bezant::wallet {

namespace {

std::optional<Amount> sum_of(std::span<const Output> outputs) {
    std::optional<Amount> sum = Amount{};
    for (const Output& output : outputs) {
        if (sum) sum = checked_add(*sum, output.amount);
    }
    return sum;
}

bool is_payment(const Transaction& transaction) {
    return !transaction.inputs.empty() && !transaction.is_coinbase();
}

Output decode_spent(Decoder& in) {
    Output output;
    output.amount = Amount{in.u64("amount")};
    output.owner = in.fixed<PublicKeyHash>("owner");
    return output;
}

}  // namespace

UnsignedPayment prepare_payment(std::span<const SpentCoin> coins, std::vector<Output> outputs,
                                const Keyring& keyring, const BlockHash& genesis) {
    CHECK(!coins.empty(), "a payment spends something");
    UnsignedPayment payment{genesis, {}, {}};
    for (const auto& [coin, output] : coins) {
        const auto path = keyring.path_of(output.owner);
        CHECK(path, "the coins that a wallet spends are its own");
        payment.transaction.inputs.push_back(
            {.previous = coin, .public_key = keyring.public_key(*path), .signature = {}});
        payment.spent.push_back(output);
    }
    payment.transaction.outputs = std::move(outputs);
    return payment;
}

std::optional<Amount> fee_of(const UnsignedPayment& payment) {
    const auto in = sum_of(payment.spent);
    const auto out = sum_of(payment.transaction.outputs);
    if (!in || !out) return std::nullopt;
    return checked_subtract(*in, *out);
}

void encode(Encoder& out, const UnsignedPayment& payment) {
    CHECK(is_payment(payment.transaction), "what is to be signed is a payment");
    CHECK(payment.spent.size() == payment.transaction.inputs.size(),
          "each input comes with the coin it spends");
    Bytes bytes;
    Encoder body{bytes};
    begin_file(body, unsigned_payment_magic, unsigned_payment_version);
    body.raw(payment.genesis.view());
    encode(body, payment.transaction);
    for (const Output& coin : payment.spent) encode(body, coin);
    end_file(body, bytes);
    out.raw(bytes);
}

Result<UnsignedPayment, DecodeError> unsigned_payment_from_bytes(ByteView bytes) {
    Decoder in{bytes};
    UnsignedPayment payment;
    read_beginning(in, bytes, unsigned_payment_magic, unsigned_payment_version);
    payment.genesis = in.fixed<BlockHash>("genesis");
    payment.transaction = decode_transaction(in);
    if (!is_payment(payment.transaction)) in.fail(DecodeReason::bad_value, "transaction");
    for (std::size_t i = 0; i < payment.transaction.inputs.size(); ++i) {
        payment.spent.push_back(decode_spent(in));
    }
    if (const auto end = read_end(in, bytes); !end) return unexpected{end.error()};
    return payment;
}

std::string to_hex_text(const UnsignedPayment& payment) { return to_hex(encoded(payment)); }

Result<UnsignedPayment, DecodeError> unsigned_payment_from_text(std::string_view text) {
    std::string digits;
    for (const char letter : text) {
        if (letter != ' ' && (letter < '\t' || letter > '\r')) digits.push_back(letter);
    }
    const auto bytes = from_hex(digits);
    if (!bytes) return unexpected{DecodeError{DecodeReason::bad_value, 0, "hexadecimal text"}};
    return unsigned_payment_from_bytes(*bytes);
}

}  // namespace bezant::wallet
