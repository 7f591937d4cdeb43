// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "report/people.hpp"

namespace bezant::report {

/// A payment as people think of it: who pays whom, without the change that comes back.
struct PaymentStory {
    std::string payer;
    std::string payee;
    Amount amount;
    Amount fee;
};

/// Reads the story of a payment whose coins are all known.
[[nodiscard]] PaymentStory story_of(TransactionIndex payment, const sim::ObservedWorld& world,
                                    const People& people);

}  // namespace bezant::report
