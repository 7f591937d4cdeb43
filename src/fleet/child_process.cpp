// SPDX-License-Identifier: Apache-2.0
#include "fleet/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <utility>

namespace bezant::fleet {

namespace {

constexpr mode_t only_ours = S_IRUSR | S_IWUSR;

/// What a new process is to begin with, released as POSIX wants it.
class Beginning {
public:
    Beginning(int input, const std::filesystem::path& output) {
        posix_spawn_file_actions_init(&files_);
        posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
        posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, output.c_str(),
                                         O_WRONLY | O_CREAT | O_APPEND, only_ours);
        posix_spawn_file_actions_adddup2(&files_, STDOUT_FILENO, STDERR_FILENO);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
    }
    Beginning(const Beginning&) = delete;
    Beginning& operator=(const Beginning&) = delete;
    ~Beginning() {
        posix_spawn_file_actions_destroy(&files_);
        posix_spawnattr_destroy(&attributes_);
    }

    /// The process, or what the system says against it.
    [[nodiscard]] Result<pid_t, int> spawn(std::vector<std::string> words) const {
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        pid_t id = 0;
        const int error =
            posix_spawn(&id, arguments.front(), &files_, &attributes_, arguments.data(), environ);
        if (error != 0) return unexpected{error};
        return id;
    }

private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace

Result<ChildProcess, std::string> ChildProcess::start(const std::vector<std::string>& words,
                                                      const std::filesystem::path& output) {
    const auto failed = [&](int error) {
        return unexpected{fmt::format("cannot start {}: {}", words.front(), std::strerror(error))};
    };
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return failed(errno);
    const auto [reads, writes] = ends;
    const auto id = Beginning{reads, output}.spawn(words);
    close(reads);
    if (id) return ChildProcess{*id, writes};
    close(writes);
    return failed(id.error());
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(other.id_),
      input_(std::exchange(other.input_, -1)),
      is_waited_for_(std::exchange(other.is_waited_for_, true)) {}

ChildProcess::~ChildProcess() {
    if (!has_ended()) {
        kill(id_, SIGKILL);
        while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    if (input_ >= 0) close(input_);
}

void ChildProcess::ask_to_end() {
    if (!has_ended()) kill(id_, SIGTERM);
}

bool ChildProcess::has_ended() {
    if (!is_waited_for_) is_waited_for_ = waitpid(id_, nullptr, WNOHANG) == id_;
    return is_waited_for_;
}

}  // namespace bezant::fleet
