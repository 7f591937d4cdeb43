// SPDX-License-Identifier: Apache-2.0
#include "ledger/parameters_codec.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"

namespace bezant {

namespace {

constexpr std::string_view lower_case_and_digits = "abcdefghijklmnopqrstuvwxyz0123456789";

bool is_word(std::string_view text, std::size_t bytes_max, std::string_view also = "") {
    return !text.empty() && text.size() <= bytes_max && std::ranges::all_of(text, [&](char letter) {
        return lower_case_and_digits.contains(letter) || also.contains(letter);
    });
}

bool is_genesis(const Parameters& parameters) {
    const Block& block = parameters.genesis;
    return block.transactions.size() == 1 && block.transactions.front().is_coinbase() &&
           block.transactions.front().lock_height == Height{0} && block.header.previous.is_zero() &&
           block.header.merkle_root == merkle_root(block) &&
           block.header.target == parameters.target_limit &&
           parameters.genesis_hash == block_hash(block.header) &&
           checked_maximum_supply(parameters).has_value();
}

struct FieldCheck {
    std::string_view field;
    bool (*is_sound)(const Parameters&);
};

// In the order of the fields; each check looks at its own field and those before it.
constexpr std::array<FieldCheck, 10> field_checks{{
    {"name", [](const Parameters& p) { return is_word(p.name, network_name_bytes_max, "-_"); }},
    {"address prefix",
     [](const Parameters& p) { return is_word(p.address_prefix, address_prefix_bytes_max); }},
    {"schedule", [](const Parameters& p) { return p.schedule <= TargetSchedule::asert; }},
    {"target limit",
     [](const Parameters& p) { return target_from_compact(p.target_limit).has_value(); }},
    {"block interval", [](const Parameters& p) { return p.block_interval_seconds > 0; }},
    {"half life", [](const Parameters& p) { return p.half_life_seconds > 0; }},
    {"halving interval", [](const Parameters& p) { return p.halving_interval > 0; }},
    {"block bytes",
     [](const Parameters& p) {
         return p.block_bytes_max >= block_bytes_least && p.block_bytes_max <= block_bytes_most;
     }},
    {"transaction bytes",
     [](const Parameters& p) {
         return p.transaction_bytes_max >= transaction_bytes_min &&
                p.transaction_bytes_max <= p.block_bytes_max;
     }},
    {"genesis block", is_genesis},
}};

// A field without a check may hold anything.
bool is_sound(std::string_view field, const Parameters& parameters) {
    return std::ranges::all_of(field_checks, [&](const FieldCheck& check) {
        return check.field != field || check.is_sound(parameters);
    });
}

Block decode_genesis(Decoder& in) {
    const std::uint32_t length = in.u32("genesis length");
    auto genesis = block_from_bytes(in.raw(length, "genesis block"));
    if (!genesis) {
        in.fail(DecodeReason::bad_value, "genesis block");
        return {};
    }
    return std::move(*genesis);
}

}  // namespace

std::optional<std::string_view> unsound_field(const Parameters& parameters) {
    for (const FieldCheck& check : field_checks) {
        if (!check.is_sound(parameters)) return check.field;
    }
    return std::nullopt;
}

void encode(Encoder& out, const Parameters& parameters) {
    out.text(parameters.name);
    out.text(parameters.address_prefix);
    out.u8(static_cast<std::uint8_t>(parameters.schedule));
    out.u32(parameters.target_limit.value);
    out.u32(parameters.block_interval_seconds);
    out.u32(parameters.half_life_seconds);
    out.u64(parameters.initial_subsidy.value);
    out.u32(parameters.halving_interval);
    out.u32(parameters.coinbase_maturity);
    out.u32(parameters.block_bytes_max);
    out.u32(parameters.transaction_bytes_max);
    out.u32(parameters.future_seconds_max);
    out.u32(static_cast<std::uint32_t>(encoded_size(parameters.genesis)));
    encode(out, parameters.genesis);
}

Parameters decode_parameters(Decoder& in) {
    Parameters parameters;
    const auto set = [&](auto& member, std::string_view field, auto value) {
        member = std::move(value);
        if (!is_sound(field, parameters)) in.fail(DecodeReason::bad_value, field);
    };
    const auto set_u32 = [&](std::uint32_t& member, std::string_view field) {
        set(member, field, in.u32(field));
    };
    set(parameters.name, "name", in.text(network_name_bytes_max, "name"));
    set(parameters.address_prefix, "address prefix",
        in.text(address_prefix_bytes_max, "address prefix"));
    set(parameters.schedule, "schedule", TargetSchedule{in.u8("schedule")});
    set(parameters.target_limit, "target limit", CompactTarget{in.u32("target limit")});
    set_u32(parameters.block_interval_seconds, "block interval");
    set_u32(parameters.half_life_seconds, "half life");
    set(parameters.initial_subsidy, "initial subsidy", Amount{in.u64("initial subsidy")});
    set_u32(parameters.halving_interval, "halving interval");
    set_u32(parameters.coinbase_maturity, "coinbase maturity");
    set_u32(parameters.block_bytes_max, "block bytes");
    set_u32(parameters.transaction_bytes_max, "transaction bytes");
    set_u32(parameters.future_seconds_max, "future seconds");
    Block genesis = decode_genesis(in);
    parameters.genesis_hash = block_hash(genesis.header);
    set(parameters.genesis, "genesis block", std::move(genesis));
    return parameters;
}

}  // namespace bezant
