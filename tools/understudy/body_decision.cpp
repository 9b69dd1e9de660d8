#include "tools/understudy/body_decision.hpp"

#include "emulator/event/http_body_form.hpp"

namespace understudy::cli {
namespace {

using event::BodyForm;

constexpr std::string_view kRestSource = "API Gateway developer guide, lambda-proxy-binary-media";
constexpr std::string_view kHttpSource = "measured on AWS: ministackorg/ministack#766, floci-io/floci#2203";
constexpr std::string_view kUrlSource =
    "the table of HTTP APIs; for function URLs unverified but for multipart, JSON "
    "and text";
constexpr std::string_view kAlbSource = "Elastic Load Balancing guide, lambda-functions";
constexpr std::string_view kSamSource = "aws/aws-sam-cli samcli/local/apigw/event_constructor.py";
constexpr std::string_view kCodingSource = "unverified: as text a compressed body would be damaged";

std::string quoted(std::string_view text) {
    return '\'' + std::string(text) + '\'';
}

std::string listed(const std::vector<std::string>& entries) {
    std::string text;
    for (const std::string& entry : entries) text += (text.empty() ? "" : ", ") + entry;
    return text.empty() ? "empty" : text;
}

std::string shown_type(const http::Request& request) {
    const auto type = request.headers.last("Content-Type");
    return type ? "Content-Type " + quoted(*type) : "a missing Content-Type";
}

BodyDecision explain_none(app::ApiKind kind) {
    const std::string_view absent = kind == app::ApiKind::alb ? "an empty text" : "null or left out";
    return {BodyForm::none, "there is no body: in the event it is " + std::string(absent) + ", never base64",
            "recorded events of each front: docs/fidelity.md"};
}

BodyDecision explain_rest(const app::Api& api, const http::Request& request, BodyForm form) {
    const std::string types = "binaryMediaTypes (" + listed(api.binary_media_types) + ")";
    if (form == BodyForm::base64) {
        return {form, shown_type(request) + " is matched by " + types + ", without its parameters and case",
                kRestSource};
    }
    return {form, shown_type(request) + " is not matched by " + types + ": text, and what is no UTF-8 becomes U+FFFD",
            kRestSource};
}

std::string_view source_of(app::ApiKind kind) {
    if (kind == app::ApiKind::alb) return kAlbSource;
    return kind == app::ApiKind::url ? kUrlSource : kHttpSource;
}

}  // namespace

std::string_view form_name(BodyForm form) {
    switch (form) {
        case BodyForm::none:
            break;
        case BodyForm::text:
            return "text";
        case BodyForm::base64:
            return "base64";
    }
    return "none";
}

BodyDecision explain_body(const app::Api& api, const http::Request& request, BodyForm form, app::Profile profile) {
    if (form == BodyForm::none) return explain_none(api.kind);
    if (app::deviates(profile, api.kind, app::Deviation::request_form)) {
        const std::string_view is = form == BodyForm::base64 ? " is one" : " is none";
        return {form, shown_type(request) + std::string(is) + " of the binary types of all APIs together", kSamSource};
    }
    if (api.kind == app::ApiKind::rest) return explain_rest(api, request, form);
    if (form == BodyForm::text) {
        return {form, shown_type(request) + " is one of the types that travel as text", source_of(api.kind)};
    }
    if (event::is_compressed(request) ||
        (api.kind == app::ApiKind::alb && request.headers.contains("Content-Encoding"))) {
        return {form, "Content-Encoding makes every body base64",
                api.kind == app::ApiKind::alb ? kAlbSource : kCodingSource};
    }
    return {form, shown_type(request) + " is none of the types that travel as text", source_of(api.kind)};
}

}  // namespace understudy::cli
