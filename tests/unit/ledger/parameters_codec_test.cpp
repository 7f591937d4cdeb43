// SPDX-License-Identifier: Apache-2.0
#include "ledger/parameters_codec.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace bezant {
namespace {

Parameters local() {
    const Output gift{bezants(10), PublicKeyHash{}};
    return built_in_parameters("local", std::span{&gift, 1}).value();
}

struct Fault {
    std::string_view field;
    std::function<void(Parameters&)> make;
};

// A change of the genesis block with everything else that must follow.
auto genesis_with(void (*change)(Block&)) {
    return [change](Parameters& p) {
        change(p.genesis);
        p.genesis.header.merkle_root = merkle_root(p.genesis);
        p.genesis_hash = block_hash(p.genesis.header);
    };
}

std::vector<Fault> faults() {
    return {
        {"name", [](Parameters& p) { p.name = ""; }},
        {"name", [](Parameters& p) { p.name = "Local"; }},
        {"name", [](Parameters& p) { p.name = "a\nb"; }},
        {"address prefix", [](Parameters& p) { p.address_prefix = ""; }},
        {"address prefix", [](Parameters& p) { p.address_prefix = "t-bzt"; }},
        {"schedule", [](Parameters& p) { p.schedule = TargetSchedule{2}; }},
        {"target limit", [](Parameters& p) { p.target_limit = CompactTarget{0}; }},
        {"target limit", [](Parameters& p) { p.target_limit = CompactTarget{0x1d0000ff}; }},
        {"block interval", [](Parameters& p) { p.block_interval_seconds = 0; }},
        {"half life", [](Parameters& p) { p.half_life_seconds = 0; }},
        {"halving interval", [](Parameters& p) { p.halving_interval = 0; }},
        {"block bytes", [](Parameters& p) { p.block_bytes_max = block_bytes_least - 1; }},
        {"block bytes", [](Parameters& p) { p.block_bytes_max = block_bytes_most + 1; }},
        {"transaction bytes", [](Parameters& p) { p.transaction_bytes_max = 9; }},
        {"transaction bytes",
         [](Parameters& p) { p.transaction_bytes_max = p.block_bytes_max + 1; }},
        {"genesis block", genesis_with([](Block& b) { b.transactions.clear(); })},
        {"genesis block", genesis_with([](Block& b) { b.transactions.emplace_back(); })},
        {"genesis block", genesis_with([](Block& b) { b.transactions[0].inputs.clear(); })},
        {"genesis block", genesis_with([](Block& b) { b.transactions[0].lock_height.value = 1; })},
        {"genesis block", genesis_with([](Block& b) { b.header.previous.bytes[0] = 1; })},
        {"genesis block", genesis_with([](Block& b) { b.header.target.value = 0x1d00ffff; })},
        {"genesis block",
         genesis_with([](Block& b) { b.transactions[0].outputs[0].amount.value = UINT64_MAX; })},
        {"genesis block",
         [](Parameters& p) { ++p.genesis.transactions[0].outputs[0].amount.value; }},
    };
}

Result<Parameters, DecodeError> from_bytes(ByteView bytes) {
    return whole<Parameters>(bytes, decode_parameters);
}

TEST(ParametersCodec, GivesBackWhatWasWritten) {
    for (const std::string_view name : {"main", "test", "local", "classroom"}) {
        const Parameters parameters = built_in_parameters(name).value();
        EXPECT_EQ(from_bytes(encoded(parameters)).value(), parameters);
    }
    EXPECT_EQ(from_bytes(encoded(local())).value(), local());
}

TEST(ParametersCodec, EveryFaultIsNamedBeforeAndAfterDecoding) {
    for (const Fault& fault : faults()) {
        Parameters parameters = local();
        fault.make(parameters);
        EXPECT_EQ(unsound_field(parameters), fault.field);
        const auto read = from_bytes(encoded(parameters));
        ASSERT_FALSE(read) << fault.field;
        EXPECT_EQ(read.error().reason, DecodeReason::bad_value);
        EXPECT_EQ(read.error().field, fault.field);
    }
}

TEST(ParametersCodec, AGenesisHashOfAnotherBlockIsUnsound) {
    Parameters parameters = local();
    parameters.genesis_hash.bytes[0] ^= 1;
    EXPECT_EQ(unsound_field(parameters), "genesis block");
}

TEST(ParametersCodec, FaultIsAtItsFirstByte) {
    Parameters parameters = local();
    parameters.halving_interval = 0;
    // name 1 + 5, prefix 1 + 4, schedule 1, target 4, interval 4, half life 4, subsidy 8
    EXPECT_EQ(from_bytes(encoded(parameters)).error().offset, 32U);
}

TEST(ParametersCodec, LongTextsAreRefused) {
    Parameters parameters = local();
    parameters.name.assign(network_name_bytes_max, 'n');
    parameters.address_prefix.assign(address_prefix_bytes_max, 'p');
    EXPECT_EQ(from_bytes(encoded(parameters)).value(), parameters);
    parameters.address_prefix.push_back('p');
    EXPECT_EQ(unsound_field(parameters), "address prefix");
    EXPECT_EQ(from_bytes(encoded(parameters)).error().reason, DecodeReason::too_many);
    parameters.name.push_back('n');
    EXPECT_EQ(unsound_field(parameters), "name");
    EXPECT_EQ(from_bytes(encoded(parameters)).error().field, "name");
}

TEST(ParametersCodec, CutShortAnywhereIsRefused) {
    const Bytes bytes = encoded(local());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        ASSERT_FALSE(from_bytes(ByteView{bytes}.first(size))) << size;
    }
}

TEST(ParametersCodec, AGenesisBlockThatDoesNotFillItsLengthIsRefused) {
    Bytes bytes = encoded(local());
    const std::size_t length_offset = bytes.size() - encoded_size(local().genesis) - 4;
    ++bytes[length_offset];
    bytes.push_back(0);
    const auto read = from_bytes(bytes);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().field, "genesis block");
    EXPECT_EQ(read.error().offset, length_offset + 4);
}

}  // namespace
}  // namespace bezant
