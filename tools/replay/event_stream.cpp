#include "tools/replay/event_stream.hpp"

#include "tools/match/json_value.hpp"

#include <cstddef>
#include <cstdint>

namespace understudy::replay {
namespace {

constexpr std::size_t kNumber = 4;
/// Both lengths and their check sum stand in front, a check sum behind.
constexpr std::size_t kPrelude = 3 * kNumber, kTrailer = kNumber;
constexpr char kText = 7;

std::size_t read_big_endian(std::string_view bytes) {
    std::size_t number = 0;
    for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
    return number;
}

/// Takes so many bytes from the front; nullopt where there are fewer.
std::optional<std::string_view> take(std::string_view& bytes, std::size_t count) {
    if (bytes.size() < count) return std::nullopt;
    const auto taken = bytes.substr(0, count);
    bytes.remove_prefix(count);
    return taken;
}

/// A text of that length, itself in so many bytes, from the front.
std::optional<std::string_view> take_text(std::string_view& bytes, std::size_t width) {
    const auto length = take(bytes, width);
    return length ? take(bytes, read_big_endian(*length)) : std::nullopt;
}

/// The event that a frame's headers name; nullopt where they are no texts.
std::optional<std::string_view> find_event(std::string_view headers) {
    std::string_view event;
    while (!headers.empty()) {
        const auto name = take_text(headers, 1);
        const auto kind = name ? take(headers, 1) : std::nullopt;
        if (!kind || kind->front() != kText) return std::nullopt;
        const auto value = take_text(headers, 2);
        if (!value) return std::nullopt;
        if (*name == ":event-type") event = *value;
    }
    return event;
}

void read_end(std::string_view json, EventStream& stream) {
    const auto end = match::parse_json(json);
    if (!end) return;
    const auto text = [&end](std::string_view name) {
        const auto* member = end->find(name);
        return member == nullptr ? std::string() : member->value.text;
    };
    stream.error_code = text("ErrorCode");
    stream.error_details = text("ErrorDetails");
}

/// Reads one frame from the front; false where it is none.
bool read_frame(std::string_view& frames, EventStream& stream) {
    if (frames.size() < kPrelude) return false;
    const std::size_t size = read_big_endian(frames.substr(0, kNumber));
    const std::size_t header_size = read_big_endian(frames.substr(kNumber, kNumber));
    const auto frame = take(frames, size);
    if (!frame || size < kPrelude + kTrailer || header_size > size - kPrelude - kTrailer) return false;
    const auto event = find_event(frame->substr(kPrelude, header_size));
    const auto payload = frame->substr(kPrelude + header_size, size - kPrelude - kTrailer - header_size);
    if (event == "PayloadChunk") stream.payload += payload;
    if (event == "InvokeComplete") read_end(payload, stream);
    return event.has_value();
}

}  // namespace

std::optional<EventStream> parse_event_stream(std::string_view frames) {
    EventStream stream;
    while (!frames.empty()) {
        if (!read_frame(frames, stream)) return std::nullopt;
    }
    return stream;
}

}  // namespace understudy::replay
