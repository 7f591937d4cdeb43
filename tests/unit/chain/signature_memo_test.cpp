// SPDX-License-Identifier: Apache-2.0
#include "chain/signature_memo.hpp"

#include <gtest/gtest.h>

namespace bezant {
namespace {

/// Says yes, no, yes, no, ... whatever it is asked.
class Alternating final : public SignatureVerifier {
public:
    [[nodiscard]] bool is_valid(const PublicKey& /*key*/, const Hash256& /*message*/,
                                const Signature& /*signature*/) override {
        return (++asked_ % 2) == 1;
    }
    [[nodiscard]] int asked() const { return asked_; }

private:
    int asked_ = 0;
};

TEST(SignatureMemo, RemembersGoodAndBadVerdicts) {
    Alternating verifier;
    SignatureMemo memo{verifier};
    const PublicKey key{{1}};
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(memo.is_valid(key, {}, Signature{{1}}));
        EXPECT_FALSE(memo.is_valid(key, {}, Signature{{2}}));
    }
    EXPECT_EQ(verifier.asked(), 2);
    EXPECT_EQ(memo.size(), 2U);
    EXPECT_EQ(memo.verified(), 2U);
}

TEST(SignatureMemo, WithABoundTheOlderHalfMakesWay) {
    Alternating verifier;
    SignatureMemo memo{verifier, 8};
    for (std::uint8_t i = 0; i < 8; ++i) (void)memo.is_valid({}, {}, Signature{{i}});
    EXPECT_EQ(memo.size(), 8U);
    (void)memo.is_valid({}, {}, Signature{{3}});
    EXPECT_EQ(verifier.asked(), 8) << "all eight are remembered";
    (void)memo.is_valid({}, {}, Signature{{8}});
    EXPECT_EQ(memo.size(), 5U);
    (void)memo.is_valid({}, {}, Signature{{7}});
    EXPECT_EQ(verifier.asked(), 9) << "the recent half still is";
    (void)memo.is_valid({}, {}, Signature{{3}});
    EXPECT_EQ(verifier.asked(), 10) << "the older half is not";
    EXPECT_EQ(memo.verified(), 10U);
}

/// Remembers how much was expected, and says no.
class Doubtful final : public SignatureVerifier {
public:
    [[nodiscard]] bool is_valid(const PublicKey& /*key*/, const Hash256& /*message*/,
                                const Signature& /*signature*/) override {
        return false;
    }
    void expect_valid(const PublicKey& /*key*/, const Hash256& /*message*/,
                      const Signature& /*signature*/) override {
        ++expected;
    }
    void settle() override { ++settled; }

    int expected = 0;
    int settled = 0;
};

TEST(SignatureMemo, PassesOnWhatIsExpectedOnceAndRemembersIt) {
    Doubtful verifier;
    SignatureMemo memo{verifier};
    for (int i = 0; i < 2; ++i) memo.expect_valid({}, {}, Signature{{1}});
    EXPECT_EQ(verifier.expected, 1);
    EXPECT_TRUE(memo.is_valid({}, {}, Signature{{1}}));
    EXPECT_FALSE(memo.is_valid({}, {}, Signature{{2}}));
    EXPECT_EQ(memo.verified(), 2U);
    memo.settle();
    EXPECT_EQ(verifier.settled, 1);
    EXPECT_DEATH(memo.expect_valid({}, {}, Signature{{2}}), "a wallet signs what it pays");
}

TEST(SignatureMemo, TellsApartWhatDiffersInOnePart) {
    Alternating verifier;
    SignatureMemo memo{verifier};
    (void)memo.is_valid({}, {}, {});
    (void)memo.is_valid(PublicKey{{1}}, {}, {});
    (void)memo.is_valid({}, Hash256{{1}}, {});
    (void)memo.is_valid({}, {}, Signature{{1}});
    EXPECT_EQ(verifier.asked(), 4);
}

}  // namespace
}  // namespace bezant
