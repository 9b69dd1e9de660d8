#pragma once

#include "emulator/app/template.hpp"

#include <string>
#include <string_view>

namespace understudy::app {

/// An application as a text to compare: a line for each function, API, stage, route, …, and the notices last.
std::string summarise(const TemplateApplication& read);
/// The lines of one API's routes alone.
std::string summarise_routes(const Api& api);
/// A template's first problem as `line:column: message (hint)`, or its whole summary.
std::string read_summary(std::string_view yaml, TemplateInputs inputs = {.folder = "/app"});
/// All problems of a template, a line each.
std::string read_problems(std::string_view yaml, TemplateInputs inputs = {.folder = "/app"});

}  // namespace understudy::app
