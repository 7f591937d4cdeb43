// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "apps/files.hpp"
#include "base/result.hpp"
#include "sim/world.hpp"

namespace bezant::apps {

/// The folder that a run writes: ledger.bzt, events.jsonl and summary.json.
class RunOutput {
public:
    /// Makes the folder if it is not there, and begins the events.
    [[nodiscard]] static Result<RunOutput, FileError> open(const std::filesystem::path& folder);

    void event(std::string_view line);
    /// Writes the best chain as a ledger file, and the summary, and sees that the events are whole.
    [[nodiscard]] Result<void, FileError> finish(const sim::World& world,
                                                 const std::string& summary);

private:
    RunOutput(std::filesystem::path folder, std::ofstream events);

    [[nodiscard]] Result<void, FileError> write_ledger(const sim::World& world) const;

    std::filesystem::path folder_;
    std::ofstream events_;
};

}  // namespace bezant::apps
