// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace bezant {

/// First byte of an encoded message (docs/formats.md, "Messages"). 0 is never a message.
enum class MessageKind : std::uint8_t {
    none = 0,
    hello = 1,
    ping = 2,
    pong = 3,
    inventory = 4,
    get_data = 5,
    not_found = 6,
    payment = 7,
    get_headers = 8,
    headers = 9,
    block = 10,
    compact_block = 11,
    get_missing_transactions = 12,
    missing_transactions = 13,
    fee_floor = 14,
    send_compact = 17,
    get_compact_block = 18,
    get_addresses = 15,
    addresses = 16,
};

}  // namespace bezant
