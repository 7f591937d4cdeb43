// SPDX-License-Identifier: Apache-2.0
// Holds the examples of docs/formats.md to the code: what they show is what encoders write and
// decoders read, and their hashes and signatures are true. A failure prints the example as it
// should be.
#include <gtest/gtest.h>

#include <sstream>

#include "base/hex.hpp"
#include "ledger/address.hpp"
#include "ledger/ledger_file.hpp"
#include "ledger/parameters_codec.hpp"
#include "tests/support/annotated.hpp"
#include "tests/support/document_examples.hpp"
#include "tests/support/example_ledger.hpp"

namespace bezant {
namespace {

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
    EXPECT_EQ(header_from_bytes(bytes_of_example(shown)).value(), block.header);
    EXPECT_EQ(encoded(block.header), bytes_of_example(shown));
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
    const auto read = transaction_from_bytes(bytes_of_example(shown)).value();
    EXPECT_EQ(read, ledger.payment);
    EXPECT_EQ(encoded(read), bytes_of_example(shown));
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
    const auto read = transaction_from_bytes(bytes_of_example(shown)).value();
    EXPECT_EQ(encoded(read), bytes_of_example(shown));
    EXPECT_TRUE(read.is_coinbase());
    const Input& input = read.inputs.front();
    EXPECT_TRUE(verify(input.public_key, message.view(), input.signature));
}

TEST_F(FormatsDocument, Block) {
    expected.block(block);
    expected.derived("block hash", to_hex_reversed(block_hash(block.header).view()));
    const std::string shown = example("block");
    EXPECT_EQ(shown, expected.lines());
    const auto read = block_from_bytes(bytes_of_example(shown)).value();
    EXPECT_EQ(read, block);
    EXPECT_EQ(encoded(read), bytes_of_example(shown));
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

    const Bytes file = bytes_of_example(shown);
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

TEST_F(FormatsDocument, EveryFieldIsInATable) { expect_fields_in_tables(example("ledger_file")); }

TEST_F(FormatsDocument, BuiltInNetworksAreAsInTheTable) {
    const std::string text = formats_document();
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
