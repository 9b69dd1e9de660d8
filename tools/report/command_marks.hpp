#pragma once

#include <string>
#include <string_view>

namespace understudy::report {

/// The same text without what a CI takes for a command of its own in the output of a program, so that a function's log
/// or reply cannot give it one: `::` that only blanks precede in a line becomes `\x3a:`, and `##[`, `##vso[` and
/// `##teamcity[` become `#\x23[` and so on. In YAML's and TAP's quoted strings these stand for the same characters.
/// Rule: GitHub trims a line and looks for `::`, and looks for `##[` in all of it
/// [actions/runner src/Runner.Common/ActionCommand.cs]; Azure Pipelines looks for `##vso[` likewise
/// [microsoft/azure-pipelines-agent src/Microsoft.VisualStudio.Services.Agent/Command.cs].
std::string break_command_marks(std::string_view text);

}  // namespace understudy::report
