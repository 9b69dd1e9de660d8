# Asio compiled once. Every target that uses Asio links this, so that all agree on how it is compiled.
add_library(understudy_asio STATIC ${PROJECT_SOURCE_DIR}/cmake/asio.cpp)
add_library(Understudy::asio ALIAS understudy_asio)
target_compile_definitions(understudy_asio PUBLIC BOOST_ASIO_SEPARATE_COMPILATION)
target_link_libraries(understudy_asio PUBLIC Boost::headers Threads::Threads)
