// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace bezant::fleet {

/// A program that runs on our behalf. Its standard input is a pipe that ends when this object or
/// this process does, however that happens: a program that minds it never outlives us. It is a
/// process group of its own, so that a key pressed at a terminal reaches us alone.
class ChildProcess {
public:
    /// The program's path is the first word. What it says goes to a file. Errors are sentences.
    [[nodiscard]] static Result<ChildProcess, std::string> start(
        const std::vector<std::string>& words, const std::filesystem::path& output);
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    /// Ends it at once if it has not ended.
    ~ChildProcess();

    /// Asks it to end (SIGTERM).
    void ask_to_end();
    [[nodiscard]] bool has_ended();
    [[nodiscard]] pid_t id() const { return id_; }

private:
    ChildProcess(pid_t id, int input) : id_(id), input_(input) {}

    pid_t id_;
    int input_;
    bool is_waited_for_ = false;
};

}  // namespace bezant::fleet
