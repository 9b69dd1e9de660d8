#include "tools/package/embedded_recorder.hpp"

// The linker's names for what it made of the file.
extern "C" {
extern const char _binary_recorder_bytes_start[];
extern const char _binary_recorder_bytes_end[];
}

namespace understudy::package {

std::string_view embedded_recorder() {
    return {_binary_recorder_bytes_start, _binary_recorder_bytes_end};
}

}  // namespace understudy::package
