# SPDX-License-Identifier: Apache-2.0
# How every file of the project is compiled.
include(CheckLinkerFlag)

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g")

# No contraction of floating-point operations: it would make results differ between compilers.
add_compile_options(-ffp-contract=off)

add_compile_options(
  -Werror -Wall -Wextra -Wpedantic -Wcast-align -Wcast-qual -Wconversion -Wdouble-promotion
  -Wextra-semi -Wformat=2 -Wimplicit-fallthrough -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wshadow -Wsign-conversion -Wundef -Wunused)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  add_compile_options(-Wduplicated-branches -Wduplicated-cond -Wlogical-op)
  # GCC 12 takes the other alternatives of a std::variant inside a std::expected for uninitialized.
  # Clang's analysis and the sanitizers look for the real thing.
  add_compile_options(-Wno-maybe-uninitialized)
else()
  # stable_sort of GCC 12's standard library uses what it has itself declared deprecated.
  add_compile_options(-Wno-deprecated-declarations)
  add_compile_options(-Wcomma -Wmissing-prototypes -Wnewline-eof -Wreserved-identifier
                      -Wunreachable-code)
endif()

# The standard library's own checks of indices and of empty containers, where speed matters less.
add_compile_definitions($<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

# What the sanitizers look for, as Clang names it: "address,undefined", "thread",
# with "fuzzer" among them also where to search. The first finding ends the program.
set(BEZANT_SANITIZE "" CACHE STRING "Sanitizers to build with")
if(BEZANT_SANITIZE)
  # The fuzzer's own main function goes into the fuzz targets only.
  string(REPLACE "fuzzer" "fuzzer-no-link" sanitizers "${BEZANT_SANITIZE}")
  add_compile_options(-fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${sanitizers})
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

# With sanitizers' instructions, optimising takes two thirds of a compiler's time: more than it saves where little
# time is spent, in tests and in the program around the layers. No fuzzer looks there.
set(BEZANT_SANITIZED_QUICKLY "")
if(BEZANT_SANITIZE)
  list(APPEND BEZANT_SANITIZED_QUICKLY -O0)
endif()
if(BEZANT_SANITIZE MATCHES fuzzer)
  list(APPEND BEZANT_SANITIZED_QUICKLY -fno-sanitize=fuzzer-no-link)
endif()

# Clang brings the faster linker with it.
if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  check_linker_flag(CXX -fuse-ld=lld BEZANT_HAS_LLD)
  if(BEZANT_HAS_LLD)
    add_link_options(-fuse-ld=lld)
  endif()
endif()

# ccache needs to be told that precompiled headers may be trusted.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
  if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()
