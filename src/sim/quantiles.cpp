// SPDX-License-Identifier: Apache-2.0
#include "sim/quantiles.hpp"

#include <algorithm>
#include <bit>

namespace bezant::sim {

namespace {

constexpr unsigned precision_bits = 10;
constexpr std::uint64_t classes_per_octave = std::uint64_t{1} << precision_bits;

/// Values below two octaves' worth are classes of their own; above, each octave has as many.
std::size_t class_of(std::uint64_t value) {
    const auto width = static_cast<unsigned>(std::bit_width(value));
    if (width <= precision_bits + 1) return value;
    const unsigned shift = width - precision_bits - 1;
    return shift * classes_per_octave + (value >> shift);
}

std::uint64_t least_of_class(std::size_t index) {
    if (index < 2 * classes_per_octave) return index;
    const std::uint64_t shift = index / classes_per_octave - 1;
    return (index - shift * classes_per_octave) << shift;
}

}  // namespace

void Quantiles::add(Duration sample) {
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(0, sample.microseconds));
    const std::size_t index = class_of(value);
    if (index >= classes_.size()) classes_.resize(index + 1);
    ++classes_[index];
    ++count_;
}

Duration Quantiles::at(std::uint32_t parts_per_million) const {
    constexpr std::uint64_t million = 1'000'000;
    const std::uint64_t wanted =
        std::max<std::uint64_t>(1, (count_ * parts_per_million + million - 1) / million);
    std::uint64_t below = 0;
    for (std::size_t index = 0; index < classes_.size(); ++index) {
        below += classes_[index];
        if (below >= wanted) return {static_cast<std::int64_t>(least_of_class(index))};
    }
    return {};
}

}  // namespace bezant::sim
