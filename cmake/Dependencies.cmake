# Third-party libraries, all from Debian 12; the reason for each is in docs/dependencies.md.

find_package(Threads REQUIRED)
set(Boost_USE_STATIC_LIBS ON)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS headers json url)
set(Protobuf_USE_STATIC_LIBS ON)
find_package(Protobuf 3.21 REQUIRED)
set(OPENSSL_USE_STATIC_LIBS ON)
find_package(OpenSSL 3.0 REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(toml11 CONFIG REQUIRED)
set(ZLIB_USE_STATIC_LIBS ON)
find_package(ZLIB 1.2 REQUIRED)

include(StaticLibraries)

# Headers alone. Their package depends on every JSON library there is, Qt included, so tools/dev unpacks it here.
find_path(UNDERSTUDY_valijson_INCLUDE valijson/validator.hpp
  HINTS ${PROJECT_SOURCE_DIR}/build/packages/usr/include REQUIRED)
add_library(understudy_valijson INTERFACE)
target_include_directories(understudy_valijson SYSTEM INTERFACE ${UNDERSTUDY_valijson_INCLUDE})
# Without it a schema that cannot be read ends the program.
target_compile_definitions(understudy_valijson INTERFACE VALIJSON_USE_EXCEPTIONS=1)
add_library(Understudy::valijson ALIAS understudy_valijson)
