#include "emulator/gateway/gateway_responses.hpp"

#include "emulator/event/json_text.hpp"
#include "emulator/gateway/response_template.hpp"

#include <algorithm>

namespace understudy::gateway {
namespace {

constexpr std::string_view kJson = "application/json";

std::string look_up(const ResponseContext& context, std::string_view name) {
    constexpr std::string_view kHeader = "method.request.header.";
    if (name.starts_with(kHeader)) return std::string(context.headers.last(name.substr(kHeader.size())).value_or(""));
    const auto found = context.variables.find(name);
    return found == context.variables.end() ? std::string() : found->second;
}

bool is_variable(std::string_view text) {
    return text.starts_with("context.") || text.starts_with("stageVariables.") || text.starts_with("method.request.");
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/// The name that begins behind a `$`; a dot at its end is no part of it.
std::string_view variable_name(std::string_view text) {
    const auto end = std::ranges::find_if_not(text, is_name_character);
    std::string_view name = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    while (name.ends_with('.')) name.remove_suffix(1);
    return is_variable(name) ? name : std::string_view();
}

std::string fill_in(std::string_view text, const ResponseContext& context) {
    std::string filled;
    while (!text.empty()) {
        const auto sign = std::min(text.find('$'), text.size());
        filled.append(text.substr(0, sign));
        text.remove_prefix(sign);
        if (text.empty()) break;
        const std::string_view name = variable_name(text.substr(1));
        filled.append(name.empty() ? "$" : look_up(context, name));
        text.remove_prefix(1 + name.size());
    }
    return filled;
}

ResponseContext with_error(ResponseContext context, const GatewayError& error, std::string_view body,
                           std::string_view validation_error) {
    const std::string message(message_of(body));
    const bool quoted = message.size() > 1 && message.starts_with('"');
    context.variables["context.error.messageString"] = message;
    context.variables["context.error.message"] = quoted ? message.substr(1, message.size() - 2) : message;
    context.variables["context.error.responseType"] = error.response_type;
    std::string escaped;
    event::append_json_text(escaped, validation_error);
    context.variables["context.error.validationErrorString"] = std::move(escaped);
    return context;
}

std::string_view header_name(std::string_view name) {
    constexpr std::string_view kHeaderKey = "gatewayresponse.header.";
    return name.starts_with(kHeaderKey) ? name.substr(kHeaderKey.size()) : name;
}

int status_of(const app::GatewayResponse& response, const GatewayError& error) {
    if (response.type == "REQUEST_TOO_LARGE") return error.status;
    if (response.status) return *response.status;
    return response.type == "INTEGRATION_FAILURE" ? 504 : error.status;
}

}  // namespace

const app::GatewayResponse* GatewayResponses::find(const GatewayError& error) const {
    const auto by_type = [&](std::string_view type) {
        return std::ranges::find(responses_, type, &app::GatewayResponse::type);
    };
    auto found = error.response_type.empty() ? responses_.end() : by_type(error.response_type);
    if (found == responses_.end()) found = by_type(error.status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
    return found == responses_.end() ? nullptr : &*found;
}

http::Response GatewayResponses::render(const GatewayError& error, std::string body, std::string_view validation_error,
                                        const ResponseContext& known) const {
    const app::GatewayResponse* custom = find(error);
    if (custom == nullptr) return {error.status, {{"Content-Type", kJson}}, std::move(body)};
    const ResponseContext context = with_error(known, error, body, validation_error);
    http::Response response;
    response.status = status_of(*custom, error);
    const auto* chosen = choose_template(custom->templates, context.headers);
    response.headers.add("Content-Type", chosen == nullptr ? kJson : chosen->first);
    for (const auto& [name, value] : custom->headers) {
        response.headers.add(header_name(name), is_variable(value) ? look_up(context, value) : value);
    }
    response.body = chosen == nullptr ? std::move(body) : fill_in(chosen->second, context);
    return response;
}

}  // namespace understudy::gateway
