#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::wire {

/// Bits of an envelope's first byte.
inline constexpr std::uint8_t kCompressed = 0x01;
inline constexpr std::uint8_t kEndOfStream = 0x02;  ///< Connect's streams: JSON, no message.
inline constexpr std::uint8_t kTrailers = 0x80;     ///< gRPC-Web: header lines, no message.

/// One message of gRPC's framing: a byte of flags, four bytes of length, most significant first, and the payload.
struct Envelope {
    std::uint8_t flags = 0;
    std::string_view payload;  ///< Refers into what was read.

    bool compressed() const { return (flags & kCompressed) != 0; }
    bool end_of_stream() const { return (flags & kEndOfStream) != 0; }
    bool trailers() const { return (flags & kTrailers) != 0; }
};

void append_envelope(std::string& out, std::uint8_t flags, std::string_view payload);

/// All envelopes of a body. Errors: nullopt where the last one is cut off.
std::optional<std::vector<Envelope>> read_envelopes(std::string_view body);

}  // namespace understudy::wire
