# SPDX-License-Identifier: Apache-2.0
# MPI, where the system has it: a library of its own (src/mpi), which the program loads if mpirun started it. So nobody
# else needs it or waits for it, and packages do not depend on it.
option(BEZANT_MPI "Sweeps over several machines, if MPI is found" ON)

# bezant_mpi_library(): its name and its folder are known to who loads it, in the layer `sweep`.
function(bezant_mpi_library)
  include(GNUInstallDirs)
  set(folder ${CMAKE_INSTALL_LIBDIR}/bezant)
  target_compile_definitions(bezant_sweep PRIVATE BEZANT_MPI_LIBRARY="libbezant_mpi.so" BEZANT_MPI_FOLDER="${folder}")
  # Sanitizers find much in MPI, which is not theirs to find.
  if(NOT BEZANT_MPI OR BEZANT_SANITIZE)
    return()
  endif()
  set(MPI_CXX_SKIP_MPICXX ON)  # the C interface is all that we use
  find_package(MPI QUIET COMPONENTS CXX)
  if(MPI_CXX_FOUND)
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/mpi/*.cpp)
    add_library(bezant_mpi MODULE ${sources})
    target_include_directories(bezant_mpi PRIVATE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(bezant_mpi PRIVATE MPI::MPI_CXX)
    install(TARGETS bezant_mpi LIBRARY DESTINATION ${folder} COMPONENT mpi)
  endif()
endfunction()
