#include "emulator/record/trailer_redaction.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/http/headers.hpp"

#include <algorithm>
#include <cstdint>

namespace understudy::record {
namespace {

constexpr std::string_view kGrpcWebType = "application/grpc-web";
constexpr std::string_view kGrpcWebTextType = "application/grpc-web-text";
constexpr std::size_t kFrameHead = 5;
constexpr unsigned char kTrailerFrame = 0x80, kCompressedFrame = 0x01;

bool begins_with(std::string_view text, std::string_view name) {
    return http::same_name(text.substr(0, name.size()), name);
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

/// What stands in the place of a frame's trailers.
std::string redact_frame(unsigned char flags, std::string_view trailers, const Place& place) {
    if ((flags & kCompressedFrame) == 0) return redact_lines(trailers, place);
    place.redacted.push_back(place.name + ".trailers");
    return kRedacted;
}

/// The same frames, the flags of trailers but for those that nobody can read.
std::string redact_frames(std::string_view body, const Place& place) {
    std::string out;
    while (body.size() > kFrameHead) {
        const auto flags = static_cast<unsigned char>(body.front());
        std::uint32_t size = 0;
        for (const char byte : body.substr(1, 4)) size = size << 8 | static_cast<unsigned char>(byte);
        const std::string_view content = body.substr(kFrameHead, size);
        const bool whole = content.size() == size;
        if ((flags & kTrailerFrame) == 0) {
            out += body.substr(0, kFrameHead + content.size());
        } else {
            const std::string redacted = redact_frame(flags, content, place);
            const std::size_t length = whole ? redacted.size() : size;
            out.push_back(static_cast<char>(flags & ~kCompressedFrame));
            for (const int shift : {24, 16, 8, 0}) out.push_back(static_cast<char>(length >> shift & 0xFF));
            out += redacted;
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

bool may_hold_trailers(const RedactionRules& rules, Side side, std::string_view content_type) {
    return side == Side::response && !rules.headers.empty() && begins_with(content_type, kGrpcWebType);
}

std::optional<std::string> redact_trailers(std::string_view body, const Place& place) {
    const std::size_t before = place.redacted.size();
    const bool is_text = begins_with(place.content_type, kGrpcWebTextType);
    const auto decoded = is_text ? parse_segments(body) : std::nullopt;
    // Whatever the type says, it may be the bytes themselves.
    const std::string redacted = redact_frames(decoded ? *decoded : body, place);
    if (place.redacted.size() == before) return std::nullopt;
    return decoded ? http::to_base64(redacted) : redacted;
}

}  // namespace understudy::record
