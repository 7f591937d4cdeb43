// SPDX-License-Identifier: Apache-2.0
#include "base/mixer.hpp"

#include "base/hex.hpp"

namespace bezant {

Mix Mixer::mix() const {
    Mix big_endian;
    for (unsigned i = 0; i < 8; ++i) {
        big_endian.bytes[i] = static_cast<Byte>(high_ >> (56 - 8 * i));
        big_endian.bytes[8 + i] = static_cast<Byte>(low_ >> (56 - 8 * i));
    }
    return big_endian;
}

std::string Mixer::to_text() const { return to_hex(mix().view()); }

}  // namespace bezant
