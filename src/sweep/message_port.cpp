// SPDX-License-Identifier: Apache-2.0
#include "sweep/message_port.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace bezant::sweep {

namespace {

/// Set for each process by Open MPI's mpirun, by what speaks PMIx, by what speaks PMI.
constexpr std::array<const char*, 3> marks{"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK"};

/// Beside the program, as it is built, or where it is installed.
std::array<std::filesystem::path, 2> places() {
    std::error_code ignored;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
    return {folder / BEZANT_MPI_LIBRARY, folder / ".." / BEZANT_MPI_FOLDER / BEZANT_MPI_LIBRARY};
}

}  // namespace

bool is_one_of_several() {
    for (const char* mark : marks) {
        if (std::getenv(mark) != nullptr) return true;
    }
    return false;
}

Result<std::unique_ptr<MessagePort>, std::string> open_message_port() {
    for (const std::filesystem::path& place : places()) {
        std::error_code ignored;
        if (!std::filesystem::exists(place, ignored)) continue;
        // Global: the parts of Open MPI that are loaded later look for its symbols there.
        void* library = dlopen(place.c_str(), RTLD_NOW | RTLD_GLOBAL);
        void* symbol = library == nullptr ? nullptr : dlsym(library, open_message_port_name);
        if (symbol == nullptr) return unexpected(std::string{dlerror()});
        auto port = std::unique_ptr<MessagePort>{reinterpret_cast<OpenMessagePort*>(symbol)()};
        if (port) return port;
        return unexpected(std::string{"this MPI does not let threads take turns"});
    }
    return unexpected(std::string{"this program was built without MPI"});
}

}  // namespace bezant::sweep
