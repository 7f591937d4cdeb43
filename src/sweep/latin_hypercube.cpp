// SPDX-License-Identifier: Apache-2.0
#include "sweep/latin_hypercube.hpp"

#include "base/check.hpp"

namespace bezant::sweep {

namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace

std::vector<std::int64_t> stratified_values(std::int64_t low, std::int64_t high,
                                            std::uint32_t samples, Random random) {
    CHECK(0 <= low && low <= high && samples > 0, "there is a range, and something to draw");
    const Wide width = static_cast<Wide>(high - low) + 1;
    const auto offset = [&](Wide share_of_samples, Wide rounded_up) {
        return static_cast<std::int64_t>((share_of_samples * width + rounded_up) / samples);
    };
    std::vector<std::int64_t> values;
    for (std::uint32_t stratum = 0; stratum < samples; ++stratum) {
        if (width < samples) {  // some strata are empty
            values.push_back(low + offset(stratum, 0));
        } else {
            const std::int64_t first = offset(stratum, samples - 1);
            const std::int64_t behind = offset(Wide{stratum} + 1, samples - 1);
            values.push_back(low + random.between(first, behind - 1));
        }
    }
    random.shuffle(values);
    return values;
}

}  // namespace bezant::sweep
