// SPDX-License-Identifier: Apache-2.0
#include "apps/core_files.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <cerrno>
#include <cstring>

namespace bezant::apps {

namespace {

/// A limit of zero keeps files from being written, but not a program that collects cores
/// (core(5), "Piping core dumps to a program") from being given one: that asks the second question.
bool is_forbidden() {
    const rlimit none{.rlim_cur = 0, .rlim_max = 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0) return false;
#ifdef __linux__
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return false;
#endif
    return true;
}

}  // namespace

Outcome<void> forbid_core_files() {
    if (is_forbidden()) return {};
    return unexpected{Failure{
        .code = ExitCode::environment,
        .what = fmt::format("cannot keep secrets out of core files: {}", std::strerror(errno)),
        .advice = "does something filter system calls?"}};
}

}  // namespace bezant::apps
