// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>

namespace bezant {

/// What an operation on input from outside gives back: a value, or the one error that says why not.
template <class Value, class Error>
using Result = std::expected<Value, Error>;

using std::unexpected;

}  // namespace bezant
