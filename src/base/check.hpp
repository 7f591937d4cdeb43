// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace bezant {

/// Prints what was believed and where, then aborts. For our own bugs only: never for input.
[[noreturn]] void check_failed(const char* condition, const char* belief, const char* file,
                               int line);

}  // namespace bezant

/// Stops the program, in every build, when what we believe does not hold. `belief` is a sentence
/// that says what was believed. Input from outside is never CHECKed: it is refused with a reason.
#define CHECK(condition, belief)                                              \
    do {                                                                      \
        if (!(condition)) [[unlikely]] {                                      \
            ::bezant::check_failed(#condition, (belief), __FILE__, __LINE__); \
        }                                                                     \
    } while (false)
