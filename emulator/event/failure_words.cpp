#include "emulator/event/failure_words.hpp"

#include "emulator/event/text.hpp"
#include "emulator/http/utf8.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace understudy::event {
namespace {

constexpr std::string_view kOfBase64[] = {"base64", "base-64", "base 64", "incorrect padding", "correctly encoded"};
constexpr std::string_view kOfText[] = {"utf-8", "utf8", "unicode", "codec"};
constexpr std::string_view kOfJson[] = {"json", "expecting value", "expected value", "beginning of value"};
constexpr std::string_view kOfProtobuf[] = {
    "protobuf",    "protocolbuffer", "protocol buffer",      "protocol message", "proto:",
    "wire type",   "wiretype",       "wire format",          "wire-format",      "parsing message",
    "illegal tag", "invalid tag",    "index out of range: ", "premature eof"};
constexpr std::string_view kReading[] = {"pars", "decod", "deserial", "unmarshal"};
constexpr std::string_view kRead[] = {"message", "body", "request", "payload"};
constexpr std::string_view kOfAbsence[] = {"null",  "nonetype", "not none",        "`none`",      "undefined",
                                           "empty", "body",     "nil into string", "for nil:nil", "unexpected end"};

bool holds(std::string_view text, std::span<const std::string_view> words) {
    return std::ranges::any_of(words, [text](auto word) { return text.find(word) != std::string_view::npos; });
}

/// Rust's base64 does not name itself: `Invalid symbol 123, offset 0.`
bool is_rusts_base64(std::string_view text) {
    return (text.find("invalid symbol ") != std::string_view::npos ||
            text.find("invalid byte ") != std::string_view::npos) &&
           text.find(", offset ") != std::string_view::npos;
}

struct Said {
    std::string type;
    std::string message;
};

Said parse_said(std::string_view error) {
    boost::json::error_code fault;
    const boost::json::value parsed = boost::json::parse(error, fault);
    const auto* const object = fault ? nullptr : parsed.if_object();
    const auto member = [object](const char* name) -> const boost::json::string* {
        const auto* const value = object == nullptr ? nullptr : object->if_contains(name);
        return value == nullptr ? nullptr : value->if_string();
    };
    const auto* const type = member("errorType");
    const auto* const message = member("errorMessage");
    if (type == nullptr && message == nullptr) return {{}, std::string(error)};
    return {type == nullptr ? std::string() : std::string(*type),
            message == nullptr ? std::string() : std::string(*message)};
}

About find_about(const std::string& text, std::string_view message) {
    if (holds(text, kOfBase64) || is_rusts_base64(text)) return About::base64;
    if (holds(text, kOfText)) return About::other;
    if (holds(text, kOfJson)) return About::json;
    if (holds(text, kOfProtobuf) || message == "unexpected EOF") return About::protobuf;
    return holds(text, kReading) && holds(text, kRead) ? About::reading : About::other;
}

/// `Unexpected token 'C', "CgNh"`, `Unexpected token C in JSON`, `unexpected token at 'CgNh'`, `invalid character 'C'`.
std::string find_token(std::string_view message) {
    for (const std::string_view before : {"token at ", "token ", "character "}) {
        const auto found = message.find(before);
        if (found == std::string_view::npos) continue;
        std::string_view rest = message.substr(found + before.size());
        if (rest.starts_with('\'') || rest.starts_with('"')) rest.remove_prefix(1);
        return std::string(rest.substr(0, rest.starts_with(http::kReplacement) ? http::kReplacement.size() : 1));
    }
    return {};
}

}  // namespace

FailureWords read_failure(std::string_view error) {
    const Said said = parse_said(error);
    std::string all = said.type + '\n' + said.message;
    const std::string text = to_lower(all);
    return {std::move(all), find_about(text, said.message), find_token(said.message), holds(text, kOfAbsence)};
}

}  // namespace understudy::event
