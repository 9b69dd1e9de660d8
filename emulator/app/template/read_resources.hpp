#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// The resources whose conditions hold, resolved; those of types that are not emulated are noted.
void read_resources(const source::Node& root, Reading& reading);

/// A draft for each API resource, in the template's order.
void draft_apis(Reading& reading);

/// Whole templates and lone OpenAPI documents; what `read_template` and `read_openapi` do with findings of their own.
TemplateApplication read_template_into(const source::Document& document, const TemplateInputs& inputs,
                                       Findings& findings);
TemplateApplication read_openapi_into(const source::Document& document, std::optional<ApiKind> kind,
                                      const TemplateInputs& inputs, Findings& findings);

}  // namespace understudy::app::templates
