// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "net/signature_pool.hpp"

namespace bezant::apps {

/// Who verifies and makes the signatures of a simulated world, beside it: on all processors but
/// one; nobody, if there is only one.
[[nodiscard]] std::unique_ptr<net::SignaturePool> make_signature_workers();

}  // namespace bezant::apps
