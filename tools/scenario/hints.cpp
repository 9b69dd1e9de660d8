#include "tools/scenario/hints.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/source/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

namespace understudy::scenario {

namespace {

namespace protobuf = google::protobuf;

bool is_message(std::string_view bytes, const protobuf::Message& prototype) {
    const std::unique_ptr<protobuf::Message> message(prototype.New());
    return message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

// The bytes whose Latin-1 characters a text in UTF-8 spells; nullopt where it has others, or bytes below 0x80 alone.
std::optional<std::string> undo_utf8(std::string_view text) {
    std::string bytes;
    const auto size = text.size();
    while (!text.empty()) {
        const auto character = source::decode_character(text);
        if (character.code > 0xFF) return std::nullopt;
        bytes += static_cast<char>(character.code);
        text.remove_prefix(character.width);
    }
    return bytes.size() == size ? std::nullopt : std::optional(std::move(bytes));
}

// Standard base64 of what is written in the alphabet for URLs, or without padding; nullopt where it is neither.
std::optional<std::string> to_standard_base64(std::string_view text) {
    if (text.empty() || (text.find_first_of("-_") == std::string_view::npos && text.size() % 4 == 0))
        return std::nullopt;
    std::string standard(text);
    std::replace(standard.begin(), standard.end(), '-', '+');
    std::replace(standard.begin(), standard.end(), '_', '/');
    while (standard.size() % 4 != 0) standard += '=';
    return standard;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    const auto begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

std::string find_base64(std::string_view body, const protobuf::Message& prototype) {
    const auto holds_message = [&](std::string_view text) {
        const auto bytes = http::parse_base64(text);
        return bytes && !bytes->empty() && is_message(*bytes, prototype);
    };
    const auto text = trimmed(body);
    if (holds_message(text))
        return "the body is the message as base64 text: a REST API decodes it only where the first type of the Accept "
               "header matches its binary_media_types; elsewhere, isBase64Encoded is missing or false in the "
               "function's "
               "reply";
    if (text.size() > 2 && text.front() == '"' && text.back() == '"' && holds_message(text.substr(1, text.size() - 2)))
        return "the body is the message as base64 in a JSON string: the function's reply is that text alone; reply "
               "with an object of statusCode, headers, body and isBase64Encoded true";
    const auto standard = to_standard_base64(text);
    if (standard && holds_message(*standard))
        return "the body is the message as base64 for URLs, or without padding: gateways decode standard base64 only, "
               "with + and / and padded by =";
    return {};
}

// What whole formats begin with.
std::string find_format(std::string_view body) {
    if (body.starts_with("\x1F\x8B"))
        return "the body is gzip: it was compressed, and nothing names a Content-Encoding that the client undoes; "
               "compress at the gateway, or not at all";
    const auto text = trimmed(body);
    if (text.starts_with('{') || text.starts_with('['))
        return "the body looks like JSON: the function, or a gateway before it, did not answer in the request's "
               "content type";
    if (text.starts_with('<'))
        return "the body looks like a page of HTML or XML: something else than the function answered; look at the URL";
    return {};
}

void add(std::vector<std::string>& hints, std::string hint) {
    if (!hint.empty()) hints.push_back(std::move(hint));
}

}  // namespace

bool is_bare_message(std::string_view bytes, const google::protobuf::Message& prototype) {
    const std::unique_ptr<protobuf::Message> message(prototype.New());
    return !bytes.empty() && message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) &&
           message->GetReflection()->GetUnknownFields(*message).empty();
}

// A flag byte and a big-endian length before the message, as in gRPC and gRPC-Web.
bool is_framed_message(std::string_view body, const google::protobuf::Message& prototype) {
    constexpr std::size_t kPrefix = 5;
    if (body.size() < kPrefix || body[0] != 0) return false;
    std::uint32_t length = 0;
    for (std::size_t i = 1; i < kPrefix; ++i) length = length << 8 | static_cast<unsigned char>(body[i]);
    return length <= body.size() - kPrefix && is_message(body.substr(kPrefix, length), prototype);
}

std::optional<std::string> find_replaced_bytes(std::string_view body) {
    if (body.find("\xEF\xBF\xBD") == std::string_view::npos) return std::nullopt;
    return "the body holds EF BF BD, the replacement for bytes that are not UTF-8: somewhere a binary body was "
           "treated as text; reply with isBase64Encoded true, and name the content type in binary_media_types";
}

std::vector<std::string> to_hints(std::string_view body, const protobuf::Message& prototype) {
    std::vector<std::string> hints;
    add(hints, find_base64(body, prototype));
    if (auto replaced = find_replaced_bytes(body)) hints.push_back(*std::move(replaced));
    if (const auto bytes = undo_utf8(body); bytes && is_message(*bytes, prototype))
        hints.push_back(
            "the body is the message with each byte above 7F written as UTF-8: the function put raw bytes into a JSON "
            "string; reply with base64 and isBase64Encoded true");
    if (is_framed_message(body, prototype))
        hints.push_back(
            "the body is a framed message (gRPC's five bytes of flag and length come first), where the bare message is "
            "expected");
    add(hints, find_format(body));
    return hints;
}

std::vector<std::string> to_json_hints(std::string_view body) {
    if (body.empty()) return {"the body is empty: JSON has no such value; the function's reply may lack its body"};
    const auto bytes = http::parse_base64(trimmed(body));
    const bool is_text = bytes && (trimmed(*bytes).starts_with('{') || trimmed(*bytes).starts_with('['));
    std::vector<std::string> hints;
    if (is_text)
        hints.push_back("the body is JSON as base64 text: isBase64Encoded is missing or false in the function's reply");
    const auto format = find_format(body);
    if (!format.starts_with("the body looks like JSON")) add(hints, format);
    return hints;
}

std::vector<std::string> to_status_hints(int status, std::string_view body) {
    struct Meaning {
        int status;
        std::string_view words;  ///< In the body.
        std::string_view hint;
    };
    // What gateways themselves answer; a function's own body has other words.
    constexpr std::array kMeanings{
        Meaning{
            403, "Missing Authentication Token",
            "a REST API answers so where it has no such route or method: look at the path, its stage and the method"},
        Meaning{403, "not authorized to access this resource", "the authorizer's policy does not allow this route"},
        Meaning{403, "\"Forbidden\"",
                "the gateway refused the call: an API key that is missing or unknown, or a function URL that wants a "
                "signature"},
        Meaning{401, "\"Unauthorized\"", "the authorizer found no token, or none that it takes"},
        Meaning{404, "\"Not Found\"", "an HTTP API answers so where no route takes the request"},
        Meaning{413, "\"message\"", "the event is over Lambda's 6 MB: base64 adds a third, so about 4.5 MB fit"},
        Meaning{429, "\"message\"", "the call was throttled: by the stage, a usage plan or the function's concurrency"},
        Meaning{500, "Internal Server Error",
                "the function failed, or its reply is no proxy reply: its own log says which"},
        Meaning{502, "\"message\"",
                "the function failed, or its reply is no proxy reply (an unknown key, a body that is no text): its own "
                "log says which"},
        Meaning{503, "\"message\"", "the function was throttled or did not start in time"},
        Meaning{504, "\"message\"", "the integration's timeout passed before the function answered"},
    };
    for (const auto& meaning : kMeanings) {
        if (meaning.status == status && body.find(meaning.words) != std::string_view::npos)
            return {std::string(meaning.hint)};
    }
    if (status == 200 && body.starts_with('{') && body.find("\"isBase64Encoded\"") != std::string_view::npos &&
        body.find("\"statusCode\"") == std::string_view::npos)
        return {
            "the body is the function's whole reply: an HTTP API or function URL takes a reply without statusCode "
            "for the body itself"};
    return {};
}

}  // namespace understudy::scenario
