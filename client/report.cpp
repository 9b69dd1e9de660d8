#include "client/report.hpp"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace understudy::client {
namespace {

using google::protobuf::util::TimeUtil;
using logquery::v1::LogMessage;

template <class Request>
std::string render_window(const Request& request) {
    return "within " + TimeUtil::ToString(request.tolerance()) + " of " + TimeUtil::ToString(request.time());
}

/// The second byte of U+0080 to U+009F, which terminals obey as they obey ESC.
bool ends_control(char before, char c) {
    return before == '\xc2' && static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) < 0xa0;
}

std::string to_printable(std::string_view text) {
    std::string printable;
    for (const char c : text) {
        const bool control = (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t') || c == 0x7f;
        if (!printable.empty() && ends_control(printable.back(), c)) {
            printable.back() = '?';
        } else {
            printable.push_back(control ? '?' : c);
        }
    }
    return printable;
}

std::string indent_further_lines(std::string_view text) {
    std::string indented;
    for (const char c : text) {
        indented.push_back(c);
        if (c == '\n') indented.append("    ");
    }
    return indented;
}

std::string render_message(const LogMessage& message) {
    constexpr std::size_t kLevelWidth = 5;
    std::string level = message.level();
    level.resize(std::max(level.size(), kLevelWidth), ' ');
    std::string line = TimeUtil::ToString(message.time()) + " " + level + " ";
    if (!message.logger().empty()) line.append("[").append(message.logger()).append("] ");
    return to_printable(line + indent_further_lines(message.text())) + "\n";
}

}  // namespace

std::string render_check(const logquery::v1::CheckWindowRequest& request,
                         const logquery::v1::CheckWindowResponse& response) {
    return (response.found() ? "found: messages " : "not found: no message ") + render_window(request) + "\n";
}

std::string render_messages(const logquery::v1::FindMessagesRequest& request,
                            const logquery::v1::FindMessagesResponse& response) {
    std::string text;
    for (const LogMessage& message : response.messages()) text.append(render_message(message));
    const int count = response.messages_size();
    text.append(count == 0 ? "not found: no message" : "found: " + std::to_string(count) + " message");
    text.append(count > 1 ? "s " : " ").append(render_window(request));
    if (!request.pattern().empty()) text.append(" that match ").append(to_printable(request.pattern()));
    if (response.truncated()) text.append("; there are more: raise --limit or narrow the window");
    return text + "\n";
}

std::string render_failure(const wire::Status& status) {
    std::ostringstream text;
    text << status;
    return to_printable(text.str());
}

std::string render_json(const google::protobuf::Message& response) {
    google::protobuf::util::JsonPrintOptions options;
    options.always_print_primitive_fields = true;
    std::string json;
    const auto status = google::protobuf::util::MessageToJsonString(response, &json, options);
    if (!status.ok()) throw std::runtime_error("the reply has no JSON form: " + std::string(status.message()));
    return json + "\n";
}

}  // namespace understudy::client
