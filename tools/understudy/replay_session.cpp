#include "tools/understudy/replay_session.hpp"

#include "emulator/record/redaction.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

namespace understudy::cli {
namespace {

/// Adds the variables that a function had; its own come first and stay.
void add_variables(app::Function& function, const record::Function& recorded) {
    for (const auto& [name, value] : recorded.environment) {
        const bool given = std::any_of(function.environment.begin(), function.environment.end(),
                                       [&](const auto& own) { return own.first == name; });
        if (!given && value != record::kRedacted) function.environment.emplace_back(name, value);
    }
}

/// The folder that relative paths of its variables begin at, where it is there still. The command stays the one that
/// was named from here on, and so do arguments that name what is there, by a path: a word alone may be anything.
void change_directory(app::Function& function, const record::Function& recorded) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (recorded.directory.empty() || !fs::is_directory(recorded.directory, error)) return;
    for (std::string& word : function.command) {
        if (word.find('/') == std::string::npos) continue;
        const bool is_program = &word == &function.command.front();
        const fs::path from_here = fs::path(function.directory) / word;
        if (is_program || fs::exists(from_here, error)) word = from_here.string();
    }
    function.directory = recorded.directory;
}

/// What no option of a command says.
void add_terms(app::Function& function, const record::Function& recorded, const GivenTerms& given) {
    if (!given.handler && !recorded.handler.empty()) function.handler = recorded.handler;
    if (!given.timeout && recorded.timeout_ms > 0) function.timeout = std::chrono::milliseconds(recorded.timeout_ms);
    if (!given.memory && recorded.memory_mb > 0) function.memory_megabytes = static_cast<int>(recorded.memory_mb);
}

}  // namespace

RecordedEnvironments::RecordedEnvironments(app::Application application, const ReplayOptions& options,
                                           std::string recorded_function)
    : application_(std::move(application)),
      options_(options),
      recorded_function_(std::move(recorded_function)),
      functions_(application_.functions) {}

void RecordedEnvironments::change_fronts(const std::shared_ptr<const record::Session>& current, FrontsOf fronts_of) {
    fronts_of_ = std::move(fronts_of);
    if (current != nullptr) apis_ = current->apis;
}

app::Application RecordedEnvironments::of(const record::Session* session) const {
    app::Application application = application_;
    if (fronts_of_) application.apis = fronts_of_(session);
    if (!options_.recorded_environment || session == nullptr) return application;
    const bool is_command = !options_.template_files;
    for (app::Function& function : application.functions) {
        const std::string& name = is_command ? recorded_function_ : function.name;
        const auto found =
            std::ranges::find_if(session->functions, [&](const auto& known) { return known.name == name; });
        if (found == session->functions.end()) continue;
        add_variables(function, *found);
        if (!is_command) continue;
        add_terms(function, *found, options_.given);
        change_directory(function, *found);
    }
    return application;
}

std::optional<app::Application> RecordedEnvironments::change_to(const std::shared_ptr<const record::Session>& session) {
    if (session == session_) return std::nullopt;
    session_ = session;
    auto application = of(session.get());
    auto apis = fronts_of_ && session != nullptr ? session->apis : std::vector<record::Api>();
    if (application.functions == functions_ && apis == apis_) return std::nullopt;
    functions_ = application.functions;
    apis_ = std::move(apis);
    return application;
}

bool SessionSwitch::is_at(const std::shared_ptr<const record::Session>& session, std::size_t in_flight,
                          std::function<void(source::Result<void>)> then) {
    if (is_changing_) return false;
    if (!is_first_ && session == session_) return true;
    if (in_flight > 0) return false;
    is_changing_ = true;
    is_first_ = false;
    session_ = session;
    then_ = std::move(then);
    go_on(session, 0);
    return !is_changing_;
}

void SessionSwitch::go_on(const std::shared_ptr<const record::Session>& session, std::size_t at) {
    for (; at < served_.size(); ++at) {
        auto application = served_[at].environments.change_to(session);
        if (!application) continue;
        served_[at].emulator->replace(*std::move(application), {}, {},
                                      [this, session, at](const Emulator::Replaced& replaced) {
                                          if (replaced.endpoints) return go_on(session, at + 1);
                                          std::exchange(then_, nullptr)(replaced.endpoints.error());
                                      });
        return;
    }
    is_changing_ = false;
    if (then_) std::exchange(then_, nullptr)({});
}

}  // namespace understudy::cli
