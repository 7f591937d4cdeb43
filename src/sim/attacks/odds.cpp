// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/odds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace bezant::sim {

namespace {

double power(double base, std::uint32_t exponent) {
    double result = 1.0;
    for (std::uint32_t i = 0; i < exponent; ++i) result *= base;
    return result;
}

/// C(m + n - 1, m) a^n b^m for m = 0, 1, 2 …, each of the one before: a probability, so that it
/// never grows beyond 1 however many the ways are.
class Terms {
public:
    Terms(double a, double b, std::uint32_t n) : term_(power(a, n)), b_(b), n_(n) {}

    [[nodiscard]] double term() const { return term_; }
    void next() {
        term_ *= b_ * (m_ + n_) / (m_ + 1);
        ++m_;
    }

private:
    double term_;
    double b_;
    double n_;
    double m_ = 0;
};

}  // namespace

// The first products alone, p^n q^m, add up to 1 over m = 0 … infinity, so that the complement of
// the formula's sum is a sum of what is left, all of it positive: small odds stay exact.
double double_spend_odds(PartsPerMillion share, std::uint32_t confirmations) {
    if (share >= one_million - share || confirmations == 0) return 1.0;
    const double q = static_cast<double>(share) / one_million;
    const double p = static_cast<double>(one_million - share) / one_million;
    Terms ahead{p, q, confirmations};
    Terms behind{q, p, confirmations};
    double odds = 0.0;
    for (std::uint32_t m = 0; m <= confirmations; ++m, ahead.next(), behind.next())
        odds += behind.term();
    constexpr double negligible = 1e-17;
    for (; ahead.term() > odds * negligible; ahead.next()) odds += ahead.term();
    return std::min(odds, 1.0);
}

double chance_of_none(double expected) {
    double sum = 1;
    double term = 1;
    for (std::uint32_t k = 1; term > sum * 1e-17; ++k) {
        term *= expected / k;
        sum += term;
    }
    return 1 / sum;
}

std::uint32_t hopeless_deficit(PartsPerMillion share) {
    constexpr double negligible = 1e-5;
    constexpr std::uint32_t deficit_max = 100;
    const double q = static_cast<double>(share) / one_million;
    const double ratio = std::min(q, 1 - q) / std::max(q, 1 - q);
    std::uint32_t deficit = 1;
    double odds = ratio;
    while (odds > negligible && deficit < deficit_max) {
        odds *= ratio;
        ++deficit;
    }
    return deficit;
}

double partition_odds(PartsPerMillion share, std::uint32_t blocks) {
    const double q = static_cast<double>(share) / one_million;
    Terms terms{1 - q, q, blocks};
    double fewer = 0;
    for (std::uint32_t m = 0; m < blocks; ++m, terms.next()) fewer += terms.term();
    return std::max(0.0, 1 - fewer - (1 - q) * terms.term());
}

double selfish_revenue(const RaceOdds& odds) {
    const double a = odds.share;
    const double g = odds.tie_share;
    return (a * (1 - a) * (1 - a) * (4 * a + g * (1 - 2 * a)) - a * a * a) /
           (1 - a * (1 + (2 - a) * a));
}

double selfish_threshold(double tie_share) { return (1 - tie_share) / (3 - 2 * tie_share); }

std::string odds_text(double odds, int digits) {
    return fmt::format("by theory this succeeds {:.{}f} times in 100", 100 * odds, digits);
}

}  // namespace bezant::sim
