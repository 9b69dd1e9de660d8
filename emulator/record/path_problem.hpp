#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::record {

/// Why something takes nothing out, and what is written instead.
struct PathProblem {
    std::string message;
    std::string remedy;
};

/// What is wrong with the path of a field in JSON; nullopt where it may lead to one: names, separated by dots, with
/// `[*]` or `[3]` behind one where it is a list; an extension's is `[shop.v1.note]`. A path that leads nowhere would
/// leave a secret where it is. Tested by: RedactionFile.APathThatLeadsNowhereIsRefusedWithItsPlaceAndRemedy
std::optional<PathProblem> find_path_problem(std::string_view path);

/// The same of the name of a header.
std::optional<PathProblem> find_header_problem(std::string_view name);

/// The same of the name of a query parameter.
std::optional<PathProblem> find_parameter_problem(std::string_view name);

/// The same of one in a list with commas, which may be a header's, a parameter's or a field's path. It is stricter:
/// what looks like a list in another form is no name. Tested by: RecorderSettings.NamesThatTakeNothingTurnRecordingOff
std::optional<PathProblem> find_listed_problem(std::string_view name);

}  // namespace understudy::record
