# SPDX-License-Identifier: Apache-2.0
# Makes a C++ file that holds the built-in scenarios and networks as texts, so that the program needs
# none of its source tree. Run as: cmake -DOUTPUT=FILE -DINPUTS=a;b -P embed_files.cmake
set(entries "")
foreach(input IN LISTS INPUTS)
  file(READ ${input} text)
  get_filename_component(name ${input} NAME)
  string(APPEND entries "    {\"${name}\", R\"built_in(${text})built_in\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made from scenarios/ and data/ by cmake/embed_files.cmake.
#include <array>

#include \"sim/scenario_file.hpp\"

namespace bezant::sim {

namespace {

constexpr std::array files = std::to_array<BuiltInFile>({
${entries}});

}  // namespace

std::span<const BuiltInFile> built_in_files() { return files; }

std::optional<std::string_view> built_in_file(std::string_view name) {
    for (const BuiltInFile& file : files) {
        if (file.name == name) return file.text;
    }
    return std::nullopt;
}

}  // namespace bezant::sim
")
