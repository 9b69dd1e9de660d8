# Installs what was built, then builds and runs the consumer against that and nothing else.
set(prefix ${work}/prefix)
file(REMOVE_RECURSE ${work})
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endfunction()
run(${CMAKE_COMMAND} --install ${build} --prefix ${prefix} --component runtime)
run(${CMAKE_COMMAND} --install ${build} --prefix ${prefix} --component development)
run(${prefix}/bin/understudy --version)
run(${CMAKE_COMMAND} -G ${generator} -S ${source} -B ${work}/build -DCMAKE_PREFIX_PATH=${prefix}
  -DCMAKE_CXX_COMPILER=${compiler} -DCMAKE_CXX_COMPILER_LAUNCHER=${launcher})
run(${CMAKE_COMMAND} --build ${work}/build)
run(${CMAKE_CTEST_COMMAND} --test-dir ${work}/build --output-on-failure)
file(REMOVE_RECURSE ${work})
