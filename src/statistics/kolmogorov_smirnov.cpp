// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/math/distributions/kolmogorov_smirnov.hpp>
#include <cmath>
#include <vector>

#include "base/check.hpp"
#include "statistics/goodness_of_fit.hpp"

namespace bezant::statistics {

namespace {

constexpr std::size_t exact_values_max = 200;

/// A square matrix of numbers, row by row.
struct Matrix {
    std::size_t size;
    std::vector<double> cells = std::vector<double>(size * size);

    [[nodiscard]] double& at(std::size_t row, std::size_t column) {
        return cells[row * size + column];
    }
    [[nodiscard]] double at(std::size_t row, std::size_t column) const {
        return cells[row * size + column];
    }
};

Matrix product(const Matrix& left, const Matrix& right) {
    Matrix result{left.size};
    for (std::size_t row = 0; row < left.size; ++row) {
        for (std::size_t inner = 0; inner < left.size; ++inner) {
            const double factor = left.at(row, inner);
            for (std::size_t column = 0; column < left.size; ++column)
                result.at(row, column) += factor * right.at(inner, column);
        }
    }
    return result;
}

Matrix power(const Matrix& base, std::size_t exponent) {
    if (exponent == 1) return base;
    const Matrix half = power(base, exponent / 2);
    const Matrix whole = product(half, half);
    return exponent % 2 == 0 ? whole : product(whole, base);
}

/// The matrix of Marsaglia, Tsang and Wang: ones up to the diagonal above the main one, its left
/// and lower edge less powers of h, and each divided by a factorial.
Matrix steps(std::size_t k, double h) {
    Matrix matrix{2 * k - 1};
    const std::size_t last = matrix.size - 1;
    for (std::size_t row = 0; row <= last; ++row) {
        for (std::size_t column = 0; column <= std::min(row + 1, last); ++column)
            matrix.at(row, column) = 1;
    }
    for (std::size_t i = 0; i <= last; ++i) {
        matrix.at(i, 0) -= std::pow(h, static_cast<double>(i + 1));
        matrix.at(last, i) -= std::pow(h, static_cast<double>(matrix.size - i));
    }
    if (h > 0.5) matrix.at(last, 0) += std::pow(2 * h - 1, static_cast<double>(matrix.size));
    for (std::size_t row = 0; row <= last; ++row) {
        for (std::size_t column = 0; column <= row; ++column) {
            for (std::size_t factor = 2; factor <= row - column + 1; ++factor)
                matrix.at(row, column) /= static_cast<double>(factor);
        }
    }
    return matrix;
}

/// n! / n^n times the middle of the n-th power.
double exact_chance(std::size_t values, double distance) {
    const auto n = static_cast<double>(values);
    const auto k = static_cast<std::size_t>(n * distance) + 1;
    const Matrix all = power(steps(k, static_cast<double>(k) - n * distance), values);
    double chance = all.at(k - 1, k - 1);
    for (std::size_t i = 1; i <= values; ++i) chance *= static_cast<double>(i) / n;
    return std::clamp(chance, 0.0, 1.0);
}

double limit_chance(std::size_t values, double distance) {
    const auto n = static_cast<double>(values);
    const double scaled = std::sqrt(n) * distance;
    const double corrected = scaled + 1 / (6 * std::sqrt(n)) + (scaled - 1) / (4 * n);
    const boost::math::kolmogorov_smirnov_distribution<double> law{1};
    return boost::math::cdf(law, corrected);
}

}  // namespace

double kolmogorov_smirnov_chance(std::size_t values, double distance) {
    CHECK(values > 0, "there is a value");
    if (distance <= 0.5 / static_cast<double>(values)) return 0;
    if (distance >= 1) return 1;
    return values <= exact_values_max ? exact_chance(values, distance)
                                      : limit_chance(values, distance);
}

GoodnessOfFit kolmogorov_smirnov_test(std::span<const double> sample,
                                      const std::function<double(double)>& law) {
    CHECK(!sample.empty(), "there is a value");
    std::vector<double> sorted{sample.begin(), sample.end()};
    std::ranges::sort(sorted);
    const auto count = static_cast<double>(sorted.size());
    double distance = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const double chance = law(sorted[i]);
        const auto before = static_cast<double>(i);
        distance = std::max({distance, chance - before / count, (before + 1) / count - chance});
    }
    return {distance, 1 - kolmogorov_smirnov_chance(sorted.size(), distance)};
}

}  // namespace bezant::statistics
