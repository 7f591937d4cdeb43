// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "ledger/identifiers.hpp"

namespace bezant::fleet {

/// What a node tells of blocks and payments (docs/api.md, "Events").
struct ToldEvent {
    enum class Kind : std::uint8_t {
        block_mined,
        block_connected,
        block_disconnected,
        block_left_stale,
        block_refused,
        payment_accepted,
    };
    Kind kind{};
    Time at;
    BlockHash block;      ///< of a block's event
    std::string payment;  ///< of a payment's: its id, as it is shown
    std::string reason;   ///< why a block was refused
};

/// Nothing if it tells of something else, or is no event.
[[nodiscard]] std::optional<ToldEvent> told_event_from(std::string_view json_text);

}  // namespace bezant::fleet
