#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// Adds the schemas of a map as an API's models. A reference to another schema becomes `#/definitions/NAME`, and what
/// is referred to stands in the model's own `definitions`, so that each text is a JSON Schema by itself.
void add_models(const Value& schemas, Api& api, Findings& findings);

/// Adds one schema under a name, with references into `schemas`.
void add_model(const std::string& name, const Value& schema, const Value& schemas, Api& api, Findings& findings);

}  // namespace understudy::app::templates
