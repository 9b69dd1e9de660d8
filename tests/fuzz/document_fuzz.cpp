// Any bytes are a YAML document or a problem with a place in them.
#include "emulator/source/diagnostic.hpp"
#include "emulator/source/document.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace understudy::source;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto document = parse_document(text, "fuzz.yaml");
    if (!document) render_diagnostic(document.error(), text, Colour::none);
    return 0;
}
