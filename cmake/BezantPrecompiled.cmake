# SPDX-License-Identifier: Apache-2.0
# Headers of others that most files include, compiled once a build. They save time and nothing else:
# each file still includes what it uses, which the build dev-clang checks by doing without them.
set(BEZANT_STANDARD_HEADERS
    <algorithm> <array> <bit> <compare> <concepts> <cstddef> <cstdint> <cstring> <expected>
    <functional> <limits> <map> <memory> <numeric> <optional> <ranges> <set> <span> <string>
    <string_view> <type_traits> <utility> <variant> <vector>)

# bezant_precompile(NAME HEADERS header... [LIBRARIES target...] [OPTIONS option...]): compiles the
# headers once, as library bezant_precompiled_NAME, for others to use with bezant_use_precompiled.
# The options are those of its users, too: a compiler refuses headers compiled with others.
function(bezant_precompile name)
  cmake_parse_arguments(ARGUMENT "" "" "HEADERS;LIBRARIES;OPTIONS" ${ARGN})
  set(source ${CMAKE_BINARY_DIR}/precompiled_${name}.cpp)
  file(GENERATE OUTPUT ${source} CONTENT "")
  add_library(bezant_precompiled_${name} OBJECT EXCLUDE_FROM_ALL ${source})
  target_precompile_headers(bezant_precompiled_${name} PRIVATE ${ARGUMENT_HEADERS})
  target_link_libraries(bezant_precompiled_${name} PRIVATE ${ARGUMENT_LIBRARIES})
  target_compile_options(bezant_precompiled_${name} PRIVATE ${ARGUMENT_OPTIONS})
endfunction()

# bezant_use_precompiled(TARGET NAME)
function(bezant_use_precompiled target name)
  get_target_property(options bezant_precompiled_${name} COMPILE_OPTIONS)
  target_compile_options(${target} PRIVATE ${options})
  target_precompile_headers(${target} REUSE_FROM bezant_precompiled_${name})
endfunction()

bezant_precompile(standard HEADERS ${BEZANT_STANDARD_HEADERS})
bezant_precompile(program HEADERS ${BEZANT_STANDARD_HEADERS} <fmt/format.h> <CLI/CLI.hpp>
                  LIBRARIES fmt::fmt CLI11::CLI11 OPTIONS ${BEZANT_SANITIZED_QUICKLY})
bezant_precompile(asio HEADERS ${BEZANT_STANDARD_HEADERS} <boost/asio.hpp> <boost/asio/ssl.hpp>
                  LIBRARIES bezant_asio)
bezant_precompile(beast HEADERS ${BEZANT_STANDARD_HEADERS} <boost/asio.hpp> <boost/beast/core.hpp>
                                <boost/beast/http.hpp> <boost/json.hpp> <fmt/format.h>
                  LIBRARIES bezant_asio Boost::json fmt::fmt)
