#include "tools/understudy/replay_setup.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/process/program.hpp"
#include "emulator/process/program_check.hpp"
#include "emulator/source/diagnostic.hpp"
#include "tools/replay/line_of.hpp"
#include "tools/scenario/descriptors.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/recorded_fronts.hpp"
#include "tools/understudy/settings.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>
#include <variant>

namespace understudy::cli {

void tell_problem(const source::Problem& problem) {
    const auto line = replay::read_line_of(problem);
    write_all(STDERR_FILENO, source::render_diagnostic(problem, line, colour_of(STDERR_FILENO)));
}

scenario::SchemaFiles to_schema_files(const SchemaWords& words) {
    scenario::SchemaFiles files{words.proto_files, words.import_paths, words.descriptor_set};
    // Without a folder to look in, a file's own is one: it is then named within it.
    if (!files.import_paths.empty()) return files;
    for (auto& file : files.proto_files) {
        const std::filesystem::path path(file);
        files.import_paths.push_back(path.has_parent_path() ? path.parent_path().string() : ".");
        file = path.filename().string();
    }
    return files;
}

ReadSchema read_schema(const SchemaWords& words) {
    if (words.empty()) return {};
    const auto files = to_schema_files(words);
    auto read = scenario::read_descriptors(files);
    if (auto* problems = std::get_if<std::vector<source::Problem>>(&read)) return {nullptr, std::move(*problems)};
    return {std::get<std::shared_ptr<const scenario::Descriptors>>(std::move(read)), {}};
}

ReadRules read_rules(const ReplayOptions& options) {
    ReadRules read;
    read.rules.ignore = options.ignore;
    read.rules.volatile_values = options.strict ? replay::Volatile::compared : replay::Volatile::left_out;
    auto schema = read_schema(options.schema);
    read.rules.descriptors = std::move(schema.descriptors);
    read.problems = std::move(schema.problems);
    if (options.expect_file.empty() || !read.problems.empty()) return read;
    auto text = files::read_file(options.expect_file);
    if (!text) {
        read.problems.push_back(text.error());
        return read;
    }
    auto document = source::parse_document(*text, options.expect_file);
    if (!document)
        read.problems.push_back(document.error());
    else
        read.problems = replay::read_expectations(*document, read.rules);
    return read;
}

source::Result<RecordedScene> look_ahead(const ReplayOptions& options) {
    replay::ExchangeFeed feed(options.files, options.selection, options.limit);
    RecordedScene scene;
    scene.function = options.selection.function;
    while (true) {
        const auto next = feed.next();
        if (!next) return next.error();
        if (*next == nullptr) return scene;
        const auto& exchange = (*next)->exchange();
        if (scene.front.empty() && exchange.request && exchange.front != "invoke") {
            scene.front = exchange.front;
            scene.api = exchange.api;
        }
        if (scene.session == nullptr) scene.session = (*next)->recorded.session;
        const auto asked = std::find_if(exchange.invocations.begin(), exchange.invocations.end(),
                                        [](const record::Invocation& invocation) { return !invocation.authorizer; });
        if (asked == exchange.invocations.end()) continue;
        if (scene.function.empty()) scene.function = asked->function;
        return scene;
    }
}

Settings to_replay_settings(const ReplayOptions& options, const RecordedScene& scene,
                            const std::vector<std::string>& command, ReplayEdge edge) {
    Settings settings = to_settings(options.function);
    settings.platform_log = PlatformLog::omitted;
    app::Function& function = settings.application.functions.front();
    function.command = command;
    if (!options.given.name && !scene.function.empty()) function.name = scene.function;
    if (edge != ReplayEdge::http) return settings;
    settings.application.apis = to_recorded_fronts(scene.session.get(), options, scene, function.name);
    return settings;
}

source::Result<Settings> to_template_settings(const ReplayOptions& options, ServedApplication& served) {
    auto prepared = served.prepare();
    if (!prepared) return prepared.error();
    if (!prepared->failures.empty())
        return source::Problem(source::ProblemCode::not_found, prepared->failures.front().reason);
    Settings settings = to_settings(options.function);
    settings.platform_log = PlatformLog::omitted;
    settings.application = std::move(prepared->application);
    // As many at once as `--jobs` says: what AWS would throttle is no difference of the code.
    for (app::Function& function : settings.application.functions) {
        if (function.reserved_concurrency.value_or(0) > 0) function.reserved_concurrency.reset();
    }
    return settings;
}

ReplayTarget to_target(Settings settings, const ReplayOptions& options, const RecordedScene& scene) {
    RecordedEnvironments environments(settings.application, options, scene.function);
    if (!options.template_files && !settings.application.apis.empty()) {
        environments.change_fronts(scene.session, [&options, scene, name = settings.application.functions.front().name](
                                                      const record::Session* session) {
            return to_recorded_fronts(session, options, scene, name);
        });
    }
    if (auto application = environments.change_to(scene.session)) settings.application = *std::move(application);
    return {std::move(settings), std::move(environments)};
}

source::Result<void> check_programs(const Settings& settings) {
    const char* path = std::getenv("PATH");
    for (const app::Function& function : settings.application.functions) {
        if (function.command.empty()) continue;
        const auto program =
            process::find_program(function.command.front(), path == nullptr ? "" : path, function.directory);
        if (!program) return program.error();
        if (const auto checked = process::check_program(*program); !checked) return checked.error();
    }
    return {};
}

}  // namespace understudy::cli
