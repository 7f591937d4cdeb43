// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace bezant::apps {

/// What the program ends with; README.md and every --help name them.
enum class ExitCode : int {
    good = 0,
    check_failed = 1,  ///< participants disagree, a checker fired, a ledger breaks a rule, a record
                       ///< comes out differently, a run of a sweep fails
    usage = 2,         ///< the command line is wrong
    input = 3,         ///< a file or a scenario is wrong
    environment = 4,   ///< something outside fails: a file cannot be read or written
};

}  // namespace bezant::apps
