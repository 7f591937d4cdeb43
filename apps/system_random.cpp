// SPDX-License-Identifier: Apache-2.0
#include "apps/system_random.hpp"

#include <sys/random.h>

#include <cerrno>

#include "base/check.hpp"

namespace bezant::apps {

void fill_with_random(std::span<Byte> bytes) {
    while (!bytes.empty()) {
        const auto got = getrandom(bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        CHECK(got > 0, "the system gives random bytes");
        bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
}

}  // namespace bezant::apps
