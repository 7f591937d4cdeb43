# SPDX-License-Identifier: Apache-2.0
# The release build, the sanitizers' builds and clang-tidy read several files as one (CMAKE_UNITY_BUILD), which
# takes a fifth of the time: most of it goes into headers. Builds for debugging read file by file. clang-tidy, which
# spends the more time on headers, reads more of them at a time.

# bezant_read_alone(FILE...): never together with others, for they use a name that others use too, or
# are compiled for other processors.
function(bezant_read_alone)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
