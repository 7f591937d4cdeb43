# SPDX-License-Identifier: Apache-2.0
# Writes into `texts_folder`/debian what a package has besides: its changelog, and the configuration that it begins with.
file(MAKE_DIRECTORY ${texts_folder}/debian)
file(READ ${debian_folder}/bezant.toml head)
file(READ ${texts_folder}/bezant.toml example)
file(WRITE ${texts_folder}/debian/bezant.toml "${head}\n${example}")
file(COPY ${debian_folder}/changelog DESTINATION ${texts_folder}/debian)
execute_process(COMMAND gzip -9nf ${texts_folder}/debian/changelog COMMAND_ERROR_IS_FATAL ANY)
