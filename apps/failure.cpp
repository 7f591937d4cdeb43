// SPDX-License-Identifier: Apache-2.0
#include "apps/failure.hpp"

#include "apps/command.hpp"

namespace bezant::apps {

ExitCode print_failure(const Failure& failure) {
    print_error(failure.what, failure.advice);
    return failure.code;
}

}  // namespace bezant::apps
