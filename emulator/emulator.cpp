#include "emulator/emulator.hpp"

#include "emulator/asynchronous_invocations.hpp"
#include "emulator/door_keys.hpp"
#include "emulator/endpoints.hpp"
#include "emulator/environment_plan.hpp"
#include "emulator/event/api_findings.hpp"
#include "emulator/lambda/trace.hpp"
#include "emulator/net/front.hpp"
#include "emulator/net/gateway_listener.hpp"
#include "emulator/net/health_checks.hpp"
#include "emulator/net/service_api.hpp"
#include "emulator/net/websocket_connections.hpp"
#include "emulator/net/websocket_front.hpp"
#include "emulator/process/code_package.hpp"
#include "emulator/process/program.hpp"
#include "emulator/process/program_check.hpp"
#include "emulator/process/temp_directory.hpp"
#include "emulator/running_functions.hpp"
#include "emulator/settings_check.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace understudy {
namespace {

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
    std::shared_ptr<RunningFunction> make_function(const app::Function& function, const std::string& version);
    void tell_dropped(const AsynchronousInvocations::Dropped& dropped);
    bool address(const std::string& function, const std::string& qualifier, lambda::Invocation& invocation);
    net::Front::Ends make_ends(const app::Api& api);
    std::shared_ptr<net::Front> make_front(const app::Application& application, const app::Api& api);
    void open_site();
    void check_health(const app::Application& application, const app::Api& api);
    void add_apis(Endpoints& endpoints) const;
    void advise(const std::string& subject, std::string_view id, const std::string& detail, const std::string& text);

    boost::asio::io_context& context_;
    Settings settings_;
    Observer& observer_;
    net::RandomIds ids_;
    net::Deadlines deadlines_;
    Endpoints endpoints_;
    std::set<std::string> advised_;
    DoorKeys keys_;
    RunningFunctions functions_;
    net::WebSocketConnections connections_;
    AsynchronousInvocations asynchronous_;
    std::unique_ptr<net::GatewayListener> gateway_;
    std::vector<std::shared_ptr<net::HealthChecks>> health_checks_;
    net::ServiceApi service_api_;
};

Emulator::Impl::Impl(boost::asio::io_context& context, Settings settings, Observer& observer)
    : context_(context),
      settings_(std::move(settings)),
      observer_(observer),
      ids_(settings_.seed),
      deadlines_(context),
      keys_(context, deadlines_, settings_,
            [this](const std::string& issuer, const std::string& text) { advise(issuer, "issuer-keys", text, text); }),
      functions_(std::bind_front(&Impl::make_function, this)),
      asynchronous_(functions_, deadlines_, settings_.clock_scale, std::bind_front(&Impl::tell_dropped, this)),
      service_api_(
          context, settings_.application, ids_,
          net::ServiceApi::Ends{
              .invoke =
                  [this](const std::string& function, lambda::Invocation&& invocation, net::OnOutcome done) {
                      meet(function, invocation);
                      functions_.invoke(function, std::move(invocation), std::move(done));
                  },
              .invoke_event =
                  [this](const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation) {
                      asynchronous_.take(function, qualifier, std::move(invocation));
                  },
              .on_answered = [this](const AnsweredRequest& request) { observer_.on_request(request); },
              .on_hint = [this](const std::string& hint) { advise({}, "invoke", hint, hint); }}) {}

void Emulator::Impl::advise(const std::string& subject, std::string_view id, const std::string& detail,
                            const std::string& text) {
    if (advised_.insert(subject + '\n' + std::string(id) + '\n' + detail).second) observer_.on_advice(id, text);
}

void Emulator::Impl::tell_dropped(const AsynchronousInvocations::Dropped& dropped) {
    const std::string attempts = std::to_string(dropped.attempts) + (dropped.attempts == 1 ? " attempt" : " attempts");
    observer_.on_advice("event-dropped", "function " + dropped.function + ": the event " + dropped.id +
                                             " was dropped after " + attempts + ", " +
                                             std::string(lambda::condition_name(dropped.end)) +
                                             "; AWS sends it to a destination for failures, where there is one");
}

std::shared_ptr<RunningFunction> Emulator::Impl::make_function(const app::Function& function,
                                                               const std::string& version) {
    EnvironmentPlan plan = make_plan(settings_, function, version, endpoints_.lambda);
    // Whoever prepared a function's code has told what is wrong with it.
    if (!function.command.empty() && function.code.empty()) {
        const auto program = process::find_program(function.command.front(), plan.search_path, function.directory);
        const auto runnable = program ? process::check_program(*program) : source::Result<void>(program.error());
        if (!runnable) {
            advise(function.name, "no-program", runnable.error().message(),
                   "function " + function.name + ": " + to_string(runnable.error()));
        }
    }
    if (settings_.changed_code == ChangedCode::held)
        plan.code = process::KeptCode(process::watched_paths(function, plan.search_path));
    const int most = std::min(settings_.max_environments, function.reserved_concurrency.value_or(1'000'000));
    return std::make_shared<RunningFunction>(
        context_, std::move(plan), static_cast<std::size_t>(std::max(most, 1)), deadlines_, ids_,
        [this, name = function.name](std::string_view lines) { observer_.on_log(name, lines); });
}

/// Every invocation that somebody waits for passes here on its way to its function.
void Emulator::Impl::meet(const std::string& function, lambda::Invocation& invocation) {
    observer_.on_event(function, *invocation.payload);
    invocation.disturbance = std::exchange(disturbance, {});
}

/// Writes down which function is meant, and which of its versions; false where there is none.
bool Emulator::Impl::address(const std::string& function, const std::string& qualifier,
                             lambda::Invocation& invocation) {
    invocation.function_arn = app::function_arn(settings_.application, function, qualifier);
    const app::Function* found = functions_.find(function);
    if (found == nullptr) {
        advise(function, "no-function", {}, "there is no function '" + function + "', and a route leads to it");
        return false;
    }
    auto version = app::find_version(*found, qualifier);
    if (!version) {
        advise(function, "no-version", qualifier,
               "the function '" + function + "' has no version or alias '" + qualifier + "', and a route leads to it");
        return false;
    }
    invocation.version = std::move(*version);
    return true;
}

void Emulator::Impl::invoke(const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation,
                            net::OnOutcome done) {
    if (!address(function, qualifier, invocation)) return done({.kind = lambda::OutcomeKind::function_error});
    meet(function, invocation);
    functions_.invoke(function, std::move(invocation), std::move(done));
}

void Emulator::Impl::invoke_streamed(const std::string& function, const std::string& qualifier,
                                     lambda::Invocation&& invocation, std::shared_ptr<net::StreamSink> sink) {
    if (!address(function, qualifier, invocation)) return sink->on_end({.kind = lambda::OutcomeKind::function_error});
    meet(function, invocation);
    functions_.invoke_streamed(function, std::move(invocation), std::move(sink));
}

net::Front::Ends Emulator::Impl::make_ends(const app::Api& api) {
    return {
        .invoke = std::bind_front(&Impl::invoke, this),
        .invoke_streamed = std::bind_front(&Impl::invoke_streamed, this),
        .on_answered = [this](const AnsweredRequest& request) { observer_.on_request(request); },
        .on_finding = [this, name = api.id](
                          const event::Finding& finding) { advise(name, finding.id, finding.subject, finding.text); },
        .fetch_keys = std::bind_front(&DoorKeys::fetch, &keys_)};
}

std::shared_ptr<net::Front> Emulator::Impl::make_front(const app::Application& application, const app::Api& api) {
    gateway::FrontDoor door(application, api);
    const std::vector<std::string> fetched = keys_.give(door.access());
    if (settings_.signing_keys) {
        door.access().check_signatures(to_secrets(*settings_.signing_keys, choose_credentials(settings_.credentials)));
    }
    auto front = std::make_shared<net::Front>(std::move(door), settings_.clock_scale, deadlines_, ids_, make_ends(api));
    for (const std::string& issuer : fetched) front->refresh_keys(issuer, [] {});
    return front;
}

void Emulator::Impl::check_health(const app::Application& application, const app::Api& api) {
    health_checks_.push_back(std::make_shared<net::HealthChecks>(
        application, api, settings_.clock_scale, deadlines_, ids_,
        net::HealthChecks::Ends{.invoke = std::bind_front(&Impl::invoke, this),
                                .on_change = [this](auto& text) { observer_.on_advice("health-check", text); }}));
    health_checks_.back()->check();
}

void Emulator::Impl::open_site() {
    const app::Application& application = settings_.application;
    std::vector<std::shared_ptr<net::ApiFront>> fronts;
    std::vector<std::shared_ptr<net::WebSocketFront>> websockets;
    health_checks_.clear();
    for (const app::Api& api : application.apis) {
        if (api.health_check) check_health(application, api);
        if (api.kind == app::ApiKind::websocket) {
            websockets.push_back(std::make_shared<net::WebSocketFront>(gateway::WebSocketDoor(application, api),
                                                                       settings_.clock_scale, deadlines_, ids_,
                                                                       connections_, make_ends(api)));
            fronts.push_back(websockets.back());
        } else {
            fronts.push_back(make_front(application, api));
        }
        for (const event::Finding& finding : event::find_in_api(api)) {
            advise(api.id, finding.id, finding.subject, finding.text);
        }
    }
    connections_.move_to(std::move(websockets));
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
    connections_.clear();
    service_api_.close();
    keys_.stop();
    health_checks_.clear();
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
