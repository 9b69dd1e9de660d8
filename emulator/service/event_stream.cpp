#include "emulator/service/event_stream.hpp"

#include "emulator/lambda/json_text.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace understudy::service {
namespace {

/// A frame holds 24 MiB at most.
constexpr std::size_t kMostInFrame = std::size_t{16} * 1024 * 1024;
constexpr char kStringHeader = 7;

void append_big_endian(std::string& out, std::uint32_t number) {
    for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(number >> shift & 0xff);
}

void append_check_sum(std::string& frame, std::size_t begin) {
    const auto* const bytes = reinterpret_cast<const Bytef*>(frame.data() + begin);
    append_big_endian(frame, static_cast<std::uint32_t>(::crc32_z(0, bytes, frame.size() - begin)));
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out += static_cast<char>(name.size());
    out += name;
    out += kStringHeader;
    out += static_cast<char>(value.size() >> 8 & 0xff);
    out += static_cast<char>(value.size() & 0xff);
    out += value;
}

/// Lengths, their check sum, headers, payload, and the check sum of all that.
void append_frame(std::string& out, std::string_view event, std::string_view content_type, std::string_view payload) {
    std::string headers;
    append_header(headers, ":event-type", event);
    append_header(headers, ":content-type", content_type);
    append_header(headers, ":message-type", "event");
    constexpr std::size_t kNumbers = 4 * sizeof(std::uint32_t);
    const std::size_t begin = out.size();
    out.reserve(begin + kNumbers + headers.size() + payload.size());
    append_big_endian(out, static_cast<std::uint32_t>(kNumbers + headers.size() + payload.size()));
    append_big_endian(out, static_cast<std::uint32_t>(headers.size()));
    append_check_sum(out, begin);
    out.append(headers).append(payload);
    append_check_sum(out, begin);
}

}  // namespace

std::string render_payload_chunk(std::string_view bytes) {
    std::string frames;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), kMostInFrame)))
        append_frame(frames, "PayloadChunk", "application/octet-stream", bytes.substr(0, kMostInFrame));
    return frames;
}

std::string render_invoke_complete(const InvokeComplete& complete) {
    std::string members;
    for (const auto& [name, value] :
         std::array<std::pair<std::string_view, std::string_view>, 3>{{{"ErrorCode", complete.error_code},
                                                                       {"ErrorDetails", complete.error_details},
                                                                       {"LogResult", complete.log_result}}}) {
        if (value.empty()) continue;
        if (!members.empty()) members += ',';
        lambda::append_json_string(members, name);
        members += ':';
        lambda::append_json_string(members, value);
    }
    std::string frame;
    append_frame(frame, "InvokeComplete", "application/json", '{' + members + '}');
    return frame;
}

}  // namespace understudy::service
