// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <spdlog/fwd.h>
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "net/start_error.hpp"

namespace bezant::net {

/// What a line of the log is about.
enum class LogCategory : std::uint8_t {
    node,     ///< its start and end, the disk
    network,  ///< connections
    chain,    ///< blocks
    pool,     ///< payments
    mining,
    wallet,
    rpc,
};
inline constexpr std::size_t log_category_count = 7;

enum class LogLevel : std::uint8_t { debug, info, warning, error, off };

/// The names by which operators choose levels.
inline constexpr std::array<std::string_view, 5> log_level_names{"debug", "info", "warning",
                                                                 "error", "off"};

/// A node's log: lines with time, level, category and text, on standard error or in a file. What is
/// written to it must not hold secrets.
class Log {
public:
    /// On standard error, or in this file, behind what is there.
    [[nodiscard]] static Result<std::unique_ptr<Log>, StartError> open(
        LogLevel level, const std::optional<std::filesystem::path>& file);
    ~Log();

    [[nodiscard]] spdlog::logger& of(LogCategory category) const;

    /// Closes the file and opens one of its name: whoever moved it away may keep it.
    void reopen();

private:
    struct Parts;
    explicit Log(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace bezant::net
