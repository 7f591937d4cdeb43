// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/block.hpp"
#include "rules/reason.hpp"

namespace bezant {

/// What is said of a block whose parent is not known.
[[nodiscard]] Rejection unknown_parent(const BlockHeader& header);

/// What is said of a block for the rule that an ancestor breaks.
[[nodiscard]] Rejection invalid_parent(const BlockHash& ancestor);

}  // namespace bezant
