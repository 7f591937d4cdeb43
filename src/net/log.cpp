// SPDX-License-Identifier: Apache-2.0
#include "net/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>

namespace bezant::net {

namespace {

constexpr std::array<const char*, log_category_count> category_names{
    "node", "network", "chain", "pool", "mining", "wallet", "rpc"};
constexpr const char* pattern = "%Y-%m-%dT%H:%M:%S.%eZ %-7l %-7n %v";

spdlog::level::level_enum level_of(LogLevel level) {
    constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                spdlog::level::err, spdlog::level::off};
    return levels[static_cast<std::size_t>(level)];
}

struct Close {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using LogFile = std::unique_ptr<std::FILE, Close>;

LogFile open_to_append(const std::filesystem::path& path) {
    return LogFile{std::fopen(path.c_str(), "ae")};
}

/// Lines go where they can be read at once. A file that can no longer be written loses lines, and
/// nothing else.
class LineSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    void use(LogFile file) {
        const std::scoped_lock lock{mutex_};
        file_ = std::move(file);
    }

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        std::FILE* const out = file_ ? file_.get() : stderr;
        (void)std::fwrite(line.data(), 1, line.size(), out);
        (void)std::fflush(out);
    }
    void flush_() override {}

private:
    LogFile file_;
};

}  // namespace

struct Log::Parts {
    std::shared_ptr<LineSink> sink = std::make_shared<LineSink>();
    std::optional<std::filesystem::path> path{};
    std::vector<std::unique_ptr<spdlog::logger>> loggers{};
};

Log::Log(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Log::~Log() = default;

Result<std::unique_ptr<Log>, StartError> Log::open(
    LogLevel level, const std::optional<std::filesystem::path>& file) {
    auto parts = std::make_unique<Parts>();
    parts->path = file;
    if (file) {
        LogFile opened = open_to_append(*file);
        if (!opened) {
            return unexpected{StartError{
                .what = "cannot write the log " + file->string() + ": " + std::strerror(errno),
                .advice = "choose another file"}};
        }
        parts->sink->use(std::move(opened));
    }
    parts->sink->set_formatter(
        std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc));
    for (const char* const name : category_names) {
        parts->loggers.push_back(std::make_unique<spdlog::logger>(name, parts->sink));
        parts->loggers.back()->set_level(level_of(level));
    }
    return std::unique_ptr<Log>{new Log{std::move(parts)}};
}

spdlog::logger& Log::of(LogCategory category) const {
    return *parts_->loggers[static_cast<std::size_t>(category)];
}

void Log::reopen() {
    if (!parts_->path) return;
    if (LogFile opened = open_to_append(*parts_->path)) parts_->sink->use(std::move(opened));
}

}  // namespace bezant::net
