// The APIs of the application, as they stand behind the listener.
#include "emulator/emulator_impl.hpp"
#include "emulator/endpoints.hpp"
#include "emulator/environment_plan.hpp"
#include "emulator/event/api_findings.hpp"
#include "emulator/gateway/closed_stages.hpp"
#include "emulator/gateway/unnamed_request.hpp"
#include "emulator/net/gateway_call.hpp"
#include "emulator/net/websocket_front.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace understudy {

net::Front::Ends Emulator::Impl::make_ends(const app::Api& api) {
    return {.invoke = std::bind_front(&Impl::invoke, this),
            .invoke_streamed = std::bind_front(&Impl::invoke_streamed, this),
            .on_answered = [this](const AnsweredRequest& request) { observer_.on_request(request); },
            .on_finding = [this, name = api.id](const event::Finding& finding) { tell_finding(name, finding); },
            .fetch_keys = std::bind_front(&DoorKeys::fetch, &keys_),
            .record = recorder_ ? std::make_shared<const net::RecordedApi>(recorder_, api) : nullptr};
}

void Emulator::Impl::ask_for_signatures(gateway::AccessControl& access) const {
    if (!settings_.signing_keys) return;
    access.check_signatures(to_secrets(*settings_.signing_keys, choose_credentials(settings_.credentials)));
}

std::shared_ptr<net::Front> Emulator::Impl::make_front(const app::Application& application, const app::Api& api) {
    gateway::FrontDoor door(application, api);
    const std::vector<std::string> fetched = keys_.give(door.access());
    ask_for_signatures(door.access());
    auto front = std::make_shared<net::Front>(std::move(door), settings_.clock_scale, deadlines_, ids_, make_ends(api));
    for (const std::string& issuer : fetched) front->refresh_keys(issuer, [] {});
    return front;
}

void Emulator::Impl::check_health(const app::Application& application, const app::Api& api,
                                  const app::HealthCheck& check) {
    health_checks_.push_back(std::make_shared<net::HealthChecks>(
        application, api, check, settings_.clock_scale, deadlines_, ids_,
        net::HealthChecks::Ends{.invoke = std::bind_front(&Impl::deliver, this),
                                .on_change = [this](auto& text) { observer_.on_advice("health-check", text); }}));
    health_checks_.back()->check();
}

void Emulator::Impl::open_site() {
    const app::Application& application = settings_.application;
    std::vector<std::shared_ptr<net::ApiFront>> fronts;
    std::vector<std::shared_ptr<net::WebSocketFront>> websockets;
    health_checks_.clear();
    mistakes_.clear();
    for (const app::Api& api : application.apis) {
        for (const app::HealthCheck& check : api.health_checks) check_health(application, api, check);
        if (api.kind == app::ApiKind::websocket) {
            gateway::WebSocketDoor door(application, api);
            ask_for_signatures(door.access());
            websockets.push_back(std::make_shared<net::WebSocketFront>(std::move(door), settings_.clock_scale,
                                                                       deadlines_, ids_, connections_, make_ends(api)));
            fronts.push_back(websockets.back());
        } else {
            fronts.push_back(make_front(application, api));
        }
        for (const event::Finding& finding : event::find_in_api(api)) {
            advise(api.id, finding.id, finding.subject, finding.text);
        }
        for (const std::string& stage : gateway::find_closed_stages(application, api)) {
            const event::Finding finding = event::closed_stage(api, stage);
            advise(api.id, finding.id, finding.subject, finding.text);
        }
    }
    connections_.move_to(std::move(websockets));
    auto patience = gateway::unnamed_patience(application);
    if (patience) patience = net::scaled(*patience, settings_.clock_scale);
    gateway_->open(std::make_shared<const net::Site>(
        net::Site{std::move(fronts), gateway::ApiSelector(application, gateway::sole_api(application)), patience,
                  gateway::silence_of(application)}));
}

void Emulator::Impl::tell_changed_types(const app::Application& before) {
    for (const app::Api& api : settings_.application.apis) {
        const auto old = std::ranges::find(before.apis, api.id, &app::Api::id);
        if (old == before.apis.end()) continue;
        const auto finding = event::find_changed_binary_types(*old, api);
        if (finding) advise(api.id, finding->id, finding->subject, finding->text);
    }
}

void Emulator::Impl::add_apis(Endpoints& endpoints) const {
    for (const app::Api& api : settings_.application.apis) {
        endpoints.apis.push_back({api.id, api.kind, to_api_url(settings_.application, api, endpoints.gateway), api.name,
                                  to_stages(settings_.application, api, endpoints.gateway)});
    }
}

}  // namespace understudy
