# SPDX-License-Identifier: Apache-2.0
# `cmake --install`: the program and what belongs to it, each where the file system hierarchy has it. Scenarios are
# part of the program; those that are installed are to be read and changed.
include(GNUInstallDirs)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                                                WORLD_READ WORLD_EXECUTE)

# What the program says of itself is written when it is installed, by the program that is installed.
set(BEZANT_TEXTS ${CMAKE_BINARY_DIR}/texts)
install(CODE "
  set(program \"$<TARGET_FILE:bezant>\")
  set(texts_folder \"${BEZANT_TEXTS}\")")
install(SCRIPT cmake/write_texts.cmake)
install(FILES ${BEZANT_TEXTS}/bezant.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${BEZANT_TEXTS}/bezant DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${BEZANT_TEXTS}/_bezant DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${BEZANT_TEXTS}/bezant.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

install(FILES README.md ${BEZANT_TEXTS}/bezant.toml DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES deploy/debian/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs deploy DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN debian EXCLUDE)
install(DIRECTORY scenarios data DESTINATION ${CMAKE_INSTALL_DATADIR}/bezant)
install(FILES deploy/systemd/bezant.service DESTINATION lib/systemd/system)
