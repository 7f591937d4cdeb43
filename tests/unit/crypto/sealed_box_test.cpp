// SPDX-License-Identifier: Apache-2.0
#include "crypto/sealed_box.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/hex.hpp"
#include "crypto/aead.hpp"
#include "tests/support/error_of.hpp"

namespace bezant {
namespace {

/// The least that Argon2id can cost, so that tests take no second each.
SealLock cheap_lock() {
    SealLock lock{seal_cost_min, {}, {}};
    lock.salt.bytes.fill(3);
    lock.nonce.bytes.fill(4);
    return lock;
}

const Bytes secret{1, 2, 3, 4, 5};
const ByteView password = as_bytes("correct horse");
const ByteView associated = as_bytes("what lies beside it");

Bytes sealed() { return seal(secret, password, cheap_lock(), associated).value(); }

TEST(SealedBox, AnythingComesBack) {
    EXPECT_TRUE(rc::check([](const Bytes& anything, const Bytes& word, const Bytes& beside) {
        const SealLock lock = cheap_lock();
        const Bytes box = seal(anything, word, lock, beside).value();
        RC_ASSERT(box.size() == anything.size() + seal_overhead_bytes);
        RC_ASSERT(std::ranges::equal(open_sealed(box, word, lock, beside).value(), anything));
    }));
}

// What the password's cost and salt, and the nonce, do to a box, one at a time.
TEST(SealedBox, EveryPartOfTheLockMatters) {
    const Bytes box = sealed();
    const auto refused = [&](ByteView word, const SealLock& lock, ByteView beside) {
        const auto opened = open_sealed(box, word, lock, beside);
        return !opened && opened.error() == SealError::wrong_password_or_altered;
    };
    const SealLock lock = cheap_lock();
    EXPECT_TRUE(open_sealed(box, password, lock, associated));
    EXPECT_TRUE(refused(as_bytes("correct hors"), lock, associated));
    EXPECT_TRUE(refused({}, lock, associated));
    EXPECT_TRUE(refused(password, lock, as_bytes("what lies beside iT")));
    EXPECT_TRUE(refused(password, lock, {}));
    SealLock other = lock;
    other.cost.passes = 2;
    EXPECT_TRUE(refused(password, other, associated));
    other = lock;
    other.cost.memory_kib = 9;
    EXPECT_TRUE(refused(password, other, associated));
    other = lock;
    other.salt.bytes[15] ^= 1;
    EXPECT_TRUE(refused(password, other, associated));
    other = lock;
    other.nonce.bytes[23] ^= 1;
    EXPECT_TRUE(refused(password, other, associated));
}

TEST(SealedBox, EveryAlteredBitAndEveryTruncationIsFound) {
    const Bytes box = sealed();
    for (std::size_t bit = 0; bit < box.size() * 8; ++bit) {
        Bytes altered = box;
        altered[bit / 8] ^= static_cast<Byte>(1U << bit % 8);
        EXPECT_EQ(error_of(open_sealed(altered, password, cheap_lock(), associated)),
                  SealError::wrong_password_or_altered);
    }
    for (std::size_t size = 0; size < box.size(); ++size) {
        const auto error =
            error_of(open_sealed(ByteView{box}.first(size), password, cheap_lock(), associated));
        EXPECT_EQ(error, size < seal_overhead_bytes ? SealError::too_short
                                                    : SealError::wrong_password_or_altered);
    }
}

TEST(SealedBox, ABoxShowsNothingOfWhatIsInIt) {
    const Bytes zeros = seal(Bytes(64), password, cheap_lock(), {}).value();
    EXPECT_LT(std::ranges::count(zeros, Byte{0}), 8);
}

TEST(SealedBox, CostsHaveBounds) {
    EXPECT_TRUE(is_bearable(seal_cost_usual));
    EXPECT_TRUE(is_bearable(seal_cost_min));
    EXPECT_TRUE(is_bearable(seal_cost_max));
    EXPECT_FALSE(is_bearable({0, 8}));
    EXPECT_FALSE(is_bearable({1, 7}));
    EXPECT_FALSE(is_bearable({17, 8}));
    EXPECT_FALSE(is_bearable({1, 1'048'577}));
    EXPECT_DEATH((void)open_sealed(sealed(), password, {{17, 8}, {}, {}}, {}), "within its bounds");
    EXPECT_DEATH((void)seal(secret, password, {{0, 8}, {}, {}}, {}), "within its bounds");
}

TEST(SealedBox, EachErrorHasASentence) {
    for (const SealError error :
         {SealError::wrong_password_or_altered, SealError::too_short, SealError::out_of_memory}) {
        EXPECT_FALSE(to_text(error).empty());
    }
}

Bytes counting(Byte first, std::size_t count) {
    Bytes bytes(count);
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<Byte>(first + i);
    return bytes;
}

// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
TEST(SealedBox, EncryptsAsTheDraftShows) {
    const SealKey key{std::span<const Byte, 32>{counting(0x80, 32)}};
    const auto nonce = SealNonce::from(std::span<const Byte, 24>{counting(0x40, 24)});
    const Bytes beside = from_hex("50515253c0c1c2c3c4c5c6c7").value();
    const ByteView text = as_bytes(
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
        "future, "
        "sunscreen would be it.");
    const Bytes box = xchacha20_poly1305_encrypt(text, key, nonce, beside);
    EXPECT_EQ(to_hex(ByteView{box}.first(16)), "bd6d179d3e83d43b9576579493c0e939");
    EXPECT_EQ(to_hex(ByteView{box}.last(16)), "c0875924c1c7987947deafd8780acf49");
}

// The figure is what the reference implementation's command prints:
// printf password | argon2 somesaltsomesalt -id -t 2 -k 64 -p 1 -l 32
TEST(SealedBox, DerivesKeysAsTheReferenceDoes) {
    const auto salt = SealSalt::from(std::span<const Byte, 16>{as_bytes("somesaltsomesalt")});
    EXPECT_EQ(to_hex(argon2id(as_bytes("password"), salt, {2, 64})->view()),
              "1a98fba8e6394425c9bdc333a9c750aaf811df070f5fb4a5788e1cf4db5793a1");
}

}  // namespace
}  // namespace bezant
