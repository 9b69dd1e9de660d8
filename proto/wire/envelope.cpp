#include "proto/wire/envelope.hpp"

namespace understudy::wire {
namespace {

constexpr std::size_t kPrefix = 5;
constexpr unsigned kByteBits = 8;

std::size_t read_length(std::string_view prefix) {
    std::size_t length = 0;
    for (std::size_t i = 1; i < kPrefix; ++i) length = length << kByteBits | static_cast<unsigned char>(prefix[i]);
    return length;
}

}  // namespace

void append_envelope(std::string& out, std::uint8_t flags, std::string_view payload) {
    out.reserve(out.size() + kPrefix + payload.size());
    out += static_cast<char>(flags);
    for (unsigned shift = 24; shift < 32; shift -= kByteBits) out += static_cast<char>(payload.size() >> shift & 0xFF);
    out.append(payload);
}

std::optional<std::vector<Envelope>> read_envelopes(std::string_view body) {
    std::vector<Envelope> envelopes;
    while (!body.empty()) {
        if (body.size() < kPrefix) return std::nullopt;
        const auto length = read_length(body);
        if (length > body.size() - kPrefix) return std::nullopt;
        envelopes.push_back({static_cast<std::uint8_t>(body.front()), body.substr(kPrefix, length)});
        body.remove_prefix(kPrefix + length);
    }
    return envelopes;
}

}  // namespace understudy::wire
