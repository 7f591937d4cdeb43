// SPDX-License-Identifier: Apache-2.0
// Holds the examples of the wallet's formats in docs/formats.md to the code, as
// tests/unit/ledger/formats_document_test.cpp does for the ledger's. A failure prints the example
// as it should be.
#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "crypto/mnemonic.hpp"
#include "ledger/address.hpp"
#include "tests/support/annotated.hpp"
#include "tests/support/document_examples.hpp"
#include "tests/support/example_ledger.hpp"
#include "tests/unit/wallet/wallets.hpp"
#include "wallet/signed_message.hpp"
#include "wallet/unsigned_payment.hpp"
#include "wallet/wallet_file.hpp"

namespace bezant::wallet {
namespace {

constexpr std::string_view password = "correct horse";

SigningKey alices_key() {
    std::array<Byte, 32> seed;
    seed.fill(1);
    return SigningKey::from_seed(SecretSeed{seed});
}

class WalletDocument : public testing::Test {
protected:
    const ExampleLedger ledger = example_ledger();
    const BlockHash genesis = ledger.parameters.genesis_hash;
    const WalletSecret secret = secret_of(0x7f);
    Annotated expected;

    /// Two keys to receive with, the first of them used, and one for change.
    [[nodiscard]] WalletFile file() const {
        AccountKeys keys = keyring_of(0x7f).keys();
        keys[0].keys.resize(2);
        keys[0].used = 1;
        keys[0].issued = 2;
        keys[1].keys.resize(1);
        const Keyring keyring{test_account, gap_limit_usual, keys};
        return make_wallet_file(genesis, keyring, secret, password, cheap_lock()).value();
    }

    void checksum() { expected.raw(sha256(expected.bytes()).view(), "checksum"); }
};

TEST_F(WalletDocument, WalletFile) {
    const WalletFile wallet = file();
    const SealedSecret& sealed = wallet.secret.value();
    expected.raw(wallet_file_magic, "magic");
    expected.u32(1, "format version");
    expected.raw(genesis.view(), "genesis");
    expected.u32(1, "coin type");
    expected.u32(0, "account");
    expected.u8(1, "sealed");
    expected.u32(1, "passes");
    expected.u32(8, "memory");
    expected.raw(sealed.lock.salt.view(), "salt");
    expected.raw(sealed.lock.nonce.view(), "nonce");
    const Bytes associated = expected.bytes();
    expected.raw(sealed.box.view(), "sealed secret");
    expected.u32(20, "gap limit");
    for (const BranchKeys& branch : wallet.keys) {
        expected.u32(branch.used, "used");
        expected.u32(branch.issued, "issued");
        expected.count(branch.keys.size(), "key count");
        for (const PublicKey& key : branch.keys) expected.raw(key.view(), "public key");
    }
    checksum();
    const std::string shown = example("wallet_file");
    EXPECT_EQ(shown, expected.lines());
    expect_fields_in_tables(shown);

    const auto read = wallet_file_from_bytes(bytes_of_example(shown)).value();
    EXPECT_EQ(read, wallet);
    EXPECT_EQ(encoded(read), bytes_of_example(shown));
    EXPECT_EQ(open_secret(read, password)->entropy, secret.entropy);
    EXPECT_TRUE(open_sealed(sealed.box.view(), as_bytes(password), sealed.lock, associated));
}

TEST_F(WalletDocument, WalletSecret) {
    const auto seed = secret.seed();
    expected.u8(16, "entropy length");
    Bytes entropy(32);
    std::ranges::copy(secret.entropy, entropy.begin());
    expected.raw(entropy, "entropy");
    expected.u8(0, "passphrase length");
    expected.raw(Bytes(128), "passphrase");
    expected.derived("words", as_text(mnemonic_phrase(secret.entropy)));
    expected.derived("seed", to_hex(seed.view().first(32)) + "…");
    expected.derived("m/44'/1'/0'/0'/0'", to_hex(keyring_of(0x7f).public_key(receiving(0)).view()));
    const std::string shown = example("wallet_secret");
    EXPECT_EQ(shown, expected.lines());
    expect_fields_in_tables(shown);
    EXPECT_TRUE(std::ranges::equal(encoded_secret(secret), bytes_of_example(shown)));
}

TEST_F(WalletDocument, UnsignedPayment) {
    UnsignedPayment payment{genesis, ledger.payment, {ledger.coin}};
    payment.transaction.inputs.front().signature = {};
    expected.raw(unsigned_payment_magic, "magic");
    expected.u32(1, "format version");
    expected.raw(genesis.view(), "genesis");
    expected.transaction(payment.transaction);
    expected.amount(ledger.coin.amount, "amount");
    expected.raw(ledger.coin.owner.view(), "owner");
    checksum();
    expected.derived("fee", to_text(fee_of(payment).value()) + " BZT");
    const std::string shown = example("unsigned_payment");
    EXPECT_EQ(shown, expected.lines());
    expect_fields_in_tables(shown);
    EXPECT_EQ(unsigned_payment_from_bytes(bytes_of_example(shown)).value(), payment);
    EXPECT_EQ(encoded(payment), bytes_of_example(shown));
}

TEST_F(WalletDocument, SignedMessage) {
    constexpr std::string_view message = "I am Alice.";
    const MessageProof proof = sign_message(alices_key(), message, genesis);
    expected.raw(proof.public_key.view(), "public key");
    expected.raw(proof.signature.view(), "signature");
    expected.derived("address", address_of(public_key_hash(proof.public_key), "tbzt"));
    expected.derived("signed", to_hex(message_hash(message, genesis).view()));
    const std::string shown = example("signed_message");
    EXPECT_EQ(shown, expected.lines());
    expect_fields_in_tables(shown);
    const auto read = message_proof_from_text(to_hex(bytes_of_example(shown))).value();
    EXPECT_TRUE(is_signed_by(ledger.coin.owner, message, genesis, read));
}

}  // namespace
}  // namespace bezant::wallet
