// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/story.hpp"

namespace bezant::sim {

void Story::tell(Duration at, const std::string& sentence) {
    steps_.push_back({.at = at, .what = sentence});
}

}  // namespace bezant::sim
