#include "emulator/emulator.hpp"

#include "emulator/lambda/trace.hpp"
#include "emulator/net/front.hpp"
#include "emulator/net/service_api.hpp"
#include "emulator/process/program.hpp"
#include "emulator/process/temp_directory.hpp"
#include "emulator/running_function.hpp"

#include <cstdlib>
#include <map>
#include <set>
#include <utility>

namespace understudy {
namespace {

std::string read_variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

lambda::Credentials choose_credentials(Credentials choice) {
    if (choice == Credentials::dummy) return lambda::dummy_credentials();
    return {read_variable("AWS_ACCESS_KEY_ID"), read_variable("AWS_SECRET_ACCESS_KEY"),
            read_variable("AWS_SESSION_TOKEN")};
}

lambda::EnvironmentTerms to_terms(const Settings& settings, const app::Function& function) {
    using Log = lambda::EnvironmentTerms::PlatformLog;
    return {.timeout = function.timeout,
            .memory_megabytes = function.memory_megabytes,
            .clock_scale = settings.clock_scale,
            .log = settings.platform_log == PlatformLog::omitted ? Log::omitted : Log::written};
}

std::string to_url(const net::Endpoint& endpoint) {
    return "http://" + endpoint.address + ':' + std::to_string(endpoint.port);
}

source::Problem cannot_listen(const std::string& address, std::uint16_t port, const std::string& flag,
                              const boost::system::error_code& error) {
    std::string text = "cannot listen on " + address + ':' + std::to_string(port) + ": " + error.message();
    if (error == std::errc::address_in_use) text += "; choose another port with " + flag + " (0 picks a free one)";
    return {source::ProblemCode::unreadable, text};
}

/// The names of variables that AWS would not take.
source::Result<void> check_variables(const app::Function& function) {
    for (const auto& [name, value] : function.environment) {
        if (const auto fault = lambda::find_name_fault(name)) {
            return source::Problem(source::ProblemCode::invalid,
                                   "function " + function.name + ": variable '" + name + "': " + *fault);
        }
    }
    return {};
}

source::Result<void> check(const Settings& settings) {
    const std::uint16_t port = settings.gateway_port;
    if (port != 0 && port == settings.lambda_port && !settings.application.apis.empty()) {
        return source::Problem(source::ProblemCode::invalid,
                               "the API and the Lambda API cannot both listen on port " + std::to_string(port) +
                                   "; choose another with --port or --lambda-port (0 picks a free one)");
    }
    for (const app::Function& function : settings.application.functions) {
        if (auto checked = check_variables(function); !checked) return checked;
    }
    return {};
}

}  // namespace

class Emulator::Impl {
  public:
    Impl(boost::asio::io_context& context, Settings settings, Observer& observer)
        : context_(context),
          settings_(std::move(settings)),
          observer_(observer),
          ids_(settings_.seed),
          deadlines_(context) {}

    source::Result<Endpoints> start();
    void invoke(const std::string& function, lambda::Invocation&& invocation, net::OnOutcome done) {
        functions_.at(function)->invoke(std::move(invocation), std::move(done));
    }
    lambda::Invocation make_invocation(const std::string& function, std::string event);
    void stop();

  private:
    void make_function(const app::Function& function, const std::string& lambda_endpoint);
    std::unique_ptr<net::Front> make_front(const app::Api& api);
    void advise(const std::string& function, std::string_view id, const std::string& subject, const std::string& text);

    boost::asio::io_context& context_;
    Settings settings_;
    Observer& observer_;
    net::RandomIds ids_;
    net::Deadlines deadlines_;
    std::set<std::string> advised_;
    std::map<std::string, std::unique_ptr<RunningFunction>> functions_;
    std::vector<std::unique_ptr<net::Front>> fronts_;
    std::unique_ptr<net::ServiceApi> service_api_;
};

void Emulator::Impl::advise(const std::string& function, std::string_view id, const std::string& subject,
                            const std::string& text) {
    if (advised_.insert(function + '\n' + std::string(id) + '\n' + subject).second) observer_.on_advice(id, text);
}

void Emulator::Impl::make_function(const app::Function& function, const std::string& lambda_endpoint) {
    EnvironmentPlan plan{.application = settings_.application,
                         .function = function,
                         .terms = to_terms(settings_, function),
                         .credentials = choose_credentials(settings_.credentials),
                         .lambda_endpoint = settings_.strict_environment ? std::string() : lambda_endpoint,
                         .search_path = read_variable("PATH")};
    if (!function.command.empty()) {
        const auto program = process::find_program(function.command.front(), plan.search_path, function.directory);
        const auto runnable = program ? process::check_program(*program) : source::Result<void>(program.error());
        if (!runnable) {
            advise(function.name, "no-program", {}, "function " + function.name + ": " + runnable.error().message());
        }
    }
    functions_[function.name] = std::make_unique<RunningFunction>(
        context_, std::move(plan), static_cast<std::size_t>(settings_.max_environments), deadlines_, ids_,
        [this, &function](std::string_view lines) { observer_.on_log(function.name, lines); });
}

std::unique_ptr<net::Front> Emulator::Impl::make_front(const app::Api& api) {
    const std::string function = std::get<app::LambdaIntegration>(api.routes.front().integration).function;
    net::Front::Ends ends{
        .invoke = [this, function](lambda::Invocation&& invocation,
                                   net::OnOutcome done) { invoke(function, std::move(invocation), std::move(done)); },
        .on_answered = [this](const AnsweredRequest& request) { observer_.on_request(request); },
        .on_finding =
            [this, function](const event::Finding& finding) {
                advise(function, finding.id, finding.subject, finding.text);
            }};
    return std::make_unique<net::Front>(context_, gateway::FrontDoor(settings_.application, api),
                                        app::function_arn(settings_.application, function), settings_.clock_scale,
                                        deadlines_, ids_, std::move(ends));
}

source::Result<Endpoints> Emulator::Impl::start() {
    if (const auto checked = check(settings_); !checked) return checked.error();
    process::TempDirectory::remove_stale(process::system_temp_directory());
    Endpoints endpoints;
    for (app::Api& api : settings_.application.apis) {
        if (api.id.empty()) api.id = ids_.short_id(10);
    }
    service_api_ = std::make_unique<net::ServiceApi>(
        context_, settings_.application, ids_,
        net::ServiceApi::Ends{
            .invoke = [this](const std::string& function, lambda::Invocation&& invocation,
                             net::OnOutcome done) { invoke(function, std::move(invocation), std::move(done)); },
            .on_answered = [this](const AnsweredRequest& request) { observer_.on_request(request); },
            .on_hint = [this](const std::string& hint) { advise({}, "invoke", hint, hint); }});
    const auto lambda = service_api_->listen(settings_.address, settings_.lambda_port);
    if (!lambda) return cannot_listen(settings_.address, settings_.lambda_port, "--lambda-port", lambda.error());
    endpoints.lambda = to_url(*lambda);
    for (const app::Function& function : settings_.application.functions) make_function(function, endpoints.lambda);
    for (const app::Api& api : settings_.application.apis) {
        auto& front = fronts_.emplace_back(make_front(api));
        const std::uint16_t port = fronts_.size() == 1 ? settings_.gateway_port : std::uint16_t{0};
        const auto gateway = front->listen(settings_.address, port);
        if (!gateway) return cannot_listen(settings_.address, port, "--port", gateway.error());
        if (fronts_.size() == 1) endpoints.gateway = to_url(*gateway);
        endpoints.apis.push_back({api.id, api.kind, to_url(*gateway)});
    }
    return endpoints;
}

lambda::Invocation Emulator::Impl::make_invocation(const std::string& function, std::string event) {
    lambda::Invocation invocation;
    invocation.id = ids_.uuid();
    invocation.payload = std::make_shared<const std::string>(std::move(event));
    invocation.function_arn = app::function_arn(settings_.application, function);
    invocation.trace = lambda::to_string(ids_.trace(std::chrono::system_clock::now()));
    return invocation;
}

void Emulator::Impl::stop() {
    for (const auto& [name, function] : functions_) function->stop();
    for (const auto& front : fronts_) front->close();
    if (service_api_) service_api_->close();
    deadlines_.clear();
}

Emulator::Emulator(boost::asio::io_context& context, Settings settings, Observer& observer)
    : impl_(std::make_unique<Impl>(context, std::move(settings), observer)) {}

Emulator::~Emulator() {
    stop();
}

source::Result<Endpoints> Emulator::start() {
    return impl_->start();
}

void Emulator::invoke(const std::string& function, std::string event, std::function<void(Result)> done) {
    impl_->invoke(function, impl_->make_invocation(function, std::move(event)),
                  [done = std::move(done)](lambda::Outcome&& outcome) {
                      done({std::move(outcome.payload), outcome.kind != lambda::OutcomeKind::succeeded});
                  });
}

void Emulator::stop() {
    impl_->stop();
}

}  // namespace understudy
