// SPDX-License-Identifier: Apache-2.0
#include "tests/support/annotated.hpp"

#include <algorithm>
#include <cstdio>

#include "base/hex.hpp"

namespace bezant {

namespace {

constexpr std::size_t line_bytes = 32;
constexpr std::size_t note_column = 2 * line_bytes + 2;

std::string note_of(std::string_view name, std::string_view shown) {
    std::string note{name};
    return note.append(" = ").append(shown);
}

}  // namespace

void Annotated::field(ByteView bytes, std::string_view note) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    for (std::size_t begin = 0; begin < bytes.size(); begin += line_bytes) {
        std::string line = to_hex(bytes.subspan(begin, std::min(line_bytes, bytes.size() - begin)));
        if (begin == 0) line.append(note_column - line.size(), ' ').append(note);
        lines_.append(line).append("\n");
    }
}

void Annotated::integer(std::uint64_t value, std::size_t width, std::string_view name,
                        std::string_view shown) {
    Bytes bytes;
    for (; bytes.size() < width; value /= 256) bytes.push_back(static_cast<Byte>(value % 256));
    field(bytes, note_of(name, shown));
}

void Annotated::u8(std::uint8_t value, std::string_view name) {
    integer(value, 1, name, std::to_string(value));
}

void Annotated::u16(std::uint16_t value, std::string_view name) {
    integer(value, 2, name, std::to_string(value));
}

void Annotated::u32(std::uint32_t value, std::string_view name) {
    integer(value, 4, name, std::to_string(value));
}

void Annotated::u64(std::uint64_t value, std::string_view name) {
    integer(value, 8, name, std::to_string(value));
}

void Annotated::amount(Amount value, std::string_view name) {
    integer(value.value, 8, name, to_text(value) + " BZT");
}

void Annotated::target(CompactTarget value, std::string_view name) {
    std::array<char, 11> shown{};
    std::snprintf(shown.data(), shown.size(), "0x%08x", value.value);
    integer(value.value, 4, name, shown.data());
}

void Annotated::count(std::size_t value, std::string_view name) {
    integer(value, 1, name, std::to_string(value));
}

void Annotated::text(std::string_view value, std::string_view name) {
    Bytes bytes{static_cast<Byte>(value.size())};
    bytes.insert(bytes.end(), value.begin(), value.end());
    field(bytes, note_of(name, value));
}

void Annotated::raw(ByteView bytes, std::string_view name) { field(bytes, name); }

void Annotated::derived(std::string_view name, std::string_view value) {
    lines_.append("=> ").append(name).append(": ").append(value).append("\n");
}

void Annotated::header(const BlockHeader& header) {
    u32(header.version, "version");
    raw(header.previous.view(), "previous block");
    raw(header.merkle_root.view(), "merkle root");
    u32(header.time, "time");
    target(header.target, "target");
    u32(header.nonce, "nonce");
}

void Annotated::transaction(const Transaction& transaction) {
    u32(transaction.version, "version");
    count(transaction.inputs.size(), "input count");
    for (const Input& input : transaction.inputs) {
        raw(input.previous.transaction.view(), "previous transaction");
        u32(input.previous.index, "output index");
        raw(input.public_key.view(), "public key");
        raw(input.signature.view(), "signature");
    }
    count(transaction.outputs.size(), "output count");
    for (const Output& output : transaction.outputs) {
        amount(output.amount, "amount");
        raw(output.owner.view(), "owner");
    }
    u32(transaction.lock_height.value, "lock height");
}

void Annotated::block(const Block& block) {
    header(block.header);
    count(block.transactions.size(), "transaction count");
    for (const Transaction& each : block.transactions) transaction(each);
}

void Annotated::parameters(const Parameters& parameters) {
    text(parameters.name, "name");
    text(parameters.address_prefix, "address prefix");
    u8(static_cast<std::uint8_t>(parameters.schedule), "schedule");
    target(parameters.target_limit, "target limit");
    u32(parameters.block_interval_seconds, "block interval");
    u32(parameters.half_life_seconds, "half life");
    amount(parameters.initial_subsidy, "initial subsidy");
    u32(parameters.halving_interval, "halving interval");
    u32(parameters.coinbase_maturity, "coinbase maturity");
    u32(parameters.block_bytes_max, "block bytes");
    u32(parameters.transaction_bytes_max, "transaction bytes");
    u32(parameters.future_seconds_max, "future seconds");
    Annotated genesis;
    genesis.block(parameters.genesis);
    u32(static_cast<std::uint32_t>(genesis.bytes().size()), "genesis length");
    block(parameters.genesis);
}

}  // namespace bezant
