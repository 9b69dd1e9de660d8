// A program of any bytes is read or refused, in bounded memory.
#include "tools/package/elf.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace understudy::package;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (is_elf(bytes)) static_cast<void>(read_elf(bytes));
    return 0;
}
