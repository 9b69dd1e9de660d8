#include "tools/replay/plan.hpp"

#include "emulator/source/suggestion.hpp"
#include "emulator/source/word_list.hpp"
#include "tools/replay/connection_call.hpp"
#include "tools/replay/entrance.hpp"
#include "tools/replay/subject.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace understudy::replay {
namespace {

using source::Problem;
using source::ProblemCode;

constexpr const char* kOfConnections =
    "they are calls of @connections, which are compared where a template's WebSockets are opened again, without -j";
constexpr const char* kIncomplete = "parts of them are missing in the recording";
constexpr const char* kUnfinished = "they were refused before they were whole, and are not sent again";

/// Why an invocation is not repeated; empty where it is.
std::string find_obstacle(const record::Invocation& invocation, const Runners& runners) {
    const auto& function = invocation.function;
    if (!runners.has_command() && !runners.functions.contains(function))
        return "there is no function '" + function + "'";
    if (runners.has_command() && invocation.authorizer)
        return "authorizers' events have no function here; a template has";
    if (runners.has_command() && !runners.recorded.empty() && !function.empty() && function != runners.recorded)
        return "they are of the function '" + function + "' (--function names the one that the command is)";
    if (runners.needs == Needs::event) return {};
    if (invocation.outcome == record::Outcome::throttled) return "they were throttled when they were recorded";
    if (invocation.outcome == record::Outcome::unknown)
        return "no reply to them was recorded (--baseline and --candidate compare two builds)";
    return {};
}

/// Whether nothing is missing but the ends of its invocations: a function whose time was up.
bool has_whole_events(const record::Exchange& exchange) {
    return !exchange.invocations.empty() &&
           std::all_of(exchange.invocations.begin(), exchange.invocations.end(), [](const auto& invocation) {
               return invocation.outcome == record::Outcome::unknown && !invocation.event.empty();
           });
}

bool is_senders_own(std::string_view name) {
    constexpr std::array<std::string_view, 7> kOwn{"host",   "content-length", "connection",      "transfer-encoding",
                                                   "expect", "keep-alive",     "proxy-connection"};
    return std::any_of(kOwn.begin(), kOwn.end(), [&](std::string_view own) { return http::same_name(own, name); });
}

bool is_token_letter(char c) {
    const bool is_alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return is_alphanumeric || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

/// What names a method or a header [RFC 9110 5.6.2].
bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_token_letter);
}

bool holds_line_end(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

/// Why a request would be another one, or several, on the wire; empty where it would not. Recordings and archives may
/// come from anybody.
std::string find_unwritable(const http::Request& request) {
    if (request.method.empty()) return "they have no start line that could be sent";
    if (holds_line_end(request.method) || holds_line_end(request.target))
        return "their start line has line breaks in it, and would be another request";
    for (const auto line : request.headers) {
        if (!is_token(line.name) || holds_line_end(line.value))
            return "they have a header that would be another one when it is sent";
    }
    return {};
}

http::Request to_raw_request(const record::Exchange& exchange, const Doors& doors) {
    http::Request request;
    const auto [method, target] = parse_request_line(exchange.request->start_line);
    request.method = method;
    request.target = target;
    const std::string* trace = nullptr;
    if (doors.recorded_ids && !exchange.invocations.empty() && !exchange.invocations.back().trace.empty())
        trace = &exchange.invocations.back().trace;
    for (const auto line : exchange.request->headers) {
        const bool replaced = is_senders_own(line.name) || doors.headers.contains(line.name) ||
                              (trace != nullptr && http::same_name(line.name, "x-amzn-trace-id"));
        if (!replaced) request.headers.add(line.name, line.value);
    }
    for (const auto line : doors.headers) request.headers.add(line.name, line.value);
    if (trace != nullptr) request.headers.add("X-Amzn-Trace-Id", *trace);
    request.body = exchange.request->body;
    return request;
}

/// Whether a door is of the kind that an exchange came through; both payload formats of HTTP APIs are one.
bool is_of_kind(const Door& door, std::string_view front) {
    return door.front == (front == "http1" ? "http" : front);
}

std::string suggest_api(const Doors& doors) {
    std::vector<std::string_view> names;
    for (const Door& door : doors.doors) names.push_back(door.name);
    return " (--api sends them to one: " + source::render_list(names, "or") + ')';
}

/// The door that a request named: it has that id or name, or is the only one of its kind.
source::Result<const Door*> find_door(const record::Exchange& exchange, const Entrance& entrance, const Doors& doors) {
    if (const Door* named = find_door(doors, entrance.api)) return named;
    const auto is_same_kind = [&](const Door& door) { return is_of_kind(door, exchange.front); };
    const auto by_kind = std::find_if(doors.doors.begin(), doors.doors.end(), is_same_kind);
    const bool sole = std::count_if(doors.doors.begin(), doors.doors.end(), is_same_kind) == 1;
    if (sole) return &*by_kind;
    return Problem(
        ProblemCode::not_found,
        "the template has " + std::string(by_kind == doors.doors.end() ? "no API" : "several APIs") + " of kind " +
            exchange.front + ", and " +
            (entrance.api.empty() ? "they name none" : "none is called '" + std::string(entrance.api) + "'") +
            (doors.of_template ? suggest_api(doors) : ""));
}

/// Whether a host is a custom domain of the template.
bool is_domain(std::string_view host, const Doors& doors) {
    const std::string_view name = host.substr(0, host.find(':'));
    return std::ranges::any_of(doors.domains, [name](const auto& domain) { return http::same_name(domain, name); });
}

/// Sends a request to a door whatever it named.
void redirect(const record::Exchange& exchange, const Door& door, const record::Session* session, AgainRequest& again) {
    if (!door.url.empty()) again.base_url = door.url;
    again.request.target = to_root_target(exchange, session);
}

/// What the one API at the root was asked, under whatever host, goes to the same one of several.
source::Result<void> choose_api(const record::Exchange& exchange, const Doors& doors, const record::Session* session,
                                AgainRequest& again) {
    const auto* api = find_described_api(exchange, session);
    const Entrance meant{.kind = {}, .api = api == nullptr ? exchange.api : api->name, .service = {}, .target = {}};
    const Door* chosen = find_door(doors, meant.api);
    if (chosen == nullptr) chosen = find_door(doors, doors.chosen);
    const auto door = chosen != nullptr ? source::Result<const Door*>(chosen) : find_door(exchange, meant, doors);
    if (!door) return door.error();
    redirect(exchange, **door, session, again);
    return {};
}

/// Has the request name the API of today as the recorded one named it.
source::Result<void> name_api(const record::Exchange& exchange, const Doors& doors, const record::Session* session,
                              AgainRequest& again) {
    const auto entrance = find_entrance(exchange);
    http::Request& request = again.request;
    if (entrance.kind == Entrance::Kind::root) {
        const auto host = exchange.request->headers.first("host").value_or("");
        if (!is_domain(host, doors)) return choose_api(exchange, doors, session, again);
        request.headers.add("Host", host);
        return {};
    }
    const Door* chosen = find_door(doors, entrance.api) == nullptr ? find_door(doors, doors.chosen) : nullptr;
    if (chosen != nullptr) {
        redirect(exchange, *chosen, session, again);
        return {};
    }
    const auto door = find_door(exchange, entrance, doors);
    if (!door) return door.error();
    if (entrance.kind == Entrance::Kind::path)
        request.target = "/_apis/" + (*door)->id + std::string(entrance.target);
    else
        request.headers.add("Host", (*door)->id + '.' + std::string(entrance.service) + ".localhost");
    return {};
}

source::Result<AgainRequest> choose_request(const record::Exchange& exchange, const Doors& doors,
                                            const record::Session* session) {
    if (auto why = find_sending_obstacle(exchange); !why.empty())
        return Problem(ProblemCode::unsupported, std::move(why));
    if (exchange.front == "websocket")
        return Problem(ProblemCode::unsupported,
                       "they are of WebSockets, whose events can be replayed and whose messages cannot be sent "
                       "(--edge event replays these)");
    if (!exchange.request || !exchange.response)
        return Problem(ProblemCode::unsupported, "only their events were recorded (--edge event replays these)");
    AgainRequest again{doors.url, to_raw_request(exchange, doors)};
    if (exchange.front == "invoke") {
        if (doors.lambda.empty())
            return Problem(ProblemCode::unsupported, "they went to the Lambda API, not through an API");
        again.base_url = doors.lambda;
        return again;
    }
    // One API answers at the root, where its stage is implied.
    if (doors.doors.size() == 1 && !doors.any_front && !is_of_kind(doors.doors.front(), exchange.front))
        return Problem(ProblemCode::unsupported, "they went through a front door of another kind, " + exchange.front +
                                                     (doors.of_template ? suggest_api(doors) : ""));
    if (doors.doors.size() < 2) {
        again.request.target = to_root_target(exchange, session);
        return again;
    }
    if (const auto named = name_api(exchange, doors, session, again); !named) return named.error();
    return again;
}

}  // namespace

const Door* find_door(const Doors& doors, std::string_view id_or_name) {
    const auto found = std::find_if(doors.doors.begin(), doors.doors.end(), [&](const Door& door) {
        return !id_or_name.empty() && (http::same_name(door.id, id_or_name) || http::same_name(door.name, id_or_name));
    });
    return found == doors.doors.end() ? nullptr : &*found;
}

source::Problem to_unknown_api(const Doors& doors) {
    std::vector<std::string_view> names;
    for (const auto& door : doors.doors) names.push_back(door.name);
    return source::Problem(source::ProblemCode::not_found, "the template has no API '" + doors.chosen + "'")
        .with_hint(source::render_suggestion(doors.chosen, names))
        .with_note(names.empty() ? "it has none at all" : "its APIs are " + source::render_list(names, "and"));
}

std::string find_sending_obstacle(const record::Exchange& exchange) {
    if (is_unfinished(exchange)) return kUnfinished;
    if (const auto scheme = find_other_scheme(exchange); !scheme.empty())
        return "they went to URLs of '" + std::string(scheme) + "', which are none of HTTP";
    if (!exchange.missing.empty()) return kIncomplete;
    return find_called_connection(exchange) ? kOfConnections : "";
}

PlannedEvents plan_events(const record::Exchange& exchange, const Runners& runners) {
    PlannedEvents planned;
    if (is_unfinished(exchange)) return {{}, {kUnfinished}};
    if (!exchange.missing.empty() && !has_whole_events(exchange)) return {{}, {kIncomplete}};
    if (find_called_connection(exchange)) return {{}, {kOfConnections}};
    if (exchange.invocations.empty()) return {{}, {"the gateway answered them by itself, no function was asked"}};
    for (std::size_t i = 0; i < exchange.invocations.size(); ++i) {
        if (auto obstacle = find_obstacle(exchange.invocations[i], runners); obstacle.empty())
            planned.invocations.push_back(i);
        else
            planned.left_out.push_back(std::move(obstacle));
    }
    return planned;
}

std::string find_request_obstacle(const record::Exchange& exchange, const record::Session* session,
                                  const Runners& runners) {
    if (!runners.has_command() || !exchange.request || exchange.front == "websocket") return {};
    std::string function;
    for (const auto& invocation : exchange.invocations) {
        if (!invocation.authorizer) function = invocation.function;
    }
    const bool is_template = session != nullptr && !session->template_sha256.empty();
    if (function.empty() && is_template) return "the template's gateway answered them by itself; a command has none";
    const bool is_other = !function.empty() && !runners.recorded.empty() && function != runners.recorded;
    return is_other ? find_obstacle(record::Invocation{.function = function}, runners) : std::string();
}

source::Result<AgainRequest> to_request(const record::Exchange& exchange, const Doors& doors,
                                        const record::Session* session) {
    auto again = choose_request(exchange, doors, session);
    if (!again) return again;
    if (auto why = find_unwritable(again->request); !why.empty())
        return Problem(ProblemCode::unsupported, std::move(why));
    return again;
}

source::Result<AgainRequest> to_handshake(const record::Exchange& exchange, const Doors& doors,
                                          const record::Session* session) {
    AgainRequest again{doors.url, to_raw_request(exchange, doors)};
    if (again.request.method != "GET" || !exchange.response)
        return Problem(ProblemCode::unsupported, "they are no handshakes of WebSockets");
    if (auto why = find_unwritable(again.request); !why.empty())
        return Problem(ProblemCode::unsupported, std::move(why));
    const auto entrance = find_entrance(exchange);
    const auto* api = find_described_api(exchange, session);
    Entrance meant = entrance;
    if (entrance.kind == Entrance::Kind::root) meant.api = api == nullptr ? exchange.api : api->name;
    const auto door = find_door(exchange, meant, doors);
    if (!door) return door.error();
    again.base_url = (*door)->url;
    // A WebSocket API is asked at its stage, which has no path below it.
    const auto query = again.request.target.find('?');
    again.request.target.erase(0, std::min(query, again.request.target.size()));
    return again;
}

}  // namespace understudy::replay
