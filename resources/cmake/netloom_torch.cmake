# SPDX-License-Identifier: GPL-3.0-or-later
# LibTorch: Debian's, or the one that Torch_DIR or CMAKE_PREFIX_PATH names. The TorchConfig.cmake of a CUDA build demands the whole CUDA
# toolkit, though nothing here compiles CUDA code. PyTorch's own wheel, on a machine that has nothing else, is such a build: its
# headers and libraries are enough.
find_path(NETLOOM_TORCH_CONFIG TorchConfig.cmake HINTS ${Torch_DIR}
  PATH_SUFFIXES share/cmake/Torch lib/cmake/Torch ${CMAKE_INSTALL_LIBDIR}/cmake/Torch lib/${CMAKE_LIBRARY_ARCHITECTURE}/cmake/Torch)
get_filename_component(netloom_torch_root "${NETLOOM_TORCH_CONFIG}/../../.." ABSOLUTE)
if(NETLOOM_TORCH_CONFIG AND EXISTS ${netloom_torch_root}/lib/libtorch_cuda.so)
  file(STRINGS ${NETLOOM_TORCH_CONFIG}/TorchConfig.cmake netloom_torch_abi REGEX "_GLIBCXX_USE_CXX11_ABI=[01]")
  string(REGEX MATCH "_GLIBCXX_USE_CXX11_ABI=[01]" netloom_torch_abi "${netloom_torch_abi}")
  add_library(netloom_libtorch INTERFACE)
  target_include_directories(netloom_libtorch SYSTEM INTERFACE
    ${netloom_torch_root}/include ${netloom_torch_root}/include/torch/csrc/api/include)
  target_compile_definitions(netloom_libtorch INTERFACE ${netloom_torch_abi})
  # Nothing calls libtorch_cuda.so by name: without --no-as-needed there would be no GPU. It brings libraries of its own.
  target_link_libraries(netloom_libtorch INTERFACE -Wl,--no-as-needed ${netloom_torch_root}/lib/libtorch.so
    ${netloom_torch_root}/lib/libtorch_cpu.so ${netloom_torch_root}/lib/libtorch_cuda.so ${netloom_torch_root}/lib/libc10.so -Wl,--as-needed)
  target_link_options(netloom_libtorch INTERFACE -Wl,-rpath,${netloom_torch_root}/lib -Wl,--allow-shlib-undefined)
  set(TORCH_LIBRARIES netloom_libtorch)
  message(STATUS "LibTorch with CUDA: ${netloom_torch_root}")
else()
  find_package(Torch 1.13 REQUIRED)
endif()
