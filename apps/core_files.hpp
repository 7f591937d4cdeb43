// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "apps/failure.hpp"

namespace bezant::apps {

/// Sees to it that this process leaves no core file when it crashes, whatever the machine is set
/// to: what it holds (a wallet's keys, passwords, cookies) would lie in it. On Linux no debugger
/// can then read its memory but the administrator's, unless it was started by one. An error is one
/// of the environment.
[[nodiscard]] Outcome<void> forbid_core_files();

}  // namespace bezant::apps
