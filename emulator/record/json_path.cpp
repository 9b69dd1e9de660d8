#include "emulator/record/json_path.hpp"

#include <algorithm>

namespace understudy::record {

void JsonPath::leave() {
    if (!frames_.empty()) frames_.pop_back();
    advance();
}

void JsonPath::advance() {
    if (!frames_.empty()) ++frames_.back().index;
}

/// A name without escapes stands in the text itself.
void JsonPath::come_to(std::string_view name) {
    if (frames_.empty()) frames_.emplace_back();
    if (name.find('\\') != std::string_view::npos) name = unescaped_names_.emplace_back(unescape(name));
    frames_.back().name = name;
}

const JsonPath::Frame& JsonPath::member_frame() const {
    return frames_.back().is_array && frames_.size() > 1 ? frames_[frames_.size() - 2] : frames_.back();
}

Role JsonPath::role_of_value(std::string_view json, const JsonScanner& ahead) const {
    if (frames_.empty()) return Role::plain;
    const Frame& frame = frames_.back();
    if (frame.role == Role::secret) return Role::secret;
    if (frame.is_array || kind_ == TextKind::body) return Role::plain;
    if (frame.role == Role::headers) return rules_.takes_header(frame.name) ? Role::secret : Role::plain;
    if (frame.role == Role::query || frame.role == Role::message)
        return takes_parameter(rules_, frame.name, to_query_of(frame.role)) ? Role::secret : Role::plain;
    const std::string_view name = frame.name;
    if (kind_ == TextKind::end_of_stream) return is_root_member("metadata") ? Role::headers : Role::plain;
    if (name == "headers" || name == "multiValueHeaders") return Role::headers;
    if (name == "queryStringParameters" || name == "multiValueQueryStringParameters")
        return tells_ahead_of_message(json, ahead) ? Role::message : Role::query;
    if (frames_.size() == 1) return role_of_root_member();
    const bool is_key = name == "apiKey" && frames_.size() == 3 && frames_[1].name == "identity";
    return is_key && rules_.takes_header("x-api-key") ? Role::secret : Role::plain;
}

/// What is a copy of a header's or a parameter's value.
Role JsonPath::role_of_root_member() const {
    bool is_taken = false;
    if (name() == "cookies") is_taken = rules_.takes_header(kind_ == TextKind::event ? "cookie" : "set-cookie");
    if (name() == "authorizationToken" || name() == "identitySource")
        is_taken = !rules_.headers.empty() || !rules_.query.empty();
    if (name() == "usageIdentifierKey") is_taken = rules_.takes_header("x-api-key");
    return is_taken ? Role::secret : Role::plain;
}

bool JsonPath::is_field_taken() const {
    if (frames_.empty() || !rules_.takes_fields()) return false;
    if (!frames_.back().is_array && rules_.takes_name(name())) return true;
    return std::ranges::any_of(rules_.paths, [&](const PathSteps& steps) {
        return std::ranges::equal(steps, frames_, [](const std::string& step, const Frame& frame) {
            if (!frame.is_array) return step == frame.name;
            return step == "[*]" || step == '[' + std::to_string(frame.index) + ']';
        });
    });
}

std::string JsonPath::text() const {
    std::string text;
    for (const Frame& frame : frames_) {
        if (frame.is_array) {
            text += '[' + std::to_string(frame.index) + ']';
        } else {
            text.append(1, '.').append(frame.name);
        }
    }
    return text;
}

}  // namespace understudy::record
