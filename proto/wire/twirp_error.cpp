#include "proto/wire/twirp_error.hpp"

#include "proto/wire/json_body.hpp"

#include <array>
#include <optional>

namespace understudy::wire {
namespace {

// By code.
constexpr std::array<int, 17> kHttpStatuses{200, 408, 500, 400, 408, 404, 409, 403, 429,
                                            412, 409, 400, 501, 500, 503, 500, 401};

std::optional<Code> parse_twirp_name(std::string_view name) {
    if (name == "malformed") return Code::invalid_argument;
    if (name == kBadRoute) return Code::unimplemented;
    if (name == "dataloss") return Code::data_loss;
    const auto code = parse_code_name(name);
    return code == Code::ok ? std::nullopt : code;
}

// As Twirp's clients take what somebody on the way has answered: but for 429, as those of the other protocols.
Code infer_twirp_code(int http_status) {
    constexpr int kTooManyRequests = 429;
    return http_status == kTooManyRequests ? Code::resource_exhausted : infer_code(http_status);
}

}  // namespace

int to_twirp_http_status(Code code) {
    return kHttpStatuses[static_cast<std::size_t>(code)];
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
