#pragma once

#include "tools/scenario/run.hpp"
#include "tools/understudy/emulator_thread.hpp"
#include "tools/understudy/interrupts.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace understudy::cli {

/// Starts an application for a scenario, on the thread of emulators; an interrupt stops it. Lifetime: `thread` and
/// `interrupts` outlive what it returns.
scenario::World::Started start_application(EmulatorThread& thread, Interrupts& interrupts,
                                           const app::Application& application);

/// The same for a template's. Errors: those of reading it; an API that it does not have, or several to choose from.
scenario::World::Started start_template(EmulatorThread& thread, Interrupts& interrupts,
                                        const scenario::TemplatePlan& plan);

/// An application that runs elsewhere, at a URL without a slash at its end: it can be called, and not be looked into.
scenario::World::Started reach_application(const std::string& url);

/// The files that a template's application is made from, as far as they can be told: itself, and its code.
std::vector<std::filesystem::path> find_template_sources(const scenario::TemplatePlan& plan);

}  // namespace understudy::cli
