#include "proto/wire/twirp_error.hpp"

#include "proto/wire/json_body.hpp"

#include <array>
#include <optional>

namespace understudy::wire {
namespace {

struct TwirpRow {
    std::string_view name;
    int http_status;
};

constexpr std::array<TwirpRow, 17> kTwirpRows{{
    {"ok", 200},
    {"canceled", 408},
    {"unknown", 500},
    {"invalid_argument", 400},
    {"deadline_exceeded", 408},
    {"not_found", 404},
    {"already_exists", 409},
    {"permission_denied", 403},
    {"resource_exhausted", 429},
    {"failed_precondition", 412},
    {"aborted", 409},
    {"out_of_range", 400},
    {"unimplemented", 501},
    {"internal", 500},
    {"unavailable", 503},
    {"dataloss", 500},
    {"unauthenticated", 401},
}};

std::optional<Code> parse_twirp_name(std::string_view name) {
    if (name == "malformed") return Code::invalid_argument;
    if (name == kBadRoute) return Code::unimplemented;
    for (std::size_t i = 1; i < kTwirpRows.size(); ++i) {
        if (kTwirpRows[i].name == name) return static_cast<Code>(i);
    }
    return std::nullopt;
}

// As Twirp's clients take what somebody on the way has answered: but for 429, as those of the other protocols.
Code infer_twirp_code(int http_status) {
    constexpr int kTooManyRequests = 429;
    return http_status == kTooManyRequests ? Code::resource_exhausted : infer_code(http_status);
}

}  // namespace

std::string_view to_twirp_name(Code code) {
    return kTwirpRows[static_cast<std::size_t>(code)].name;
}

int to_twirp_http_status(Code code) {
    return kTwirpRows[static_cast<std::size_t>(code)].http_status;
}

std::string render_twirp_error(const Status& status, std::string_view name) {
    std::string body = R"({"code":")";
    return body.append(name).append(R"(","msg":)").append(to_json_string(status.message())).append("}");
}

Status parse_twirp_error(int http_status, std::string_view body) {
    const auto object = parse_json_object(body);
    const std::string* name = find_string(object, "code");
    const auto code = name == nullptr ? std::nullopt : parse_twirp_name(*name);
    const std::string* message = find_string(object, code ? "msg" : "message");
    return {code.value_or(infer_twirp_code(http_status)),
            message == nullptr ? "HTTP status " + std::to_string(http_status) : *message};
}

}  // namespace understudy::wire
