# Libraries whose packages bring no CMake files. Installed too: who uses our libraries needs them as well.
function(understudy_find_static name library header)
  if(TARGET understudy_${name})
    return()
  endif()
  find_library(UNDERSTUDY_${name}_LIBRARY NAMES lib${library}.a REQUIRED)
  find_path(UNDERSTUDY_${name}_INCLUDE ${header} REQUIRED)
  add_library(understudy_${name} STATIC IMPORTED GLOBAL)
  set_target_properties(understudy_${name} PROPERTIES
    IMPORTED_LOCATION ${UNDERSTUDY_${name}_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${UNDERSTUDY_${name}_INCLUDE})
  add_library(Understudy::${name} ALIAS understudy_${name})
endfunction()
understudy_find_static(yaml yaml yaml.h)
understudy_find_static(re2 re2 re2/re2.h)
understudy_find_static(nghttp2 nghttp2 nghttp2/nghttp2.h)
understudy_find_static(http_parser http_parser http_parser.h)
understudy_find_static(minizip minizip minizip/unzip.h)
target_link_libraries(understudy_minizip INTERFACE ZLIB::ZLIB)
