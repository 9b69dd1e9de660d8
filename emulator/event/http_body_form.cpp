#include "emulator/event/http_body_form.hpp"

#include "emulator/event/media_type.hpp"

namespace understudy::event {

bool is_compressed(const http::Request& request) {
    const auto encoding = request.headers.last("Content-Encoding");
    return encoding && !http::same_name(*encoding, "identity");
}

BodyForm http_body_form(const http::Request& request) {
    if (request.body.empty()) return BodyForm::none;
    if (is_compressed(request)) return BodyForm::base64;
    return is_http_api_text(request.headers.last("Content-Type")) ? BodyForm::text : BodyForm::base64;
}

BodyForm alb_body_form(const http::Request& request) {
    if (request.body.empty()) return BodyForm::none;
    if (request.headers.contains("Content-Encoding")) return BodyForm::base64;
    return is_alb_text(request.headers.last("Content-Type")) ? BodyForm::text : BodyForm::base64;
}

}  // namespace understudy::event
