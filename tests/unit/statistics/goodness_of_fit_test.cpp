// SPDX-License-Identifier: Apache-2.0
// Tests of fit against published values, and their promise: a true law is refused as often as the
// p-value says, a false one nearly always.
#include "statistics/goodness_of_fit.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "base/random.hpp"

namespace bezant::statistics {
namespace {

double uniform(Random& random) {
    return (static_cast<double>(random.next() >> 11U) + 0.5) * 0x1p-53;
}

std::vector<double> uniforms(Random& random, std::size_t count) {
    std::vector<double> values(count);
    for (double& value : values) value = uniform(random);
    return values;
}

double identity(double value) { return value; }

// Marsaglia, Tsang and Wang, Journal of Statistical Software 8 (2003) 18: K(10, 0.274).
TEST(KolmogorovSmirnov, IsExactAsPublished) {
    EXPECT_NEAR(kolmogorov_smirnov_chance(10, 0.274), 0.628479615456504, 1e-13);
}

double determinant(std::vector<std::vector<double>> rows) {
    double product = 1;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::size_t largest = i;
        for (std::size_t k = i; k < rows.size(); ++k)
            if (std::abs(rows[k][i]) > std::abs(rows[largest][i])) largest = k;
        if (rows[largest][i] == 0) return 0;
        if (largest != i) product = -product;
        std::swap(rows[i], rows[largest]);
        product *= rows[i][i];
        for (std::size_t k = i + 1; k < rows.size(); ++k) {
            const double factor = rows[k][i] / rows[i][i];
            for (std::size_t j = i; j < rows.size(); ++j) rows[k][j] -= factor * rows[i][j];
        }
    }
    return product;
}

/// The chance that each of the sorted values stays within its band (Steck, Annals of Mathematical
/// Statistics 42 (1971) 1).
double chance_within_bands(std::size_t values, double distance) {
    const auto n = static_cast<double>(values);
    std::vector<std::vector<double>> rows(values, std::vector<double>(values));
    for (std::size_t i = 0; i < values; ++i) {
        const double upper = std::min(1.0, static_cast<double>(i) / n + distance);
        for (std::size_t j = i == 0 ? 0 : i - 1; j < values; ++j) {
            const double lower = std::max(0.0, static_cast<double>(j + 1) / n - distance);
            const auto power = static_cast<double>(j + 1 - i);
            rows[i][j] = std::pow(std::max(0.0, upper - lower), power) / std::tgamma(power + 1);
        }
    }
    return std::tgamma(n + 1) * determinant(std::move(rows));
}

TEST(KolmogorovSmirnov, IsThatOfAnotherExactWay) {
    for (std::size_t values = 1; values <= 10; ++values) {
        for (double distance = 0.5 / static_cast<double>(values) + 0.003; distance < 1;
             distance += 0.017) {
            EXPECT_NEAR(kolmogorov_smirnov_chance(values, distance),
                        chance_within_bands(values, distance), 1e-9)
                << values << " " << distance;
        }
    }
}

// Miller, Journal of the American Statistical Association 51 (1956) 111, table 1 (two sides).
TEST(KolmogorovSmirnov, HasTheCriticalValuesOfMillersTable) {
    EXPECT_NEAR(kolmogorov_smirnov_chance(1, 0.975), 0.95, 1e-12);
    EXPECT_NEAR(kolmogorov_smirnov_chance(5, 0.56328), 0.95, 2e-5);
    EXPECT_NEAR(kolmogorov_smirnov_chance(10, 0.40925), 0.95, 2e-5);
    EXPECT_NEAR(kolmogorov_smirnov_chance(10, 0.48893), 0.99, 2e-5);
    EXPECT_NEAR(kolmogorov_smirnov_chance(20, 0.29408), 0.95, 2e-5);
    EXPECT_NEAR(kolmogorov_smirnov_chance(40, 0.21012), 0.95, 3e-5);
}

// The limit law: Smirnov, Annals of Mathematical Statistics 19 (1948) 279, has 0.95 at 1.3581.
TEST(KolmogorovSmirnov, ComesToTheLimitLaw) {
    EXPECT_NEAR(kolmogorov_smirnov_chance(100'000'000, 1.3581e-4), 0.95, 2e-5);
    EXPECT_NEAR(kolmogorov_smirnov_chance(100'000'000, 1.6276e-4), 0.99, 2e-5);
}

TEST(KolmogorovSmirnov, GoesOnWhereTheExactChanceEnds) {
    for (const double scaled : {0.5, 0.7, 0.9, 1.1, 1.3, 1.5, 1.8}) {
        const double last_exact = kolmogorov_smirnov_chance(200, scaled / std::sqrt(200.0));
        const double first_other = kolmogorov_smirnov_chance(201, scaled / std::sqrt(201.0));
        EXPECT_NEAR(last_exact, first_other, 2e-4) << scaled;
    }
}

TEST(KolmogorovSmirnov, TakesTheLargestDistanceOnEitherSide) {
    const std::array above{0.7, 0.8};
    EXPECT_DOUBLE_EQ(kolmogorov_smirnov_test(above, identity).statistic, 0.7);
    const std::array below{0.1, 0.2};
    EXPECT_DOUBLE_EQ(kolmogorov_smirnov_test(below, identity).statistic, 0.8);
}

// Of a true law p-values are uniform, and ten classes of 2,000 of them pass the other test but once
// in a thousand times.
TEST(KolmogorovSmirnov, RefusesATrueLawAsOftenAsItSays) {
    Random random{3};
    std::array<std::uint64_t, 10> classes{};
    for (int trial = 0; trial < 2'000; ++trial) {
        const auto fit = kolmogorov_smirnov_test(uniforms(random, 12), identity);
        ++classes.at(std::min<std::size_t>(9, static_cast<std::size_t>(fit.p_value * 10)));
    }
    EXPECT_GT(chi_squared_test(classes, std::vector(10, 0.1)).p_value, 0.001);
}

TEST(KolmogorovSmirnov, RefusesAFalseLaw) {
    Random random{4};
    std::vector<double> values = uniforms(random, 400);
    for (double& value : values) value *= value;
    EXPECT_LT(kolmogorov_smirnov_test(values, identity).p_value, 1e-6);
    const auto root = [](double value) { return std::sqrt(value); };
    EXPECT_GT(kolmogorov_smirnov_test(values, root).p_value, 0.001);
}

// NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4: upper critical values.
TEST(ChiSquared, HasTheCriticalValuesOfTheTable) {
    // Two classes of chance 1/2, seen a and b times: the statistic is (a - b)^2 / (a + b).
    const auto p_of = [](std::size_t degrees, double statistic) {
        const std::size_t classes = degrees + 1;
        constexpr std::uint64_t each = 10'000'000'000;
        std::vector<std::uint64_t> seen(classes, each);
        const auto off =
            static_cast<std::uint64_t>(std::sqrt(statistic * static_cast<double>(each) / 2));
        seen[0] += off;
        seen[1] -= off;
        const auto fit =
            chi_squared_test(seen, std::vector(classes, 1.0 / static_cast<double>(classes)));
        EXPECT_NEAR(fit.statistic, statistic, 0.0005);
        return fit.p_value;
    };
    EXPECT_NEAR(p_of(1, 3.841), 0.05, 2e-5);
    EXPECT_NEAR(p_of(5, 15.086), 0.01, 2e-5);
    EXPECT_NEAR(p_of(10, 18.307), 0.05, 2e-5);
    EXPECT_NEAR(p_of(30, 59.703), 0.001, 2e-5);
}

TEST(ChiSquared, FittedParametersTakeDegreesAway) {
    const std::array<std::uint64_t, 4> seen{12, 18, 30, 40};
    const std::array chances{0.1, 0.2, 0.3, 0.4};
    EXPECT_LT(chi_squared_test(seen, chances, 1).p_value, chi_squared_test(seen, chances).p_value);
}

// 2,000 throws of a die of 6: refused at 0.05 in a share that is out by 0.02 with a chance of
// 0.00005.
TEST(ChiSquared, RefusesATrueLawAsOftenAsItSays) {
    Random random{5};
    int refused = 0;
    for (int trial = 0; trial < 2'000; ++trial) {
        std::array<std::uint64_t, 6> seen{};
        for (int i = 0; i < 120; ++i) ++seen.at(random.below(6));
        refused += chi_squared_test(seen, std::vector(6, 1.0 / 6)).p_value < 0.05 ? 1 : 0;
    }
    EXPECT_NEAR(refused / 2'000.0, 0.05, 0.02);
}

}  // namespace
}  // namespace bezant::statistics
