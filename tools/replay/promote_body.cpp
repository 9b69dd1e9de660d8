#include "tools/replay/promote_body.hpp"

#include "emulator/http/hex.hpp"
#include "emulator/record/redaction.hpp"
#include "emulator/source/text.hpp"
#include "tools/match/json_value.hpp"
#include "tools/replay/own_address.hpp"
#include "tools/report/text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace understudy::replay {
namespace {

using match::Value;

/// Pairs of digits, in lines.
std::string to_hex_block(std::string_view bytes, std::size_t indent) {
    constexpr std::size_t kInLine = 32;
    if (bytes.size() <= kInLine) return " \"" + http::to_hex(bytes) + "\"\n";
    std::string text = " |\n";
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kInLine)))
        text += std::string(indent + 2, ' ') + http::to_hex(bytes.substr(0, kInLine)) + '\n';
    return text;
}

/// JSON that YAML can say. `null` it cannot: that is a key without a value.
std::optional<Value> parse_sayable(std::string_view body) {
    auto json = match::parse_json(body);
    if (!json || json->kind == match::Kind::null || !can_be_yaml(*json)) return std::nullopt;
    return std::move(*json);
}

std::string to_expected_bytes(const std::string& body) {
    if (body == record::kRedacted) return {};
    if (is_readable(body)) return to_line(kAtExpect, "body", to_redacted_matcher(body).value_or(to_yaml_scalar(body)));
    if (body.find(record::kRedacted) != std::string::npos)
        return std::string(kAtExpect, ' ') + "# the recorded body holds bytes that are redacted, and is not compared\n";
    return to_line(kAtExpect, "body_base64", "\"hex:" + http::to_hex(body) + '"');
}

}  // namespace

bool is_readable(std::string_view text) {
    while (!text.empty()) {
        const auto character = source::decode_character(text);
        if (character.code == source::kNotUtf8 ||
            (character.code < 0x20 && character.code != '\n' && character.code != '\t' && character.code != '\r'))
            return false;
        text.remove_prefix(character.width);
    }
    return true;
}

std::string to_comment(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return report::to_printable(text) + '\n';
}

std::string to_duration_text(std::chrono::milliseconds duration) {
    std::string text = std::to_string(static_cast<double>(duration.count()) / 1000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text + 's';
}

std::string to_line(std::size_t indent, std::string_view key, const std::string& value) {
    return std::string(indent, ' ') + std::string(key) + ": " + value + '\n';
}

std::string to_lines(std::size_t indent, std::string_view key, const Value& value, YamlUse use) {
    return std::string(indent, ' ') + std::string(key) + ':' + to_yaml(value, indent, use);
}

std::string to_request_body(std::string_view body, BodyKind kind) {
    if (body.empty()) return {};
    const auto json = kind == BodyKind::json ? parse_sayable(body) : std::nullopt;
    if (json) return to_lines(kAtStep, "request", *json, YamlUse::sent);
    if (is_readable(body)) return to_line(kAtStep, "request_text", to_yaml_scalar(body));
    return std::string(kAtStep, ' ') + "request_hex:" + to_hex_block(body, kAtStep);
}

std::string to_expected_body(const record::HttpMessage& response, std::string_view host) {
    if (response.headers.contains("content-encoding"))
        return std::string(kAtExpect, ' ') + "# the recorded body is packed, and is not compared\n";
    if (response.body == record::kRedacted) return {};
    const bool is_json = response.headers.first("content-type").value_or("").find("json") != std::string_view::npos;
    const auto body =
        is_readable(response.body) ? replace_address(response.body, host, record::kRedacted) : response.body;
    const bool is_redacted = body.find(record::kRedacted) != std::string::npos;
    auto json = is_json || is_redacted ? parse_sayable(response.body) : std::nullopt;
    if (!json) return to_expected_bytes(body);
    return to_lines(kAtExpect, "response", replace_address(*std::move(json), host, record::kRedacted),
                    YamlUse::expected);
}

std::string to_expected_reply(const std::string& reply) {
    const auto json = parse_sayable(reply);
    return json ? to_lines(kAtExpect, "response", *json, YamlUse::expected) : to_expected_bytes(reply);
}

}  // namespace understudy::replay
