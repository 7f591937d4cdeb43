// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/forged_payment.hpp"

#include <array>

#include "base/check.hpp"
#include "sim/attacks/crafted_payment.hpp"

namespace bezant::sim {

namespace {

constexpr Amount thousand_million = bezants(1'000'000'000);
constexpr Amount one_more = bezants(1);

Amount amount_of(const Forgery& forgery, Amount coin) {
    switch (forgery.worth) {
        case Forgery::Worth::fair:
            return coin;
        case Forgery::Worth::far_more:
            return thousand_million;
        case Forgery::Worth::a_little_more:
            return Amount{coin.value + one_more.value};
    }
    CHECK(false, "all worths are listed above");
}

}  // namespace

std::span<const Forgery> forgeries() {
    static constexpr std::array<Forgery, 4> all{{
        {"another's coin, under the forger's own key and signature", true, false},
        {"another's coin, under its owner's public key with the forger's signature", true, true},
        {"the forger's own coin, for 1,000,000,000 BZT", false, false, Forgery::Worth::far_more},
        {"the forger's own coin, for 1 BZT more than it is worth", false, false,
         Forgery::Worth::a_little_more},
    }};
    return all;
}

std::optional<Transaction> forge(const Forgery& forgery, const Archive& archive, BlockIndex tip,
                                 const SigningKey& forger, const PublicKey& victim) {
    const PublicKey self = forger.public_key();
    const PublicKey owner = forgery.of_victims_coin ? victim : self;
    const auto coin = largest_coin(archive, tip, public_key_hash(owner));
    if (!coin) return std::nullopt;
    const Hand hand{.shown = forgery.under_victims_key ? owner : self, .signs = forger};
    const Output loot{.amount = amount_of(forgery, coin->output.amount),
                      .owner = public_key_hash(self)};
    return craft_payment(*coin, {loot}, hand, archive.parameters().genesis_hash);
}

}  // namespace bezant::sim
