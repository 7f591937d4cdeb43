# SPDX-License-Identifier: Apache-2.0
# `cpack` in the build folder of the preset release makes a Debian package. What only such a package has is a
# component that `cmake --install` leaves out: its places are absolute.
function(bezant_install_for_debian file folder)
  install(FILES ${file} DESTINATION ${folder} COMPONENT debian_only EXCLUDE_FROM_ALL)
endfunction()

set(debian_folder ${CMAKE_SOURCE_DIR}/deploy/debian)
install(CODE "
  set(texts_folder \"${BEZANT_TEXTS}\")
  set(debian_folder \"${debian_folder}\")" COMPONENT debian_only EXCLUDE_FROM_ALL)
install(SCRIPT cmake/write_debian_texts.cmake COMPONENT debian_only EXCLUDE_FROM_ALL)
bezant_install_for_debian(${BEZANT_TEXTS}/debian/bezant.toml /etc/bezant)
bezant_install_for_debian(${BEZANT_TEXTS}/debian/changelog.gz /usr/share/doc/bezant)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME bezant)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "Bezant maintainers <maintainers@bezant.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "node, wallet and simulator of a distributed cryptocurrency")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Bezant is a ledger that no one owns, kept in agreement by those who use it.
The same participant runs as a node on TCP with a disk and a wallet, and, a
thousandfold, in a simulated world that one seed repeats.
.
The service is not started before its administrator has looked at
/etc/bezant/bezant.toml.")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "adduser")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${debian_folder}/conffiles ${debian_folder}/postinst ${debian_folder}/prerm
                                       ${debian_folder}/postrm)
set(CPACK_STRIP_FILES ON)
# Into a folder that stands for the root of the system.
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS ${CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
# Without the component `mpi`: a cluster has an MPI of its own, for which the program is built there.
set(CPACK_INSTALL_CMAKE_PROJECTS "${CMAKE_BINARY_DIR};bezant;Unspecified;/;${CMAKE_BINARY_DIR};bezant;debian_only;/")
include(CPack)
