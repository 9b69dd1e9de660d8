#pragma once

#include "emulator/emulator.hpp"
#include "emulator/record/exchange.hpp"
#include "emulator/source/problem.hpp"
#include "tools/replay/exchange_feed.hpp"
#include "tools/replay/rules.hpp"
#include "tools/understudy/options.hpp"
#include "tools/understudy/replay_run.hpp"
#include "tools/understudy/served_application.hpp"

#include <memory>
#include <string>
#include <vector>

namespace understudy::cli {

/// Shows a problem on stderr, with its line where its file has one.
void tell_problem(const source::Problem& problem);

/// The schema that words name; null where they name none. Errors: everything that is wrong with it.
struct ReadSchema {
    std::shared_ptr<const scenario::Descriptors> descriptors;
    std::vector<source::Problem> problems;
};
ReadSchema read_schema(const SchemaWords& words);
/// The files as `read_schema` looks them up.
scenario::SchemaFiles to_schema_files(const SchemaWords& words);

/// How replies are compared, and what is wrong with what says so.
struct ReadRules {
    replay::ReplayRules rules;
    std::vector<source::Problem> problems;
};
ReadRules read_rules(const ReplayOptions& options);

/// What of a recording is known before it is replayed.
struct RecordedScene {
    std::string function;  ///< That a command stands in for; empty: none is named.
    std::string front;     ///< Of the first request.
    std::string api;       ///< The id of the API that it was for.
    std::shared_ptr<const record::Session> session;
};
/// Reads as far as it has to. Errors: those of the feed.
source::Result<RecordedScene> look_ahead(const ReplayOptions& options);

/// The application that a command is, with the front door that the recording's requests came through where requests are
/// sent. `command` is the one of a build, or the options' own.
Settings to_replay_settings(const ReplayOptions& options, const RecordedScene& scene,
                            const std::vector<std::string>& command, ReplayEdge edge);
/// The same for a template's. Errors: those of reading it. Lifetime: `served` outlives the emulator.
source::Result<Settings> to_template_settings(const ReplayOptions& options, ServedApplication& served);

/// Either, with what it becomes in the recording's sessions; it begins with the first that is replayed. Lifetime:
/// `options` and `scene` outlive what is returned.
ReplayTarget to_target(Settings settings, const ReplayOptions& options, const RecordedScene& scene);

/// Whether the functions' programs can be run. Errors: not_found, invalid, for the first that cannot.
source::Result<void> check_programs(const Settings& settings);

}  // namespace understudy::cli
