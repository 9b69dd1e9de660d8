#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <optional>
#include <string>
#include <utility>

namespace understudy::scenario {

/// What of an application's description keeps it from starting.
enum class ApplicationPart : std::uint8_t { whole, command, template_file, api, parameter };

/// Why an application did not start. Not an aggregate, as `source::Problem`.
struct StartProblem {
    StartProblem() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): most have nothing to add.
    StartProblem(source::Problem why) : problem(std::move(why)) {}
    StartProblem(source::Problem why, ApplicationPart where, std::string what = {})
        : problem(std::move(why)), part(where), name(std::move(what)) {}

    source::Problem problem;
    source::Problems further = {};  ///< What else is wrong with a template, by line.
    ApplicationPart part = ApplicationPart::whole;
    std::string name;  ///< Of a parameter.
};

/// The problem at the part of `application`, as the scenario writes it, that it is about. One that has a line of its
/// own, in a template, stays there.
source::Problem to_placed(const StartProblem& problem, std::optional<source::Node> application);

}  // namespace understudy::scenario
