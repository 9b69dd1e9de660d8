#include "emulator/emulator.hpp"

#include "emulator/emulator_impl.hpp"
#include "emulator/endpoints.hpp"
#include "emulator/lambda/trace.hpp"
#include "emulator/net/cannot_listen.hpp"
#include "emulator/net/gateway_limits.hpp"
#include "emulator/process/temp_directory.hpp"
#include "emulator/replay_settings.hpp"
#include "emulator/settings_check.hpp"
#include "emulator/whole_reply.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace understudy {
namespace {

std::string_view id_of_predecessor(const app::Application& application, const app::Api& api) {
    const auto found = std::ranges::find_if(
        application.apis, [&](const app::Api& old) { return old.kind == api.kind && old.name == api.name; });
    return found == application.apis.end() ? std::string_view() : std::string_view(found->id);
}

}  // namespace

Emulator::Impl::Impl(boost::asio::io_context& context, Settings settings, Observer& observer)
    : context_(context),
      settings_(std::move(settings)),
      observer_(observer),
      ids_(settings_.seed),
      deadlines_(context),
      recorder_(make_recorder()),
      keys_(context, deadlines_, settings_,
            [this](const std::string& issuer, const std::string& text) { advise(issuer, "issuer-keys", text, text); }),
      functions_(std::bind_front(&Impl::make_function, this)),
      asynchronous_(functions_, deadlines_, settings_.clock_scale, settings_.event_limits,
                    {.on_dropped = std::bind_front(&Impl::tell_dropped, this),
                     .tell = std::bind_front(&Impl::tell_destination, this)}),
      service_api_(
          context, settings_.application, ids_,
          net::ServiceApi::Ends{
              .invoke =
                  [this](const std::string& function, lambda::Invocation&& invocation, net::OnOutcome done) {
                      disturb(invocation);
                      meet(function, invocation);
                      functions_.invoke(function, std::move(invocation), std::move(done));
                  },
              .invoke_streamed =
                  [this](const std::string& function, lambda::Invocation&& invocation,
                         std::shared_ptr<net::StreamSink> sink) {
                      disturb(invocation);
                      meet(function, invocation);
                      functions_.invoke_streamed(function, std::move(invocation), std::move(sink));
                  },
              .has_room_for_event =
                  [this](std::size_t bytes) {
                      if (asynchronous_.has_room(bytes)) return true;
                      tell_events_throttled();
                      return false;
                  },
              .invoke_event =
                  [this](const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation) {
                      disturb(invocation);
                      asynchronous_.take(function, qualifier, std::move(invocation), 0);
                  },
              .on_answered = [this](const AnsweredRequest& request) { observer_.on_request(request); },
              .on_hint = [this](const std::string& hint) { tell_hint(hint); },
              .recorder = recorder_,
              .on_arrival = settings_.replay ? settings_.replay->on_arrival : nullptr,
              .on_shortage = [this] { tell_shortage(); }}) {
    functions_.record(recorder_);
}

std::shared_ptr<net::Recorder> Emulator::Impl::make_recorder() {
    if (settings_.replay) {
        return std::make_shared<net::Recorder>(context_,
                                               [replay = settings_.replay](std::vector<record::Exchange>&& exchanges) {
                                                   for (record::Exchange& exchange : exchanges)
                                                       replay->on_exchange(std::move(exchange));
                                               });
    }
    if (!settings_.recording) return nullptr;
    traffic_ = std::make_unique<TrafficRecord>(
        *settings_.recording, settings_.seed,
        [this](const source::Problem& problem) { observer_.on_advice("recording", to_string(problem)); });
    return std::make_shared<net::Recorder>(
        context_, [this](std::vector<record::Exchange>&& exchanges) { traffic_->write(std::move(exchanges)); });
}

source::Result<Endpoints> Emulator::Impl::start() {
    if (const auto checked = check_settings(settings_); !checked) return checked.error();
    process::TempDirectory::remove_stale(process::system_temp_directory());
    // Each environment needs one; what keeps us from making it is no fault of a function.
    if (const auto temporary = process::TempDirectory::make_in_system(); !temporary) return temporary.error();
    for (app::Api& api : settings_.application.apis) {
        if (api.id.empty()) api.id = ids_.short_id(10);
    }
    const auto lambda = service_api_.listen(settings_.address, settings_.lambda_port);
    if (!lambda) return net::cannot_listen(settings_.address, settings_.lambda_port, "--lambda-port", lambda.error());
    endpoints_.lambda = to_url("http", *lambda);
    if (traffic_) {
        if (const auto opened = traffic_->open(); !opened) return opened.error();
        traffic_->begin_session(settings_.application);
    }
    functions_.start(settings_.application.functions);
    if (!settings_.application.apis.empty()) {
        const auto tls = make_tls(settings_.tls);
        if (!tls) return tls.error();
        gateway_ = std::make_unique<net::GatewayListener>(
            context_, net::gateway_limits(settings_.application.profile), ids_, to_public(settings_.public_address),
            *tls,
            net::GatewayListener::Ends{[this](const AnsweredRequest& request) { observer_.on_request(request); },
                                       settings_.replay ? settings_.replay->on_arrival : nullptr,
                                       [this] { tell_shortage(); }});
        open_site();
        const auto gateway = gateway_->listen(settings_.address, settings_.gateway_port);
        if (!gateway) return net::cannot_listen(settings_.address, settings_.gateway_port, "--port", gateway.error());
        endpoints_.gateway = to_url(settings_.tls ? "https" : "http", *gateway);
    }
    Endpoints endpoints = endpoints_;
    add_apis(endpoints);
    return endpoints;
}

void Emulator::Impl::replace(app::Application application, const std::set<std::string>& rebuilt,
                             const std::set<std::string>& unready, OnReplaced done) {
    if (const auto checked = check_functions(application.functions); !checked) return done({checked.error()});
    if (application.apis.empty() != settings_.application.apis.empty()) {
        return done({source::Problem(source::ProblemCode::unsupported,
                                     "an application's first or last API needs a restart of the emulator")});
    }
    for (app::Api& api : application.apis) {
        if (api.id.empty()) api.id = id_of_predecessor(settings_.application, api);
        if (api.id.empty()) api.id = ids_.short_id(10);
    }
    const auto next = std::make_shared<app::Application>(std::move(application));
    functions_.replace(next->functions, rebuilt, unready,
                       [this, next, done = std::move(done)](const std::vector<std::string>& failed) {
                           if (!failed.empty()) {
                               return done({source::Problem(source::ProblemCode::invalid,
                                                            "the init of function " + failed.front() + " failed"),
                                            failed});
                           }
                           const auto before = std::exchange(settings_.application, std::move(*next));
                           if (traffic_) traffic_->begin_session(settings_.application);
                           if (!settings_.application.apis.empty()) open_site();
                           tell_changed_types(before);
                           Endpoints endpoints = endpoints_;
                           add_apis(endpoints);
                           done({std::move(endpoints)});
                       });
}

void Emulator::Impl::stop() {
    if (recorder_) recorder_->finish();
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
    invoke(function, Call{.event = std::move(event)}, std::move(done));
}

void Emulator::invoke(const std::string& function, Call call, std::function<void(Result)> done) {
    auto invocation = impl_->make_invocation(std::move(call.event));
    if (!call.request_id.empty()) invocation.id = std::move(call.request_id);
    if (!call.trace.empty()) invocation.trace = std::move(call.trace);
    invocation.client_context = std::move(call.client_context);
    invocation.identity = std::move(call.identity);
    invocation.tenant = std::move(call.tenant);
    invocation.function_arn = std::move(call.function_arn);
    invocation.invoked = call.invoked;
    auto sink = std::make_shared<WholeReply>(std::move(done));
    if (call.takes_stream) return impl_->invoke_streamed(function, {}, std::move(invocation), std::move(sink));
    impl_->invoke(function, {}, std::move(invocation),
                  [sink = std::move(sink)](lambda::Outcome&& outcome) { sink->on_end(std::move(outcome)); });
}

void Emulator::replace(app::Application application, const std::set<std::string>& rebuilt,
                       const std::set<std::string>& unready, OnReplaced done) {
    impl_->replace(std::move(application), rebuilt, unready, std::move(done));
}

std::vector<std::string> Emulator::find_stranded() const {
    return impl_->find_stranded();
}

std::vector<app::Function> Emulator::leaving() const {
    return impl_->leaving();
}

void Emulator::on_left(std::function<void()> told) {
    impl_->on_left(std::move(told));
}

void Emulator::renew_issuer_keys(std::vector<IssuerKeys> keys) {
    impl_->renew_issuer_keys(std::move(keys));
}

void Emulator::stop() {
    impl_->stop();
}

void Emulator::disturb_next(lambda::Disturbance disturbance) {
    impl_->disturbance = disturbance;
}

}  // namespace understudy
