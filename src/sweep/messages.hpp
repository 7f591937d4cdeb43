// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/hash.hpp"
#include "sweep/jobs.hpp"

namespace bezant::sweep {

/// The first message of a process that helps: what it has read, and how many threads it works on.
struct Hello {
    Hash256 plan_hash;
    std::string fault;  ///< why it cannot help; then nothing else counts
    std::uint32_t workers = 0;
};

/// What a worker has finished, if anything: it wants the next.
struct WorkRequest {
    std::uint32_t worker = 0;
    std::optional<FinishedJob> finished;
};

/// What the worker is to do next; nothing: no more.
struct WorkReply {
    std::uint32_t worker = 0;
    std::optional<Job> job;
};

[[nodiscard]] Bytes to_bytes(const Hello& hello);
[[nodiscard]] Bytes to_bytes(const WorkRequest& request);
[[nodiscard]] Bytes to_bytes(const WorkReply& reply);

/// The sender is this same program: bytes that are something else are a fault of ours.
[[nodiscard]] Hello hello_from(ByteView bytes);
[[nodiscard]] WorkRequest request_from(ByteView bytes);
[[nodiscard]] WorkReply reply_from(ByteView bytes);

}  // namespace bezant::sweep
