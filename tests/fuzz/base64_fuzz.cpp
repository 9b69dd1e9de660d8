// What is read as base64 is what would have been written.
#include "emulator/http/base64.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace understudy::http;
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (parse_base64(to_base64(text)) != text) std::abort();
    std::size_t offset = 0;
    if (!parse_base64(text, &offset) && offset > size) std::abort();
    return 0;
}
