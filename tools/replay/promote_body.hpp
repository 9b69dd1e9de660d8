#pragma once

#include "emulator/record/exchange.hpp"
#include "tools/match/value.hpp"
#include "tools/replay/yaml_text.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::replay {

/// Where the keys of a scenario's step, and of its `expect`, stand.
inline constexpr std::size_t kAtStep = 4, kAtExpect = 6;

/// Whether all of it is text that a scenario can hold as it is.
bool is_readable(std::string_view text);

/// What names and recorded values say, on one line, whatever they hold. Ends in a line break.
std::string to_comment(std::string text);
/// `2.5s`
std::string to_duration_text(std::chrono::milliseconds duration);

/// `key: value` at an indent, and the same of a value that may be longer.
std::string to_line(std::size_t indent, std::string_view key, const std::string& value);
std::string to_lines(std::size_t indent, std::string_view key, const match::Value& value, YamlUse use);

/// What is sent as it is.
enum class BodyKind : std::uint8_t { json, other };

/// A request's body in the form that people read best: YAML where that is the same JSON, else text, else hex. Nothing
/// for no body.
std::string to_request_body(std::string_view body, BodyKind kind);
/// A response's, as it is expected. Text that is JSON and in which values are redacted is compared by value. Where it
/// names the server as the request did, `host`, any address will do.
std::string to_expected_body(const record::HttpMessage& response, std::string_view host);
/// A function's reply.
std::string to_expected_reply(const std::string& reply);

}  // namespace understudy::replay
