# SPDX-License-Identifier: Apache-2.0
# Writes into `texts_folder` what `program` says of itself: manual page, completions, an example of a configuration.
function(write_text name)
  execute_process(COMMAND ${program} ${ARGN} OUTPUT_FILE ${texts_folder}/${name} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(MAKE_DIRECTORY ${texts_folder})
write_text(bezant.1 man)
write_text(bezant completions bash)
write_text(_bezant completions zsh)
write_text(bezant.fish completions fish)
write_text(bezant.toml config)
execute_process(COMMAND gzip -9nf ${texts_folder}/bezant.1 COMMAND_ERROR_IS_FATAL ANY)
