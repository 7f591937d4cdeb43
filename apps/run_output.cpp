// SPDX-License-Identifier: Apache-2.0
#include "apps/run_output.hpp"

#include <fmt/format.h>

#include "ledger/ledger_file.hpp"

namespace bezant::apps {

namespace {

constexpr std::string_view events_name = "events.jsonl";

}  // namespace

RunOutput::RunOutput(std::filesystem::path folder, std::ofstream events)
    : folder_(std::move(folder)), events_(std::move(events)) {}

Result<RunOutput, FileError> RunOutput::open(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return unexpected(FileError{
            fmt::format("cannot make the folder {}: {}", folder.string(), error.message())});
    }
    std::ofstream events{folder / events_name, std::ios::trunc};
    if (!events) {
        return unexpected(FileError{fmt::format("cannot write to the folder {}", folder.string())});
    }
    return RunOutput{folder, std::move(events)};
}

void RunOutput::event(std::string_view line) { events_ << line; }

Result<void, FileError> RunOutput::finish(const sim::World& world, const std::string& summary) {
    events_.close();
    if (!events_) {
        return unexpected(
            FileError{fmt::format("cannot write {}", (folder_ / events_name).string())});
    }
    if (auto done = write_ledger(world); !done) return done;
    return write_file(folder_ / "summary.json", as_bytes(summary + "\n"));
}

Result<void, FileError> RunOutput::write_ledger(const sim::World& world) const {
    const Archive& archive = world.archive();
    const std::uint32_t height = archive.blocks()[world.common_tip()].height.value;
    Bytes bytes;
    LedgerWriter writer{archive.parameters(), height, [&](ByteView part) {
                            bytes.insert(bytes.end(), part.begin(), part.end());
                        }};
    for (Height at{1}; at.value <= height; at = next(at)) {
        writer.add(archive.assemble(archive.blocks().ancestor(world.common_tip(), at)));
    }
    writer.finish();
    return write_file(folder_ / "ledger.bzt", bytes);
}

}  // namespace bezant::apps
