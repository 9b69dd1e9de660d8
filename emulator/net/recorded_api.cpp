#include "emulator/net/recorded_api.hpp"

#include "emulator/gateway/target.hpp"

namespace understudy::net {

RecordedPlace RecordedApi::place(std::size_t stage) const {
    const bool has_stages = !api_.stages.empty();
    return {std::string(app::kind_name(api_.kind)), api_.id,
            has_stages ? std::string(gateway::stage_name(api_, stage)) : std::string()};
}

RecordedPlace RecordedApi::place_of(const http::Request& request, const gateway::Entrance& entrance,
                                    const event::Facts& facts) const {
    const auto target = gateway::parse_target(request.target);
    const auto staged = target ? gateway::resolve_stage(api_, entrance, target->path) : std::nullopt;
    RecordedPlace place = this->place(staged ? staged->stage : 0);
    if (!staged) place.stage.clear();
    place.http2 = facts.http2;
    return place;
}

Responder RecordedApi::watch(const http::Request& request, const gateway::Entrance& entrance, const event::Facts& facts,
                             Responder responder) const {
    return recorder_->watch(request, place_of(request, entrance, facts), facts.request_id, std::move(responder));
}

void RecordedApi::record_refused(const http::Request& head, const gateway::Entrance& entrance,
                                 const event::Facts& facts, http::Response response, std::string missing) const {
    recorder_->record_refused(head, place_of(head, entrance, facts), facts.request_id, std::move(response),
                              std::move(missing));
}

void RecordedApi::record_broken(const http::Request& head, std::string id, http::Response response) const {
    RecordedPlace place = this->place(0);
    place.stage.clear();
    const http::Request start{head.method, head.target, head.minor_version, {}, {}};
    recorder_->record_refused(start, std::move(place), std::move(id), std::move(response),
                              "the request but for its start line: its head was refused");
}

}  // namespace understudy::net
