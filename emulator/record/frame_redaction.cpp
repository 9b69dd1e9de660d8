#include "emulator/record/frame_redaction.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/http/headers.hpp"
#include "emulator/record/json_redaction.hpp"

#include <algorithm>
#include <cstdint>

namespace understudy::record {
namespace {

constexpr std::string_view kGrpcWebType = "application/grpc-web";
constexpr std::string_view kGrpcWebTextType = "application/grpc-web-text";
constexpr std::string_view kConnectStreamType = "application/connect+";
constexpr std::string_view kJsonSuffix = "+json";
constexpr std::size_t kFrameHead = 5;
constexpr unsigned char kTrailerFrame = 0x80, kEndOfStream = 0x02, kCompressedFrame = 0x01;

/// What a content type says of the frames.
struct Framing {
    enum class Trailers : std::uint8_t { none, lines, json } trailers = Trailers::none;
    bool is_base64 = false;
    bool is_json = false;  ///< The messages are.

    bool is_trailers(unsigned char flags) const {
        if (trailers == Trailers::lines) return (flags & kTrailerFrame) != 0;
        return trailers == Trailers::json && (flags & ~kCompressedFrame) == kEndOfStream;
    }
};

bool begins_with(std::string_view text, std::string_view name) {
    return http::same_name(text.substr(0, name.size()), name);
}

Framing parse_framing(std::string_view content_type) {
    using enum Framing::Trailers;
    const bool is_grpc_web = begins_with(content_type, kGrpcWebType);
    if (!is_grpc_web && !begins_with(content_type, kConnectStreamType)) return {};
    const std::string_view type = content_type.substr(0, content_type.find_first_of("; \t"));
    const std::size_t before_suffix = std::max(type.size(), kJsonSuffix.size()) - kJsonSuffix.size();
    return {.trailers = is_grpc_web ? lines : json,
            .is_base64 = begins_with(content_type, kGrpcWebTextType),
            .is_json = http::same_name(type.substr(before_suffix), kJsonSuffix)};
}

/// The name of a header line; empty where it goes on with the line before.
std::string_view name_of(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || line.starts_with(' ') || line.starts_with('\t')) return {};
    const std::string_view name = line.substr(0, colon);
    return name.substr(0, name.find_last_not_of(" \t") + 1);
}

/// Header lines, whose ends stay as they are.
std::string redact_lines(std::string_view lines, const Place& place) {
    std::string kept;
    bool is_taken = false;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find_first_of("\r\n"), lines.size());
        const std::string_view line = lines.substr(0, end), name = name_of(line);
        is_taken = name.empty() ? is_taken : place.rules.takes_header(name);
        if (!is_taken) kept += line;
        if (is_taken && !name.empty()) {
            kept.append(name).append(": ").append(kRedacted);
            place.redacted.push_back(place.name + ".trailers." + std::string(name));
        }
        const std::size_t next = std::min(lines.find_first_not_of("\r\n", end), lines.size());
        kept += lines.substr(end, next - end);
        lines.remove_prefix(next);
    }
    return kept;
}

std::string redact_json(std::string_view json, TextKind kind, const Place& place) {
    std::string kept(json);
    apply_edits(kept, find_secrets(json, kind, place));
    return kept;
}

/// What stands in the place of a frame's content; nullopt where nobody looks into it.
std::optional<std::string> redact_frame(unsigned char flags, std::string_view content, const Framing& framing,
                                        const Place& place) {
    const bool is_trailers = framing.is_trailers(flags);
    const bool is_asked = is_trailers ? place.side == Side::response : framing.is_json && place.rules.takes_fields();
    if (!is_asked) return std::nullopt;
    if ((flags & kCompressedFrame) != 0) {
        place.redacted.push_back(place.name + (is_trailers ? ".trailers" : ""));
        return kRedacted;
    }
    if (!is_trailers) return redact_json(content, TextKind::body, place);
    if (framing.trailers == Framing::Trailers::lines) return redact_lines(content, place);
    return redact_json(content, TextKind::end_of_stream, place);
}

/// The same frames, without the flag of those that were compressed and cannot be read.
std::string redact_each(std::string_view body, const Framing& framing, const Place& place) {
    std::string out;
    while (body.size() > kFrameHead) {
        const auto flags = static_cast<unsigned char>(body.front());
        std::uint32_t size = 0;
        for (const char byte : body.substr(1, 4)) size = size << 8 | static_cast<unsigned char>(byte);
        const std::string_view content = body.substr(kFrameHead, size);
        const bool whole = content.size() == size;
        if (const auto redacted = redact_frame(flags, content, framing, place)) {
            const std::size_t length = whole ? redacted->size() : size;
            out.push_back(static_cast<char>(flags & ~kCompressedFrame));
            for (const int shift : {24, 16, 8, 0}) out.push_back(static_cast<char>(length >> shift & 0xFF));
            out += *redacted;
        } else {
            out += body.substr(0, kFrameHead + content.size());
        }
        body.remove_prefix(kFrameHead + content.size());
    }
    return out.append(body);
}

/// Base64 that may end in padding and begin anew.
std::optional<std::string> parse_segments(std::string_view text) {
    std::string bytes;
    while (!text.empty()) {
        const std::size_t padding = text.find('=');
        const std::size_t end = std::min(text.find_first_not_of('=', padding), text.size());
        const auto segment = http::parse_base64(text.substr(0, end));
        if (!segment) return std::nullopt;
        bytes += *segment;
        text.remove_prefix(end);
    }
    return bytes;
}

}  // namespace

bool may_hold_frames(const RedactionRules& rules, Side side, std::string_view content_type) {
    const Framing framing = parse_framing(content_type);
    if (framing.is_json && rules.takes_fields()) return true;
    if (side == Side::request || framing.trailers == Framing::Trailers::none) return false;
    return !rules.headers.empty() || (framing.trailers == Framing::Trailers::json && rules.takes_fields());
}

std::optional<std::string> redact_frames(std::string_view body, const Place& place) {
    const std::size_t before = place.redacted.size();
    const Framing framing = parse_framing(place.content_type);
    const auto decoded = framing.is_base64 ? parse_segments(body) : std::nullopt;
    // Whatever the type says, it may be the bytes themselves.
    const std::string redacted = redact_each(decoded ? *decoded : body, framing, place);
    if (place.redacted.size() == before) return std::nullopt;
    return decoded ? http::to_base64(redacted) : redacted;
}

}  // namespace understudy::record
