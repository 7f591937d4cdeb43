// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/support/verification.hpp"
#include "ledger/parameters.hpp"
#include "tests/support/block_builder.hpp"
#include "tests/support/keys.hpp"

namespace bezant::bench {

/// Payments made and signed beforehand, as many people would make them: each has a coin of the
/// genesis block, pays a part of it to somebody, keeps the change, and later pays from that.
class Lanes {
public:
    explicit Lanes(std::size_t people);

    /// The coins that the genesis block must give them, as its last ones.
    [[nodiscard]] std::vector<Output> coins() const;

    /// The next payments of all, in the order in which they are to be handed in: everybody's first,
    /// everybody's second. Bytes in hexadecimal digits. Uses all processors.
    [[nodiscard]] std::vector<std::string> payments(const Parameters& parameters,
                                                    std::size_t count) const;

    /// The signatures of the first payments of so many people.
    [[nodiscard]] std::vector<SignedMessage> signatures(const Parameters& parameters,
                                                        std::size_t count) const;

private:
    [[nodiscard]] test::Spend coin_of(std::size_t lane, const Parameters& parameters) const;
    [[nodiscard]] Transaction payment_of(std::size_t lane, const test::Spend& coin,
                                         const Parameters& parameters) const;
    void pay_for(std::size_t lane, const Parameters& parameters,
                 std::vector<std::string>& payments) const;

    std::vector<test::Person> people_;
};

}  // namespace bezant::bench
