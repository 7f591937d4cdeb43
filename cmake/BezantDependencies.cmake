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
find_package(SQLite3 REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(Threads REQUIRED)
find_package(spdlog REQUIRED)

# The program's allocator. Sanitizers bring their own.
add_library(bezant_allocator INTERFACE)
if(NOT BEZANT_SANITIZE)
  find_package(mimalloc 2.0 REQUIRED)
  target_link_libraries(bezant_allocator INTERFACE mimalloc)
  target_compile_definitions(bezant_allocator INTERFACE BEZANT_MIMALLOC)
endif()

# Boost.Asio and Boost.Beast, compiled once (src/net/asio_implementation.cpp, src/rpc/
# beast_implementation.cpp) and not with each file.
add_library(bezant_asio INTERFACE)
target_compile_definitions(bezant_asio INTERFACE BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
                                                 BOOST_BEAST_SEPARATE_COMPILATION)
target_link_libraries(bezant_asio INTERFACE Boost::headers OpenSSL::SSL Threads::Threads)
