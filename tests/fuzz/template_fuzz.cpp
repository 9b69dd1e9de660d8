// Any document is an application or a problem with a place in it, as a template and as an OpenAPI document. A file that
// it includes is the document itself.
#include "emulator/app/template.hpp"
#include "emulator/source/diagnostic.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace understudy;

void render_all(const source::Problems& problems, const std::string& text) {
    for (const source::Problem& problem : problems) source::render_diagnostic(problem, text, source::Colour::none);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto document = source::parse_document(text, "fuzz.yaml");
    if (!document) return 0;
    const app::TemplateInputs inputs{
        .folder = "/fuzz",
        .environment = *document,
        .read_text = [&text](const std::string&) -> source::Result<std::string> { return text; }};
    const auto read = app::read_template(*document, inputs);
    if (!read) render_all(read.error(), text);
    const auto api = app::read_openapi(*document, std::nullopt, inputs);
    if (!api) render_all(api.error(), text);
    return 0;
}
