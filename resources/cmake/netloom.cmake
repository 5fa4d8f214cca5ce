# SPDX-License-Identifier: GPL-3.0-or-later

find_program(NETLOOM_CCACHE ccache)
if(NETLOOM_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${NETLOOM_CCACHE})
endif()

# Qt 6.4's moc follows includes into libstdc++ and stumbles over its <concepts> header where it comes before Qt's own:
# its include guard skips it.
set(CMAKE_AUTOMOC_MOC_OPTIONS -D_GLIBCXX_CONCEPTS)
# moc reads sources only: it need not wait until the libraries that a target links are built.
set(CMAKE_AUTOGEN_ORIGIN_DEPENDS OFF)

# What every target of ours is built with.
function(netloom_settings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wno-missing-field-initializers)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  endif()
  if(NETLOOM_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(NETLOOM_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${NETLOOM_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(${target} PRIVATE -fsanitize=${NETLOOM_SANITIZE})
  endif()
endfunction()

# netloom_library(NAME SOURCES ... LINK ...): a static library of the core or the widgets; LINK is what its users see too.
function(netloom_library target)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(${target} STATIC ${ARG_SOURCES})
  target_include_directories(${target} PUBLIC ${NETLOOM_INCLUDE_ROOT})
  target_link_libraries(${target} PUBLIC ${ARG_LINK})
  netloom_settings(${target})
endfunction()

# netloom_node_table(TARGET ADD_FUNCTION STEM...): writes ADD_FUNCTION(NodeRegistry &), which adds netloom::nodes::STEM() for every
# file STEM.cpp, in this order. A new node type is one file and one word in such a list.
function(netloom_node_table target add_function)
  set(declarations "")
  set(additions "")
  foreach(stem IN LISTS ARGN)
    string(APPEND declarations "NodeSpec ${stem}();\n")
    string(APPEND additions "    registry.add(nodes::${stem}());\n")
  endforeach()
  set(text "// Made by CMake from the list of node types.\n#include \"graph/node_registry.h\"\n\nnamespace netloom {\nnamespace nodes {\n${declarations}}\n\nvoid ${add_function}(NodeRegistry &registry);\nvoid ${add_function}(NodeRegistry &registry)\n{\n${additions}}\n}\n")
  set(file ${CMAKE_CURRENT_BINARY_DIR}/${add_function}.cpp)
  file(CONFIGURE OUTPUT ${file} CONTENT "${text}" @ONLY)
  target_sources(${target} PRIVATE ${file})
  set_source_files_properties(${file} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()

# netloom_test(NAME SOURCES ... LINK ...): one Qt Test program, offscreen, with settings and cache of its own.
function(netloom_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE ${ARG_LINK} Qt6::Test)
  netloom_settings(${name})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 300
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;XDG_CONFIG_HOME=${CMAKE_BINARY_DIR}/tests/config;XDG_CACHE_HOME=${CMAKE_BINARY_DIR}/tests/cache;NETLOOM_RESOURCES=${PROJECT_SOURCE_DIR}/resources;NETLOOM_TEST_DATA=${PROJECT_SOURCE_DIR}/tests/fixtures;NETLOOM_CLI=${CMAKE_BINARY_DIR}/bin/netloom-cli")
endfunction()
