// SPDX-License-Identifier: Apache-2.0
#include "wallet/signing.hpp"

#include <gtest/gtest.h>

#include "tests/unit/wallet/wallets.hpp"
#include "wallet/signed_message.hpp"

namespace bezant::wallet {
namespace {

const BlockHash genesis{sha256(as_bytes("genesis")).bytes};
const BlockHash other_genesis{sha256(as_bytes("other")).bytes};

SpentCoin coin_of(const Keyring& keyring, const KeyPath& path, std::uint64_t amount) {
    SpentCoin coin;
    coin.coin.transaction.bytes.fill(static_cast<Byte>(path.index + 1));
    coin.output = {Amount{amount}, owner_at(keyring, path)};
    return coin;
}

/// Three coins of as many keys, for one output that leaves a fee of 100.
UnsignedPayment payment_of(const Keyring& keyring) {
    const std::vector<SpentCoin> coins{coin_of(keyring, receiving(0), 1000),
                                       coin_of(keyring, change(4), 2000),
                                       coin_of(keyring, receiving(19), 3000)};
    return prepare_payment(coins, {{Amount{5900}, PublicKeyHash{}}}, keyring, genesis);
}

std::size_t valid_signatures(const Transaction& transaction, const UnsignedPayment& payment) {
    const Hash256 message = signature_message(transaction, payment.spent, genesis);
    return static_cast<std::size_t>(
        std::ranges::count_if(transaction.inputs, [&](const Input& input) {
            return verify(input.public_key, message.view(), input.signature);
        }));
}

TEST(Signing, EachInputIsSignedByItsOwnKey) {
    const Keyring keyring = keyring_of(1);
    const UnsignedPayment payment = payment_of(keyring);
    const auto done = sign(payment, keyring, genesis).value();
    EXPECT_EQ(done.signed_inputs, 3U);
    EXPECT_TRUE(done.is_complete());
    EXPECT_EQ(valid_signatures(done.transaction, payment), 3U);
    EXPECT_EQ(transaction_id(done.transaction), transaction_id(payment.transaction));
    EXPECT_EQ(fee_of(payment), Amount{100});
}

// A machine that only watches prepares, one that is never on a network signs.
TEST(Signing, WorksBetweenAWatchingAndAnOfflineMachine) {
    Keyring offline = keyring_of(1);
    const Keyring watching{test_account, gap_limit_usual, offline.keys()};
    const std::string text = to_hex_text(payment_of(watching));
    const auto carried = unsigned_payment_from_text(text).value();
    EXPECT_EQ(error_of(sign(carried, watching, genesis)), SigningError::locked);
    const auto done = sign(carried, offline, genesis).value();
    EXPECT_TRUE(done.is_complete());
    EXPECT_EQ(valid_signatures(done.transaction, carried), 3U);
}

TEST(Signing, SeveralPeopleSignOneAfterTheOther) {
    const Keyring alice = keyring_of(1);
    const Keyring bob = keyring_of(2);
    UnsignedPayment payment = payment_of(alice);
    const SpentCoin his = coin_of(bob, receiving(7), 500);
    payment.transaction.inputs.push_back(
        {.previous = his.coin, .public_key = bob.public_key(receiving(7)), .signature = {}});
    payment.spent.push_back(his.output);

    const auto half = sign(payment, alice, genesis).value();
    EXPECT_EQ(half.signed_inputs, 3U);
    EXPECT_EQ(half.missing_inputs, 1U);
    payment.transaction = half.transaction;
    payment = unsigned_payment_from_bytes(encoded(payment)).value();
    const auto whole = sign(payment, bob, genesis).value();
    EXPECT_EQ(whole.signed_inputs, 1U);
    EXPECT_TRUE(whole.is_complete());
    EXPECT_EQ(valid_signatures(whole.transaction, payment), 4U);
}

TEST(Signing, RefusesWhatItShouldNotSign) {
    Keyring keyring = keyring_of(1);
    const UnsignedPayment payment = payment_of(keyring);
    EXPECT_EQ(error_of(sign(payment, keyring, other_genesis)), SigningError::other_network);
    EXPECT_EQ(error_of(sign(payment, keyring_of(2), genesis)), SigningError::nothing_ours);

    UnsignedPayment altered = payment;
    altered.transaction.inputs[1].public_key = keyring.public_key(receiving(1));
    EXPECT_EQ(error_of(sign(altered, keyring, genesis)), SigningError::not_owner);
    altered = payment;
    altered.spent[2].amount = Amount{2899};
    EXPECT_EQ(error_of(sign(altered, keyring, genesis)), SigningError::more_than_spent);
    altered.spent[2].amount = Amount{2900};
    EXPECT_TRUE(sign(altered, keyring, genesis));
    altered.spent[2].amount = Amount{UINT64_MAX};
    EXPECT_EQ(error_of(sign(altered, keyring, genesis)), SigningError::more_than_spent);

    keyring.lock();
    EXPECT_EQ(error_of(sign(payment, keyring, genesis)), SigningError::locked);
}

// Who lies about a coin's amount, to hide a fee, gets signatures that are worth nothing.
TEST(Signing, ALieAboutAnAmountSpoilsTheSignatures) {
    const Keyring keyring = keyring_of(1);
    const UnsignedPayment truth = payment_of(keyring);
    UnsignedPayment lie = truth;
    lie.spent[0].amount = Amount{1001};
    const auto done = sign(lie, keyring, genesis).value();
    EXPECT_EQ(valid_signatures(done.transaction, truth), 0U);
}

TEST(Signing, EachErrorHasASentence) {
    for (const SigningError error :
         {SigningError::locked, SigningError::other_network, SigningError::not_owner,
          SigningError::more_than_spent, SigningError::nothing_ours}) {
        EXPECT_FALSE(to_text(error).empty());
    }
}

TEST(UnsignedPayment, IsReadInHexadecimalHoweverItsLinesAreBroken) {
    const UnsignedPayment payment = payment_of(keyring_of(1));
    std::string text = to_hex_text(payment);
    EXPECT_EQ(unsigned_payment_from_text(text).value(), payment);
    text.insert(64, "\r\n  ");
    EXPECT_EQ(unsigned_payment_from_text(" " + text + "\n").value(), payment);
    EXPECT_EQ(error_of(unsigned_payment_from_text(text + "g"))->field, "hexadecimal text");
    EXPECT_EQ(error_of(unsigned_payment_from_text(text + "0"))->field, "hexadecimal text");
}

TEST(UnsignedPayment, AnyBitFlippedAndAnyTruncationIsNoticed) {
    const Bytes bytes = encoded(payment_of(keyring_of(1)));
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        Bytes altered = bytes;
        altered[bit / 8] ^= static_cast<Byte>(1U << bit % 8);
        ASSERT_FALSE(unsigned_payment_from_bytes(altered)) << bit;
    }
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        ASSERT_FALSE(unsigned_payment_from_bytes(ByteView{bytes}.first(size))) << size;
    }
}

TEST(UnsignedPayment, IsAPaymentAndNoCoinbase) {
    UnsignedPayment payment = payment_of(keyring_of(1));
    Transaction& transaction = payment.transaction;
    transaction.inputs.resize(1);
    payment.spent.resize(1);
    Bytes bytes = encoded(payment);
    constexpr std::size_t output_index_offset = 8 + 4 + 32 + 4 + 1 + 32;
    std::fill_n(bytes.begin() + output_index_offset, 4, Byte{0xff});
    bytes.resize(bytes.size() - Hash256::size_bytes);
    const Hash256 checksum = sha256(bytes);
    bytes.insert(bytes.end(), checksum.bytes.begin(), checksum.bytes.end());
    EXPECT_EQ(error_of(unsigned_payment_from_bytes(bytes))->field, "transaction");
    transaction.inputs.clear();
    EXPECT_DEATH((void)encoded(payment), "is a payment");
    EXPECT_DEATH((void)prepare_payment({}, {}, keyring_of(1), genesis), "spends something");
}

class SignedMessage : public testing::Test {
protected:
    const Keyring keyring = keyring_of(1);
    const SigningKey key = keyring.signing_key(receiving(0));
    const PublicKeyHash owner = owner_at(keyring, receiving(0));
    const MessageProof proof = sign_message(key, "I am Alice.", genesis);
};

TEST_F(SignedMessage, ShowsWhoWroteIt) {
    EXPECT_TRUE(is_signed_by(owner, "I am Alice.", genesis, proof));
    EXPECT_FALSE(is_signed_by(owner, "I am Alice", genesis, proof));
    EXPECT_FALSE(is_signed_by(owner, "I am Alice.", other_genesis, proof));
    EXPECT_FALSE(is_signed_by(owner_at(keyring, receiving(1)), "I am Alice.", genesis, proof));
    MessageProof altered = proof;
    altered.signature.bytes[3] ^= 1;
    EXPECT_FALSE(is_signed_by(owner, "I am Alice.", genesis, altered));
}

TEST_F(SignedMessage, IsCarriedAsText) {
    const std::string text = to_hex_text(proof);
    EXPECT_EQ(text.size(), 192U);
    EXPECT_EQ(message_proof_from_text(text), proof);
    EXPECT_FALSE(message_proof_from_text(""));
    EXPECT_FALSE(message_proof_from_text(text.substr(1)));
    EXPECT_FALSE(message_proof_from_text(text + "00"));
    EXPECT_FALSE(message_proof_from_text("g" + text.substr(1)));
}

// Or whoever is asked to sign a text might sign away his coins.
TEST_F(SignedMessage, IsNeverThatOfAPayment) {
    const UnsignedPayment payment = payment_of(keyring);
    Bytes bytes(genesis.bytes.begin(), genesis.bytes.end());
    Encoder out{bytes};
    encode_without_signatures(out, payment.transaction);
    for (const Output& coin : payment.spent) encode(out, coin);
    ASSERT_EQ(tagged_hash("bezant/signature", bytes),
              signature_message(payment.transaction, payment.spent, genesis));
    const std::string text(bytes.begin() + 32, bytes.end());
    EXPECT_NE(message_hash(text, genesis),
              signature_message(payment.transaction, payment.spent, genesis));
    EXPECT_EQ(message_hash(text, genesis), tagged_hash("bezant/message", bytes));
}

}  // namespace
}  // namespace bezant::wallet
