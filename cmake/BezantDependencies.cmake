# SPDX-License-Identifier: Apache-2.0
# The libraries that the project uses, all of them Debian's.
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(EXPAT REQUIRED)
find_package(RocksDB REQUIRED)
