// SPDX-License-Identifier: Apache-2.0
#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace bezant {

void check_failed(const char* condition, const char* belief, const char* file, int line) {
    std::fprintf(stderr, "bezant: internal error at %s:%d: %s\n  believed: %s\n", file, line,
                 condition, belief);
    std::abort();
}

}  // namespace bezant
