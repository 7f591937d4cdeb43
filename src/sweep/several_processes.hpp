// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "sweep/coordinator.hpp"
#include "sweep/message_port.hpp"
#include "sweep/messages.hpp"

namespace bezant::sweep {

/// In the first process: gives work to the others until there is none, and what they finish to the
/// coordinator. Returns when none of them has work any more. The error says which process cannot
/// help, and why; then the coordinator is ended, and so are the others. Threads of this process
/// work beside it.
[[nodiscard]] Result<void, Failure> serve(MessagePort& port, Coordinator& coordinator,
                                          const Hash256& plan_hash);

/// In the first process, when it cannot begin: the others end.
void dismiss(MessagePort& port);

/// In all other processes: works for the first until it has no more work. `hello` says whether this
/// one can.
void help(MessagePort& port, const Hello& hello, const Plan& plan, const Preparation& prepare);

/// In another process, when it cannot help: the first says why, and all end.
void decline(MessagePort& port, const std::string& why);

}  // namespace bezant::sweep
