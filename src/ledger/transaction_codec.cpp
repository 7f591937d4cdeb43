// SPDX-License-Identifier: Apache-2.0
#include "ledger/codec.hpp"

namespace bezant {

namespace {

static_assert(input_bytes ==
              TransactionId::size_bytes + 4 + PublicKey::size_bytes + Signature::size_bytes);
static_assert(output_bytes == 8 + PublicKeyHash::size_bytes);
constexpr std::size_t fixed_bytes = 4 + 4;  // version and lock height

// Leaves of a block's merkle tree are hashed like its inner nodes, so that mining programs can fold
// a branch. A transaction of 64 bytes could then pass for two ids (CVE-2017-12842), but there is
// none: without inputs, lengths are 10, 50, 90, ..., and one input makes 142 at least.
constexpr std::size_t least_bytes = fixed_bytes + 1 + 1;
static_assert(transaction_bytes_min == least_bytes);
static_assert(least_bytes + output_bytes < 64 && least_bytes + 2 * output_bytes > 64 &&
                  least_bytes + input_bytes > 64,
              "no transaction is as long as two merkle nodes");

// What a decoder makes room for follows the bytes that it reads.
static_assert(sizeof(Transaction) <= 7 * transaction_bytes_min && sizeof(Input) <= input_bytes &&
              sizeof(Output) <= output_bytes);

void encode_outpoint_and_key(Encoder& out, const Input& input) {
    out.raw(input.previous.transaction.view());
    out.u32(input.previous.index);
    out.raw(input.public_key.view());
}

void encode_outputs_and_lock(Encoder& out, const Transaction& transaction) {
    out.size(transaction.outputs.size());
    for (const Output& output : transaction.outputs) encode(out, output);
    out.u32(transaction.lock_height.value);
}

Input decode_input(Decoder& in) {
    Input input;
    input.previous.transaction = in.fixed<TransactionId>("previous transaction");
    input.previous.index = in.u32("output index");
    input.public_key = in.fixed<PublicKey>("public key");
    input.signature = in.fixed<Signature>("signature");
    return input;
}

Output decode_output(Decoder& in) {
    Output output;
    output.amount = Amount{in.u64("amount")};
    output.owner = in.fixed<PublicKeyHash>("owner");
    return output;
}

}  // namespace

void encode(Encoder& out, const Output& output) {
    out.u64(output.amount.value);
    out.raw(output.owner.view());
}

void encode(Encoder& out, const Transaction& transaction) {
    out.u32(transaction.version);
    out.size(transaction.inputs.size());
    for (const Input& input : transaction.inputs) {
        encode_outpoint_and_key(out, input);
        out.raw(input.signature.view());
    }
    encode_outputs_and_lock(out, transaction);
}

void encode_without_signatures(Encoder& out, const Transaction& transaction) {
    out.u32(transaction.version);
    out.size(transaction.inputs.size());
    for (const Input& input : transaction.inputs) encode_outpoint_and_key(out, input);
    encode_outputs_and_lock(out, transaction);
}

Transaction decode_transaction(Decoder& in) {
    Transaction transaction;
    transaction.version = in.u32("version");
    transaction.inputs.resize(in.size("input count", input_bytes));
    for (Input& input : transaction.inputs) input = decode_input(in);
    transaction.outputs.resize(in.size("output count", output_bytes));
    for (Output& output : transaction.outputs) output = decode_output(in);
    transaction.lock_height = Height{in.u32("lock height")};
    return transaction;
}

std::size_t encoded_size(const Transaction& transaction) {
    return encoded_size_of_transaction(transaction.inputs.size(), transaction.outputs.size());
}

std::size_t encoded_size_of_transaction(std::size_t inputs, std::size_t outputs) {
    return fixed_bytes + encoded_size_of_size(inputs) + inputs * input_bytes +
           encoded_size_of_size(outputs) + outputs * output_bytes;
}

Result<Transaction, DecodeError> transaction_from_bytes(ByteView bytes) {
    return whole<Transaction>(bytes, decode_transaction);
}

}  // namespace bezant
