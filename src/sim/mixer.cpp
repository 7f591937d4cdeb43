// SPDX-License-Identifier: Apache-2.0
#include "sim/mixer.hpp"

#include <array>

#include "base/hex.hpp"

namespace bezant::sim {

std::string Mixer::to_text() const {
    std::array<Byte, 16> big_endian{};
    for (unsigned i = 0; i < 8; ++i) {
        big_endian[i] = static_cast<Byte>(high_ >> (56 - 8 * i));
        big_endian[8 + i] = static_cast<Byte>(low_ >> (56 - 8 * i));
    }
    return to_hex(big_endian);
}

}  // namespace bezant::sim
