// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <sys/types.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace bezant::bench {

/// Memory that a process has, 0 if there is no such process.
inline double resident_megabytes(pid_t process) {
    std::ifstream status{fmt::format("/proc/{}/status", process)};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1'024;
    }
    return 0;
}

/// What a process has used so far, of all processors together. (proc(5): fields 14 and 15, counted
/// behind the name in brackets, which is the second.)
inline double processor_seconds(pid_t process) {
    std::ifstream file{fmt::format("/proc/{}/stat", process)};
    file.ignore(1'000, ')');
    std::string skipped;
    for (int field = 3; field < 14; ++field) file >> skipped;
    double user = 0;
    double system = 0;
    file >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace bezant::bench
