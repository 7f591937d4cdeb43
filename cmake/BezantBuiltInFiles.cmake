# SPDX-License-Identifier: Apache-2.0
# The built-in scenarios and networks, made part of a library.

# bezant_embed_files(target): scenarios/*.toml and data/*.
function(bezant_embed_files target)
  file(GLOB inputs CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scenarios/*.toml ${CMAKE_SOURCE_DIR}/data/*)
  set(script ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/built_in_files.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${output}" "-DINPUTS=${inputs}" -P ${script}
    DEPENDS ${inputs} ${script}
    COMMENT "Embedding scenarios and networks"
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
