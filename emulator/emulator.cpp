#include "emulator/emulator.hpp"

#include "emulator/endpoints.hpp"
#include "emulator/event/api_findings.hpp"
#include "emulator/lambda/trace.hpp"
#include "emulator/net/gateway_listener.hpp"
#include "emulator/net/service_api.hpp"
#include "emulator/process/program.hpp"
#include "emulator/process/program_check.hpp"
#include "emulator/process/temp_directory.hpp"
#include "emulator/running_functions.hpp"
#include "emulator/settings_check.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
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

std::optional<net::PublicAddress> to_public(const std::optional<PublicAddress>& address) {
    if (!address) return std::nullopt;
    return net::PublicAddress{address->host, address->proto, address->port};
}

std::string_view id_of_predecessor(const app::Application& application, const app::Api& api) {
    const auto found = std::ranges::find_if(
        application.apis, [&](const app::Api& old) { return old.kind == api.kind && old.name == api.name; });
    return found == application.apis.end() ? std::string_view() : std::string_view(found->id);
}

}  // namespace

class Emulator::Impl {
  public:
    Impl(boost::asio::io_context& context, Settings settings, Observer& observer);

    source::Result<Endpoints> start();
    void invoke(const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation,
                net::OnOutcome done);
    void invoke_streamed(const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation,
                         std::shared_ptr<net::StreamSink> sink);
    void replace(app::Application application, const std::set<std::string>& rebuilt, OnReplaced done);
    lambda::Invocation make_invocation(std::string event);
    void stop();
    lambda::Disturbance disturbance;  ///< Of the next invocation.

  private:
    void meet(const std::string& function, lambda::Invocation& invocation);
    std::shared_ptr<RunningFunction> make_function(const app::Function& function);
    std::shared_ptr<net::Front> make_front(const app::Application& application, const app::Api& api);
    void give_keys(gateway::AccessControl& access, const app::Api& api);
    void open_site();
    void add_apis(Endpoints& endpoints) const;
    void advise(const std::string& subject, std::string_view id, const std::string& detail, const std::string& text);

    boost::asio::io_context& context_;
    Settings settings_;
    Observer& observer_;
    net::RandomIds ids_;
    net::Deadlines deadlines_;
    Endpoints endpoints_;
    std::set<std::string> advised_;
    RunningFunctions functions_;
    std::unique_ptr<net::GatewayListener> gateway_;
    net::ServiceApi service_api_;
};

Emulator::Impl::Impl(boost::asio::io_context& context, Settings settings, Observer& observer)
    : context_(context),
      settings_(std::move(settings)),
      observer_(observer),
      ids_(settings_.seed),
      deadlines_(context),
      functions_([this](const app::Function& function) { return make_function(function); }),
      service_api_(context, settings_.application, ids_,
                   net::ServiceApi::Ends{
                       .invoke =
                           [this](const std::string& function, lambda::Invocation&& invocation, net::OnOutcome done) {
                               meet(function, invocation);
                               functions_.invoke(function, std::move(invocation), std::move(done));
                           },
                       .on_answered = [this](const AnsweredRequest& request) { observer_.on_request(request); },
                       .on_hint = [this](const std::string& hint) { advise({}, "invoke", hint, hint); }}) {}

void Emulator::Impl::advise(const std::string& subject, std::string_view id, const std::string& detail,
                            const std::string& text) {
    if (advised_.insert(subject + '\n' + std::string(id) + '\n' + detail).second) observer_.on_advice(id, text);
}

std::shared_ptr<RunningFunction> Emulator::Impl::make_function(const app::Function& function) {
    EnvironmentPlan plan{.application = settings_.application,
                         .function = function,
                         .terms = to_terms(settings_, function),
                         .credentials = choose_credentials(settings_.credentials),
                         .lambda_endpoint = settings_.strict_environment ? std::string() : endpoints_.lambda,
                         .search_path = read_variable("PATH")};
    if (!function.command.empty()) {
        const auto program = process::find_program(function.command.front(), plan.search_path, function.directory);
        const auto runnable = program ? process::check_program(*program) : source::Result<void>(program.error());
        if (!runnable) {
            advise(function.name, "no-program", runnable.error().message(),
                   "function " + function.name + ": " + to_string(runnable.error()));
        }
    }
    const int most = std::min(settings_.max_environments, function.reserved_concurrency.value_or(1'000'000));
    return std::make_shared<RunningFunction>(
        context_, std::move(plan), static_cast<std::size_t>(std::max(most, 1)), deadlines_, ids_,
        [this, name = function.name](std::string_view lines) { observer_.on_log(name, lines); });
}

void Emulator::Impl::meet(const std::string& function, lambda::Invocation& invocation) {
    observer_.on_event(function, *invocation.payload);
    invocation.disturbance = std::exchange(disturbance, {});
}

void Emulator::Impl::invoke(const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation,
                            net::OnOutcome done) {
    invocation.function_arn = app::function_arn(settings_.application, function, qualifier);
    if (functions_.contains(function)) {
        meet(function, invocation);
        return functions_.invoke(function, std::move(invocation), std::move(done));
    }
    advise(function, "no-function", {}, "there is no function '" + function + "', and a route leads to it");
    done({.kind = lambda::OutcomeKind::function_error});
}

void Emulator::Impl::invoke_streamed(const std::string& function, const std::string& qualifier,
                                     lambda::Invocation&& invocation, std::shared_ptr<net::StreamSink> sink) {
    if (!functions_.contains(function)) {
        return invoke(function, qualifier, std::move(invocation),
                      [sink](lambda::Outcome&& outcome) { sink->on_end(std::move(outcome)); });
    }
    invocation.function_arn = app::function_arn(settings_.application, function, qualifier);
    meet(function, invocation);
    functions_.invoke_streamed(function, std::move(invocation), std::move(sink));
}

std::shared_ptr<net::Front> Emulator::Impl::make_front(const app::Application& application, const app::Api& api) {
    net::Front::Ends ends{
        .invoke = std::bind_front(&Impl::invoke, this),
        .invoke_streamed = std::bind_front(&Impl::invoke_streamed, this),
        .on_answered = [this](const AnsweredRequest& request) { observer_.on_request(request); },
        .on_finding = [this, name = api.id](
                          const event::Finding& finding) { advise(name, finding.id, finding.subject, finding.text); }};
    gateway::FrontDoor door(application, api);
    give_keys(door.access(), api);
    return std::make_shared<net::Front>(std::move(door), settings_.clock_scale, deadlines_, ids_, std::move(ends));
}

void Emulator::Impl::give_keys(gateway::AccessControl& access, const app::Api& api) {
    for (const std::string& issuer : access.issuers()) {
        const auto keys = std::ranges::find(settings_.issuer_keys, issuer, &IssuerKeys::issuer);
        if (keys == settings_.issuer_keys.end()) {
            advise(api.id, "no-issuer-keys", issuer,
                   "no token of " + issuer + " passes: its keys are not known. Cure: --jwks " + issuer + "=FILE");
        } else if (!access.set_keys(issuer, keys->key_set)) {
            advise(api.id, "no-issuer-keys", issuer, "the keys given for " + issuer + " are no JWKS document");
        }
    }
}

void Emulator::Impl::open_site() {
    const app::Application& application = settings_.application;
    std::vector<std::shared_ptr<net::Front>> fronts;
    for (const app::Api& api : application.apis) {
        fronts.push_back(make_front(application, api));
        for (const event::Finding& finding : event::find_in_api(api)) {
            advise(api.id, finding.id, finding.subject, finding.text);
        }
    }
    gateway_->open(std::make_shared<const net::Site>(
        net::Site{std::move(fronts), gateway::ApiSelector(application, gateway::sole_api(application))}));
}

void Emulator::Impl::add_apis(Endpoints& endpoints) const {
    for (const app::Api& api : settings_.application.apis) {
        endpoints.apis.push_back(
            {api.id, api.kind, to_api_url(settings_.application, api, endpoints.gateway), api.name});
    }
}

source::Result<Endpoints> Emulator::Impl::start() {
    if (const auto checked = check_settings(settings_); !checked) return checked.error();
    process::TempDirectory::remove_stale(process::system_temp_directory());
    for (app::Api& api : settings_.application.apis) {
        if (api.id.empty()) api.id = ids_.short_id(10);
    }
    const auto lambda = service_api_.listen(settings_.address, settings_.lambda_port);
    if (!lambda) return cannot_listen(settings_.address, settings_.lambda_port, "--lambda-port", lambda.error());
    endpoints_.lambda = to_url("http", *lambda);
    functions_.start(settings_.application.functions);
    if (!settings_.application.apis.empty()) {
        const auto tls = make_tls(settings_.tls);
        if (!tls) return tls.error();
        gateway_ = std::make_unique<net::GatewayListener>(
            context_, ids_, to_public(settings_.public_address), *tls,
            [this](const AnsweredRequest& request) { observer_.on_request(request); });
        open_site();
        const auto gateway = gateway_->listen(settings_.address, settings_.gateway_port);
        if (!gateway) return cannot_listen(settings_.address, settings_.gateway_port, "--port", gateway.error());
        endpoints_.gateway = to_url(settings_.tls ? "https" : "http", *gateway);
    }
    Endpoints endpoints = endpoints_;
    add_apis(endpoints);
    return endpoints;
}

void Emulator::Impl::replace(app::Application application, const std::set<std::string>& rebuilt, OnReplaced done) {
    if (const auto checked = check_functions(application.functions); !checked) return done(checked.error());
    if (application.apis.empty() != settings_.application.apis.empty()) {
        return done(source::Problem(source::ProblemCode::unsupported,
                                    "an application's first or last API needs a restart of the emulator"));
    }
    for (app::Api& api : application.apis) {
        if (api.id.empty()) api.id = id_of_predecessor(settings_.application, api);
        if (api.id.empty()) api.id = ids_.short_id(10);
    }
    const auto next = std::make_shared<app::Application>(std::move(application));
    functions_.replace(next->functions, rebuilt,
                       [this, next, done = std::move(done)](const std::vector<std::string>& failed) {
                           if (!failed.empty()) {
                               return done(source::Problem(source::ProblemCode::invalid,
                                                           "the init of function " + failed.front() + " failed"));
                           }
                           settings_.application = std::move(*next);
                           if (!settings_.application.apis.empty()) open_site();
                           Endpoints endpoints = endpoints_;
                           add_apis(endpoints);
                           done(std::move(endpoints));
                       });
}

lambda::Invocation Emulator::Impl::make_invocation(std::string event) {
    lambda::Invocation invocation;
    invocation.id = ids_.uuid();
    invocation.payload = std::make_shared<const std::string>(std::move(event));
    invocation.trace = lambda::to_string(ids_.trace(std::chrono::system_clock::now()));
    return invocation;
}

void Emulator::Impl::stop() {
    functions_.stop();
    if (gateway_) gateway_->close();
    service_api_.close();
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
    impl_->invoke(function, {}, impl_->make_invocation(std::move(event)),
                  [done = std::move(done)](lambda::Outcome&& outcome) {
                      done({std::move(outcome.payload), outcome.kind != lambda::OutcomeKind::succeeded});
                  });
}

void Emulator::replace(app::Application application, const std::set<std::string>& rebuilt, OnReplaced done) {
    impl_->replace(std::move(application), rebuilt, std::move(done));
}

void Emulator::stop() {
    impl_->stop();
}

void Emulator::disturb_next(lambda::Disturbance disturbance) {
    impl_->disturbance = disturbance;
}

}  // namespace understudy
