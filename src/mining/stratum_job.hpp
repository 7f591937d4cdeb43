// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "mining/block_work.hpp"

namespace bezant::mining {

/// The parameters of mining.notify as JSON text (docs/formats.md, "Work for mining programs"). The
/// last bytes of the extranonce, so many, are left for the program and its connection to fill.
[[nodiscard]] std::string notify_params(const BlockWork& work, const std::string& job, bool clean,
                                        std::size_t bytes_to_fill);

}  // namespace bezant::mining
