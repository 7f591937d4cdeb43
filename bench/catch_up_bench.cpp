// SPDX-License-Identifier: Apache-2.0
// How fast a new node catches up: from two peers over loopback, of which one stalls and one lies,
// with 100,000 payments of one or two coins into two. Beside it the speed at which all cores of
// this machine verify the same signatures with libsodium and do nothing else. Both are measured in
// turns, and medians are compared: the node must come to 80 % of it.
//
// The peers speak as nodes do, on threads of their own, and cost no more than sending: one sends
// every block that it is asked for until two thirds of the chain, and from there on says nothing at
// all. The other tells of a longer branch that leaves the chain at a third, whose first block has a
// wrong signature; once it was found out and hung up on, it is called again and speaks the truth.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "bench/catch_up/chain.hpp"
#include "bench/catch_up/newcomer.hpp"
#include "bench/support/verification.hpp"

namespace bezant::bench {
namespace {

constexpr double share_min = 0.80;

/// What was measured of one of the two, round by round.
class Rounds {
public:
    Rounds(std::size_t signatures, unsigned processors)
        : signatures_(static_cast<double>(signatures)), processors_(processors) {}

    void add(const Cost& cost) {
        speeds_.push_back(signatures_ / cost.seconds);
        fmt::print("{:12.0f} /s {:6.1f} us {:5.0f} %", speeds_.back(),
                   1e6 * cost.processor_seconds / signatures_,
                   100 * cost.processor_seconds / (cost.seconds * processors_));
    }

    /// Signatures a second.
    [[nodiscard]] double median() const {
        std::vector<double> sorted = speeds_;
        std::ranges::sort(sorted);
        return sorted[sorted.size() / 2];
    }

private:
    double signatures_;
    unsigned processors_;
    std::vector<double> speeds_;
};

int run(std::size_t rounds) {
    const LongChain chain = make_long_chain({.blocks = 200, .payments_each = 500});
    fmt::print("{} payments in {} blocks, {} signatures, {} cores\n", chain.payments,
               chain.blocks.size(), chain.signatures.size(), cores());
    fmt::print("signatures a second, processor time for each, share of all cores in use\n");
    fmt::print("{:>33}{:>33}\n", "libsodium alone", "catching up");
    Rounds alone{chain.signatures.size(), cores()};
    Rounds catching_up{chain.signatures.size(), cores()};
    for (std::size_t i = 0; i < rounds; ++i) {
        alone.add(cost_to_verify(chain.signatures));
        catching_up.add(cost_to_catch_up(chain));
        fmt::print("\n");
    }
    const double share = catching_up.median() / alone.median();
    fmt::print("{:12.0f} /s {:29.0f} /s: {:.3f}, of {:.2f} wanted\n", alone.median(),
               catching_up.median(), share, share_min);
    return share >= share_min ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace bezant::bench

int main(int count, char** arguments) {
    constexpr std::size_t rounds_usual = 5;
    return bezant::bench::run(count > 1 ? std::strtoul(arguments[1], nullptr, 10) : rounds_usual);
}
