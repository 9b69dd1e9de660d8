# Language level, warnings and sanitizers: what every target of the project is built with.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

find_program(UNDERSTUDY_CCACHE ccache)
if(UNDERSTUDY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Units with a precompiled header are cached only where this is granted.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${UNDERSTUDY_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

add_library(understudy_toolchain INTERFACE)
add_library(Understudy::toolchain ALIAS understudy_toolchain)
target_include_directories(understudy_toolchain INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(understudy_toolchain INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False alarms on std::string at -O2 and above (GCC bug 105651).
  target_compile_options(understudy_toolchain INTERFACE -Wno-restrict)
  if(CMAKE_UNITY_BUILD)
    # Their like, no longer known to come from the standard library's headers once these are precompiled.
    target_compile_options(understudy_toolchain INTERFACE
      -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # It looks for garbage less often: a twentieth of the time, for a quarter of a gigabyte more.
  target_compile_options(understudy_toolchain INTERFACE --param=ggc-min-heapsize=524288)
endif()
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # It takes the sources of a group for headers.
  target_compile_options(understudy_toolchain INTERFACE -Wno-subobject-linkage)
endif()
if(UNDERSTUDY_WARNINGS_AS_ERRORS)
  target_compile_options(understudy_toolchain INTERFACE -Werror)
endif()

if(UNDERSTUDY_SANITIZE)
  # -O1 -g1: a unit that includes Beast costs three times as long to compile otherwise.
  add_compile_options(-O1 -g1 -fsanitize=${UNDERSTUDY_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${UNDERSTUDY_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Its checks hide from this warning what has been set; the release build knows better.
    target_compile_options(understudy_toolchain INTERFACE -Wno-maybe-uninitialized)
  endif()
  if(UNDERSTUDY_SANITIZE MATCHES address AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Each access is checked by a call instead of code in its place, as g++ does in long functions anyway: the same checks
    # and reports, for an eighth less of the compile time.
    add_compile_options(--param=asan-instrumentation-with-call-threshold=0)
  endif()
  if(UNDERSTUDY_SANITIZE_EXCEPT)
    add_compile_options(-fno-sanitize=${UNDERSTUDY_SANITIZE_EXCEPT})
  endif()
  if(UNDERSTUDY_SANITIZE MATCHES thread)
    # g++ does not model atomic_thread_fence under this sanitizer.
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
    # Where g++ announces this sanitizer, protobuf's headers give map fields two members more than the installed library
    # has. Without the announcement libstdc++'s macro of the same meaning has to be said (it keeps shared_ptr to steps
    # that the sanitizer understands); no other header asks for it.
    add_compile_options(-U__SANITIZE_THREAD__)
    add_compile_definitions(_GLIBCXX_TSAN=1)
  endif()
endif()
if(UNDERSTUDY_FUZZ)
  add_compile_options(-O1 -g -fsanitize=fuzzer-no-link,address)
  add_link_options(-fsanitize=address)
endif()

# Programs that users run are fully static, so that the handler starts on provided.al2023 whatever its libc, and
# understudy on any Linux. A sanitizer needs the dynamic loader.
function(understudy_static_program target)
  if(NOT UNDERSTUDY_SANITIZE AND NOT UNDERSTUDY_FUZZ)
    target_link_options(${target} PRIVATE -static)
    if(CMAKE_BUILD_TYPE STREQUAL "Release")
      target_link_options(${target} PRIVATE -s)
    endif()
  endif()
endfunction()
