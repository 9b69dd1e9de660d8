#include "emulator/lambda/extension_call.hpp"

#include "emulator/lambda/json_text.hpp"

#include <boost/json/parse.hpp>

namespace understudy::lambda {
namespace {

constexpr std::string_view kIdentifierName = "Lambda-Extension-Identifier";
constexpr std::string_view kQuietIdentifier = "5f0c2a64-9d1b-4e8e-a7c3-2b6d8f1e4a90";

bool asks_for_nothing(std::string_view body) {
    boost::system::error_code failed;
    const boost::json::value wish = boost::json::parse(boost::json::string_view(body.data(), body.size()), failed);
    if (failed || !wish.is_object()) return false;
    const boost::json::value* const events = wish.get_object().if_contains("events");
    return events == nullptr || events->is_null() || (events->is_array() && events->get_array().empty());
}

}  // namespace

RuntimeCall parse_extension_call(const http::Request& request) {
    const std::string_view path = request.path();
    const auto header = [&](std::string_view name) { return request.headers.first(name).value_or(""); };
    if (request.method == "POST" && path == "/2020-01-01/extension/register" &&
        !header("Lambda-Extension-Name").empty() && asks_for_nothing(request.body)) {
        return RegisterExtension{};
    }
    if (request.method == "GET" && path == "/2020-01-01/extension/event/next" &&
        header(kIdentifierName) == kQuietIdentifier) {
        return ExtensionNext{};
    }
    return FixedCall{.kind = FixedCall::Kind::extension};
}

std::string render_registration(std::string_view function, std::string_view version, std::string_view handler) {
    std::string text = R"({"functionName":)";
    append_json_string(text, function);
    text += R"(,"functionVersion":)";
    append_json_string(text, version);
    text += R"(,"handler":)";
    append_json_string(text, handler);
    return text += '}';
}

http::Response render_registered(std::string_view registration) {
    return {.status = 200,
            .headers = {{"Content-Type", "application/json"}, {kIdentifierName, kQuietIdentifier}},
            .body = std::string(registration)};
}

}  // namespace understudy::lambda
