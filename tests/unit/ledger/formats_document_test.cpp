// SPDX-License-Identifier: Apache-2.0
// Holds the examples of docs/formats.md to the code: what they show is what encoders write and
// decoders read, and their hashes and signatures are true. A failure prints the example as it
// should be.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/hex.hpp"
#include "ledger/address.hpp"
#include "ledger/ledger_file.hpp"
#include "ledger/parameters_codec.hpp"
#include "tests/unit/ledger/annotated.hpp"
#include "tests/unit/ledger/example_ledger.hpp"

namespace bezant {
namespace {

std::string document() {
    std::ifstream file(BEZANT_SOURCE_DIR "/docs/formats.md");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The lines of the fenced block "```example NAME".
std::string example(std::string_view name) {
    const std::string text = document();
    const std::string opening = "\n```example " + std::string{name} + "\n";
    const std::size_t begin = text.find(opening);
    EXPECT_NE(begin, std::string::npos) << name;
    if (begin == std::string::npos) return {};
    const std::size_t first = begin + opening.size();
    return text.substr(first, text.find("```", first) - first);
}

/// The bytes of an example: the first word of each line that is not about what follows from them.
Bytes bytes_of(const std::string& lines) {
    std::istringstream text(lines);
    std::string digits;
    for (std::string line; std::getline(text, line);) {
        if (!line.starts_with("=>")) digits += line.substr(0, line.find(' '));
    }
    const auto bytes = from_hex(digits);
    EXPECT_TRUE(bytes) << lines;
    return bytes.value_or(Bytes{});
}

class FormatsDocument : public testing::Test {
protected:
    const ExampleLedger ledger = example_ledger();
    const Parameters& parameters = ledger.parameters;
    const Block& block = ledger.block;
    const Transaction& coinbase = block.transactions.front();
    Annotated expected;
};

TEST_F(FormatsDocument, Header) {
    expected.header(block.header);
    expected.derived("block hash", to_hex_reversed(block_hash(block.header).view()));
    const std::string shown = example("header");
    EXPECT_EQ(shown, expected.lines());
    EXPECT_EQ(header_from_bytes(bytes_of(shown)).value(), block.header);
    EXPECT_EQ(encoded(block.header), bytes_of(shown));
}

TEST_F(FormatsDocument, Transaction) {
    const Hash256 message =
        signature_message(ledger.payment, std::span{&ledger.coin, 1}, parameters.genesis_hash);
    expected.transaction(ledger.payment);
    expected.derived("transaction id", to_hex_reversed(transaction_id(ledger.payment).view()));
    expected.derived("full transaction id",
                     to_hex_reversed(full_transaction_id(ledger.payment).view()));
    expected.derived("signed", to_hex(message.view()));
    const std::string shown = example("transaction");
    EXPECT_EQ(shown, expected.lines());
    const auto read = transaction_from_bytes(bytes_of(shown)).value();
    EXPECT_EQ(read, ledger.payment);
    EXPECT_EQ(encoded(read), bytes_of(shown));
    const Input& input = read.inputs.front();
    EXPECT_TRUE(verify(input.public_key, message.view(), input.signature));
    EXPECT_EQ(public_key_hash(input.public_key), ledger.coin.owner);
}

TEST_F(FormatsDocument, Coinbase) {
    const MerkleRoot payments = payments_merkle_root(block);
    const Hash256 message = coinbase_signature_message(coinbase, parameters.genesis_hash, payments,
                                                       parameters.genesis_hash);
    expected.transaction(coinbase);
    expected.derived("transaction id", to_hex_reversed(transaction_id(coinbase).view()));
    expected.derived("full transaction id", to_hex_reversed(full_transaction_id(coinbase).view()));
    expected.derived("payments merkle root", to_hex(payments.view()));
    expected.derived("signed", to_hex(message.view()));
    const std::string shown = example("coinbase");
    EXPECT_EQ(shown, expected.lines());
    const auto read = transaction_from_bytes(bytes_of(shown)).value();
    EXPECT_EQ(encoded(read), bytes_of(shown));
    EXPECT_TRUE(read.is_coinbase());
    const Input& input = read.inputs.front();
    EXPECT_TRUE(verify(input.public_key, message.view(), input.signature));
}

TEST_F(FormatsDocument, Block) {
    expected.block(block);
    expected.derived("block hash", to_hex_reversed(block_hash(block.header).view()));
    const std::string shown = example("block");
    EXPECT_EQ(shown, expected.lines());
    const auto read = block_from_bytes(bytes_of(shown)).value();
    EXPECT_EQ(read, block);
    EXPECT_EQ(encoded(read), bytes_of(shown));
    EXPECT_EQ(merkle_root(read), read.header.merkle_root);
    EXPECT_TRUE(
        meets_target(block_hash(read.header), target_from_compact(read.header.target).value()));
}

TEST_F(FormatsDocument, Address) {
    const PublicKey key = ledger.payment.inputs.front().public_key;
    const PublicKeyHash owner = public_key_hash(key);
    expected.raw(key.view(), "public key");
    expected.derived("owner", to_hex(owner.view()));
    expected.derived("on main", address_of(owner, "bzt"));
    expected.derived("on test, local and classroom", address_of(owner, "tbzt"));
    EXPECT_EQ(example("address"), expected.lines());
    EXPECT_EQ(owner_of_address(address_of(owner, "bzt"), "bzt").value(), owner);
}

TEST_F(FormatsDocument, LedgerFile) {
    expected.raw(ledger_file_magic, "magic");
    expected.u32(ledger_file_version, "format version");
    expected.parameters(parameters);
    expected.u32(1, "block count");
    expected.u32(static_cast<std::uint32_t>(encoded_size(block)), "block length");
    expected.block(block);
    expected.raw(sha256(expected.bytes()).view(), "checksum");
    const std::string shown = example("ledger_file");
    EXPECT_EQ(shown, expected.lines());

    const Bytes file = bytes_of(shown);
    auto reader = LedgerReader::open(file).value();
    EXPECT_EQ(reader.parameters(), parameters);
    EXPECT_EQ(reader.next_block().value().block, block);
    EXPECT_TRUE(reader.check_trailer());
    Bytes written;
    LedgerWriter writer{parameters, 1, [&](ByteView piece) {
                            written.insert(written.end(), piece.begin(), piece.end());
                        }};
    writer.add(block);
    writer.finish();
    EXPECT_EQ(written, file);
}

/// What the example shows besides bytes: every name must have a row in a table of the document.
TEST_F(FormatsDocument, EveryFieldIsInATable) {
    const std::string text = document();
    std::istringstream lines(example("ledger_file"));
    std::set<std::string> names;
    for (std::string line; std::getline(lines, line);) {
        const std::size_t space = line.find(' ');
        if (space == std::string::npos) continue;
        const std::string note = line.substr(line.find_first_not_of(' ', space));
        names.insert(note.substr(0, note.find(" = ")));
    }
    EXPECT_GT(names.size(), 25U);
    for (const std::string& name : names) {
        EXPECT_NE(text.find("\n| " + name + " |"), std::string::npos) << name;
    }
}

TEST_F(FormatsDocument, BuiltInNetworksAreAsInTheTable) {
    const std::string text = document();
    for (const std::string_view name : {"main", "test", "local", "classroom"}) {
        const Parameters network = built_in_parameters(name).value();
        Annotated target;
        target.target(network.target_limit, "limit");
        const std::string shown = target.lines().substr(target.lines().find("0x"), 10);
        std::ostringstream row;
        row << "\n| `" << name << "` | `" << network.address_prefix << "` | "
            << (network.schedule == TargetSchedule::asert ? "ASERT" : "fixed") << " | `" << shown
            << "` | " << network.block_interval_seconds << " | " << network.half_life_seconds
            << " | " << network.coinbase_maturity << " | `"
            << to_hex_reversed(network.genesis_hash.view()) << "` |\n";
        EXPECT_NE(text.find(row.str()), std::string::npos) << row.str();
    }
}

}  // namespace
}  // namespace bezant
