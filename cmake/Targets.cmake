# One library a folder, one test executable a folder.

# How rooms are compiled that only set things up, where the others are at -O2.
set(UNDERSTUDY_LIGHT_OPTIONS)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(UNDERSTUDY_LIGHT_OPTIONS -O1)
endif()

# What most sources read of the standard library, read once for each level of optimisation: an eighth of the time of a
# build in groups. Where each source is compiled alone (preset dev), each is seen to include what it uses.
if(CMAKE_UNITY_BUILD)
  set(all_headers headers)
  if(UNDERSTUDY_LIGHT_OPTIONS)
    list(APPEND all_headers light_headers)
  endif()
  foreach(headers IN LISTS all_headers)
    add_library(understudy_${headers} OBJECT ${PROJECT_SOURCE_DIR}/cmake/headers.cpp)
    target_link_libraries(understudy_${headers} PRIVATE Understudy::toolchain)
    target_precompile_headers(understudy_${headers} PRIVATE
      <algorithm> <array> <charconv> <chrono> <filesystem> <functional> <map> <memory> <optional> <set> <span> <sstream>
      <string> <string_view> <unordered_map> <utility> <variant> <vector>)
  endforeach()
  if(UNDERSTUDY_LIGHT_OPTIONS)
    target_compile_options(understudy_light_headers PRIVATE ${UNDERSTUDY_LIGHT_OPTIONS})
  endif()
endif()

# understudy_library(<folder> SOURCES … HEADERS … [PUBLIC …] [PRIVATE …])
# Makes understudy_<folder> with the alias Understudy::<folder>. PUBLIC: what its headers need; PRIVATE: what only its
# sources need.
function(understudy_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;PUBLIC;PRIVATE" ${ARGN})
  add_library(understudy_${name} STATIC)
  add_library(Understudy::${name} ALIAS understudy_${name})
  target_sources(understudy_${name}
    PRIVATE ${arg_SOURCES}
    PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
  target_link_libraries(understudy_${name}
    PUBLIC ${arg_PUBLIC}
    PRIVATE ${arg_PRIVATE} $<BUILD_INTERFACE:Understudy::toolchain>)
  target_include_directories(understudy_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
  if(CMAKE_UNITY_BUILD)
    target_precompile_headers(understudy_${name} REUSE_FROM understudy_headers)
  endif()
endfunction()

# understudy_test(<folder> [COST <seconds>] SOURCES … LIBRARIES …)
# Makes the test executable test_<folder> and registers it with CTest under that name. Its files are compiled in groups,
# as those of the libraries are: what two of them name alike lies in a namespace of each file's own. They share one
# precompiled header, and are not optimised unless a sanitizer looks on: together that halves their compile time. Under a
# sanitizer they are compiled as all else is. COST: about how long it runs, where that is long; CTest starts these first,
# so that none of them runs on alone in the end.
function(understudy_test name)
  cmake_parse_arguments(arg "" "COST" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  if(NOT UNDERSTUDY_SANITIZE)
    target_compile_options(test_${name} PRIVATE -O0)
  endif()
  target_precompile_headers(test_${name} REUSE_FROM understudy_test_headers)
  target_link_libraries(test_${name} PRIVATE ${arg_LIBRARIES} GTest::gmock GTest::gtest_main Understudy::toolchain)
  target_compile_definitions(test_${name} PRIVATE UNDERSTUDY_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                                  UNDERSTUDY_PROGRAM_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  add_test(NAME ${name} COMMAND test_${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
  if(arg_COST)
    set_tests_properties(${name} PROPERTIES COST ${arg_COST})
  endif()
endfunction()

# understudy_compile_quickly(<source> …)
# Sources whose compile time is all that counts: what is read once in a run, with libraries of long headers. In the
# folder of their target. Under a sanitizer they are compiled as all else is.
function(understudy_compile_quickly)
  if(NOT UNDERSTUDY_SANITIZE)
    set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS -O0 SKIP_PRECOMPILE_HEADERS ON)
  endif()
endfunction()

# understudy_compile_lightly(<target> …)
# Rooms that set things up, or wait for what they run: the rest of the optimiser's time would buy nothing there.
function(understudy_compile_lightly)
  if(NOT UNDERSTUDY_LIGHT_OPTIONS)
    return()
  endif()
  foreach(target ${ARGN})
    target_compile_options(${target} PRIVATE ${UNDERSTUDY_LIGHT_OPTIONS})
    if(CMAKE_UNITY_BUILD)
      set_target_properties(${target} PROPERTIES PRECOMPILE_HEADERS_REUSE_FROM understudy_light_headers)
    endif()
  endforeach()
endfunction()

# understudy_link_first(<program> <library>…)
# Of a function that several objects hold the linker keeps the copy it meets first. These libraries are met before all
# others, so that what they share with rooms that are compiled lightly is the fast copy.
function(understudy_link_first program)
  set(archives)
  foreach(library ${ARGN})
    list(APPEND archives $<TARGET_FILE:${library}>)
  endforeach()
  target_link_options(${program} PRIVATE LINKER:--whole-archive ${archives} LINKER:--no-whole-archive)
endfunction()
