# SPDX-License-Identifier: Apache-2.0
# Files of scenarios/ and data/, made part of a library.

# bezant_embed(TARGET OUTPUT SCRIPT "COMMENT" ARGUMENT inputs...): the target gets what the script,
# called with -DARGUMENT=inputs, writes to -DOUTPUT. It is read alone: clang-tidy has nothing to say of it.
function(bezant_embed target output script comment argument)
  set(script ${CMAKE_SOURCE_DIR}/cmake/${script})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${output})
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${output}" "-D${argument}=${ARGN}" -P ${script}
    DEPENDS ${ARGN} ${script}
    COMMENT ${comment}
    VERBATIM)
  bezant_read_alone(${output})
  target_sources(${target} PRIVATE ${output})
endfunction()

# bezant_embed_files(target): scenarios and networks.
function(bezant_embed_files target)
  file(GLOB inputs CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scenarios/*.toml ${CMAKE_SOURCE_DIR}/data/*.toml
       ${CMAKE_SOURCE_DIR}/data/*.edges)
  bezant_embed(${target} built_in_files.cpp embed_files.cmake "Embedding scenarios and networks" INPUTS ${inputs})
endfunction()

# bezant_embed_words(target): the word list of BIP 39.
function(bezant_embed_words target)
  bezant_embed(${target} mnemonic_words.cpp embed_words.cmake "Embedding the word list" INPUT
               ${CMAKE_SOURCE_DIR}/data/bip39_english.txt)
endfunction()
