# `cmake --install`: the component `runtime` is the program, `development` the library for tests with GoogleTest, and all
# that it is built on.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# understudy_closure(<variable> <target>)
# The target and our own libraries that it links, directly or not.
function(understudy_closure variable target)
  set(found)
  set(open ${target})
  while(open)
    list(POP_FRONT open next)
    get_target_property(aliased ${next} ALIASED_TARGET)
    if(aliased)
      set(next ${aliased})
    endif()
    get_target_property(imported ${next} IMPORTED)
    if(imported OR next IN_LIST found)
      continue()
    endif()
    list(APPEND found ${next})
    get_target_property(linked ${next} LINK_LIBRARIES)
    foreach(library IN LISTS linked)
      if(library MATCHES "^Understudy::" AND TARGET ${library})
        list(APPEND open ${library})
      endif()
    endforeach()
  endwhile()
  set(${variable} ${found} PARENT_SCOPE)
endfunction()

install(TARGETS understudy RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)

if(UNDERSTUDY_BUILD_TESTING)
  set(package ${CMAKE_INSTALL_LIBDIR}/cmake/understudy)
  understudy_closure(libraries understudy_testing)
  foreach(library IN LISTS libraries)
    string(REPLACE understudy_ "" name ${library})
    set_target_properties(${library} PROPERTIES EXPORT_NAME ${name})
    # The public headers of the library for tests are <understudy/…>; the other rooms' are below that folder.
    set(headers ${CMAKE_INSTALL_INCLUDEDIR}/understudy)
    if(name STREQUAL testing)
      set(headers ${CMAKE_INSTALL_INCLUDEDIR})
    endif()
    get_target_property(header_sets ${library} HEADER_SETS)
    if(header_sets)
      set(file_set FILE_SET HEADERS DESTINATION ${headers} COMPONENT development)
    else()
      set(file_set)
    endif()
    install(TARGETS ${library} EXPORT understudyTargets
      ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development ${file_set})
  endforeach()
  install(EXPORT understudyTargets NAMESPACE Understudy:: DESTINATION ${package} COMPONENT development)
  configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/understudyConfig.cmake.in
    ${PROJECT_BINARY_DIR}/install/understudyConfig.cmake INSTALL_DESTINATION ${package})
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/install/understudyConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
  install(FILES
      ${PROJECT_BINARY_DIR}/install/understudyConfig.cmake ${PROJECT_BINARY_DIR}/install/understudyConfigVersion.cmake
      ${CMAKE_CURRENT_LIST_DIR}/StaticLibraries.cmake
    DESTINATION ${package} COMPONENT development)
endif()
