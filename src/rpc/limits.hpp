// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.hpp"

namespace bezant::rpc {

// Every bound that the server puts on what others can make it hold or do. docs/api.md names them.

/// Of a request's target and headers together; beyond it: 431.
inline constexpr std::size_t head_bytes_max = 16'384;
/// Of a request's body; beyond it: 413. Twice the largest block in hexadecimal digits.
inline constexpr std::size_t body_bytes_max = 16'777'216;
/// Arrays and objects within each other in a request.
inline constexpr std::size_t json_depth_max = 16;
/// Calls in one request.
inline constexpr std::size_t calls_per_batch_max = 1'000;
/// Of the answers to one request: beyond it, the calls that are left are refused.
inline constexpr std::size_t answer_bytes_max = 67'108'864;
/// Connections at once; whoever comes beyond them is told so (503) and let go.
inline constexpr std::size_t connections_max = 64;

/// From when a connection was made, or its last answer sent, until the next request's head is here.
inline constexpr Duration head_wait_max = seconds(30);
/// From a request's head until its whole body is here.
inline constexpr Duration body_wait_max = seconds(60);
/// Until an answer has been taken.
inline constexpr Duration answer_wait_max = seconds(60);

/// Events that wait for a listener to read those before; beyond it, it is let go.
inline constexpr std::size_t events_waiting_max = 1'000;
/// Of what a listener of events says, which means nothing.
inline constexpr std::size_t event_message_bytes_max = 4'096;

/// Headers in one answer; bitcoind's MAX_REST_HEADERS_RESULTS.
inline constexpr std::uint32_t headers_per_answer_max = 2'000;
/// Transactions or coins of an address in one answer.
inline constexpr std::uint32_t address_entries_per_answer_max = 1'000;
/// That a person may ask for: more than any machine of today has processors.
inline constexpr std::uint32_t mining_threads_max = 1'024;
/// Blocks that one call may ask to be made.
inline constexpr std::uint32_t generated_blocks_max = 10'000;
/// For how long a call waits for the tip to move; bitcoind's getblocktemplate looks for payments
/// after the same time.
inline constexpr Duration long_poll_max = seconds(60);

}  // namespace bezant::rpc
