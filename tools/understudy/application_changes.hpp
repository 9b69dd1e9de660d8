#pragma once

#include "emulator/emulator.hpp"

#include <set>
#include <string>
#include <vector>

namespace understudy::cli {

/// An application, and where it answers. Lifetime: refers to both.
struct ServedAs {
    const app::Application& application;
    const Endpoints& endpoints;
};

/// Functions that were started anew though nothing is said of them otherwise.
struct Rebuilt {
    const std::set<std::string>& functions;
    bool asked;  ///< Somebody asked for all: nobody knows whether there is new code.
};

/// What the second has that the first has not, for people: `function Foo has new code, API Shop is new at http://…`.
/// Of many routes the first are named, the others counted. Empty where nothing differs.
/// Tested by: ApplicationChanges.*
std::string describe_changes(const ServedAs& before, const ServedAs& now, const Rebuilt& rebuilt);

/// Keys that were made up since, a line each, as start-up shows them.
/// Tested by: ApplicationChanges.KeysThatWereMadeUpAreShownAsAtTheStart
std::string render_new_keys(const app::Application& before, const app::Application& now);

/// Whether requests to both would find the same: their functions' code apart, and where things stand in a template.
/// Tested by: ApplicationChanges.WhereNothingDiffersNothingIsTold, ApplicationChanges.FunctionsAreToldByWhatHappenedToThem
bool is_same_application(const app::Application& one, const app::Application& other);

/// `A, B, C, D, E and 2 more`: the first of them. Tested by: ApplicationChanges.RoutesAreCountedAndTheFirstNamed
std::string render_first(const std::vector<std::string>& names);

}  // namespace understudy::cli
