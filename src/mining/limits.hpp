// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.hpp"

namespace bezant::mining {

// Every bound on what mining programs can make a node hold or do. docs/mining.md names those that
// an operator meets.

/// Blocks given out on one tip of which a solution is still welcome; the oldest is forgotten.
inline constexpr std::size_t works_max = 8;
/// For how long the same block is given out: then it takes in new payments, and a new time.
inline constexpr Duration work_age_max = seconds(10);
/// Headers given out by getwork that are remembered; the oldest is forgotten.
inline constexpr std::size_t getworks_max = 4'096;
/// Nonces that are tried before the node's thread sees to other things: ten milliseconds on a
/// processor that hashes slowly.
inline constexpr std::uint64_t search_step_nonces = 32'768;

// Stratum.

/// Programs at once; whoever comes beyond them is let go.
inline constexpr std::size_t clients_max = 256;
/// Of what a program says at a time; beyond it, it is let go. A share takes some 150.
inline constexpr std::size_t line_bytes_max = 4'096;
/// Of what a program has not taken yet; beyond it, it is let go. A job takes some 1,500.
inline constexpr std::size_t unsent_bytes_max = 262'144;
/// Lines of one program that are read in a second, in the long run, and at once. What comes faster
/// waits in its socket.
inline constexpr std::int64_t lines_per_second_max = 100;
inline constexpr std::int64_t lines_at_once_max = 200;
/// Until a program has subscribed and named a worker.
inline constexpr Duration introduction_max = seconds(30);
/// Between two lines of a program: shares are to come every few seconds.
inline constexpr Duration silence_max = seconds(3'600);
/// Workers that a program may name, and workers that are counted by name; what is beyond these
/// counts under one name together.
inline constexpr std::size_t workers_per_client_max = 32;
inline constexpr std::size_t workers_max = 1'000;
inline constexpr std::size_t worker_name_bytes_max = 128;
/// Jobs of a program for which a share is still welcome, and shares that are remembered so that
/// none counts twice. When either is full, the oldest job is forgotten.
inline constexpr std::size_t jobs_per_client_max = 16;
inline constexpr std::size_t shares_remembered_max = 16'384;
/// After a job, the next one on another tip comes no sooner: while a node catches up, tips are
/// many.
inline constexpr Duration job_spacing_min = milliseconds(10);

}  // namespace bezant::mining
