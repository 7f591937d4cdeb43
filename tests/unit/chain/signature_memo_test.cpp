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
