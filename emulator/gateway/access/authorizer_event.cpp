#include "emulator/gateway/access/authorizer_event.hpp"

#include "emulator/event/json_writer.hpp"

#include <algorithm>

namespace understudy::access {
namespace {

/// The members of an event without a body, as a list: what stands between its braces, without `body` and
/// `isBase64Encoded` at its end and without `version` at its beginning.
std::string_view members(std::string_view event) {
    for (const std::string_view end : {"}", R"("isBase64Encoded":false)", ",", R"("body":null)", ","}) {
        if (event.ends_with(end)) event.remove_suffix(end.size());
    }
    for (const std::string_view begin : {"{", R"("version":"2.0",)", R"("version":"1.0",)"}) {
        if (event.starts_with(begin)) event.remove_prefix(begin.size());
    }
    return event;
}

std::string join_identities(const std::vector<std::string>& texts) {
    std::string joined;
    for (const std::string& text : texts) joined.append(joined.empty() ? "" : ",").append(text);
    return joined;
}

/// Ends the object with the members of an event.
void close(event::JsonWriter& json, std::string_view event) {
    json.raw(members(event));
    json.end_object();
}

}  // namespace

std::string render_method_arn(std::string_view region, const event::Place& place) {
    std::string arn = "arn:aws:execute-api:";
    arn.append(region).append(":").append(place.account).append(":").append(place.api_id);
    arn.append("/").append(place.stage).append("/");
    if (place.method.empty()) return arn.append(place.route);
    arn.append(place.method);
    if (!place.path.starts_with('/')) arn += '/';
    return arn.append(place.path);
}

std::string render_token_event(std::string_view method_arn, std::string_view token) {
    std::string text;
    event::JsonWriter json(text);
    json.begin_object();
    json.key("type").text("TOKEN");
    json.key("methodArn").text(method_arn);
    json.key("authorizationToken").text(token);
    json.end_object();
    return text;
}

std::string render_rest_request_event(std::string_view method_arn, std::string_view event) {
    std::string text;
    event::JsonWriter json(text);
    json.begin_object();
    json.key("type").text("REQUEST");
    json.key("methodArn").text(method_arn);
    close(json, event);
    return text;
}

std::string render_http_request_event(std::string_view route_arn, const std::vector<std::string>& identities,
                                      std::string_view event) {
    std::string text;
    event::JsonWriter json(text);
    json.begin_object();
    json.key("version").text("2.0");
    json.key("type").text("REQUEST");
    json.key("routeArn").text(route_arn);
    json.key("identitySource");
    if (identities.empty()) {
        json.null();
    } else {
        json.begin_array();
        for (const std::string& identity : identities) json.text(identity);
        json.end_array();
    }
    close(json, event);
    return text;
}

std::string render_http1_request_event(std::string_view method_arn, const std::vector<std::string>& identities,
                                       std::string_view event) {
    std::string text;
    const std::string joined = join_identities(identities);
    event::JsonWriter json(text);
    json.begin_object();
    json.key("version").text("1.0");
    json.key("type").text("REQUEST");
    json.key("methodArn").text(method_arn);
    for (const std::string_view name : {"identitySource", "authorizationToken"}) {
        json.key(name);
        identities.empty() ? json.null() : json.text(joined);
    }
    close(json, event);
    return text;
}

}  // namespace understudy::access
