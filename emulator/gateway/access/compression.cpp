#include "emulator/gateway/access/compression.hpp"

#include "emulator/event/text.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace understudy::access {
namespace {

constexpr std::array<Coding, 3> kServed = {Coding::gzip, Coding::deflate, Coding::identity};
constexpr std::size_t kStep = 64 * 1024;

/// zlib's own way to say which framing: 16 more for gzip.
int window_bits(Coding coding) {
    return coding == Coding::gzip ? 15 + 16 : 15;
}

/// zlib's pointers are not const; it only reads.
Bytef* to_zlib(std::string_view text) {
    return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
}

/// Ends the stream whatever happens.
struct Inflation {
    explicit Inflation(int bits) : ready(inflateInit2(&stream, bits) == Z_OK) {}
    Inflation(const Inflation&) = delete;
    Inflation& operator=(const Inflation&) = delete;
    ~Inflation() { inflateEnd(&stream); }
    z_stream stream = {};
    bool ready;
};

Unpacked inflate_all(std::string_view body, int bits, std::size_t limit) {
    Inflation inflation(bits);
    z_stream& stream = inflation.stream;
    if (!inflation.ready) return {"", UnpackFault::damaged};
    stream.next_in = to_zlib(body);
    stream.avail_in = static_cast<uInt>(body.size());
    std::string plain;
    int state = Z_OK;
    while (state == Z_OK) {
        const std::size_t size = plain.size();
        plain.resize(size + kStep);
        stream.next_out = reinterpret_cast<Bytef*>(plain.data() + size);
        stream.avail_out = kStep;
        state = inflate(&stream, Z_NO_FLUSH);
        plain.resize(plain.size() - stream.avail_out);
        if (plain.size() > limit) return {"", UnpackFault::too_large};
        const bool goes_on = state == Z_STREAM_END && stream.avail_in > 0 && bits == window_bits(Coding::gzip);
        if (goes_on) state = inflateReset(&stream);  // gzip may have several members (RFC 1952, 2.2)
    }
    if (state != Z_STREAM_END || stream.avail_in != 0) return {"", UnpackFault::damaged};
    return {std::move(plain)};
}

/// One entry of Accept-Encoding.
struct Wish {
    std::string coding;
    double weight = 1;
};

Wish parse_wish(std::string_view entry) {
    const auto end = std::min(entry.find(';'), entry.size());
    Wish wish{event::to_lower(event::trim(entry.substr(0, end)))};
    const auto weight = entry.find("q=", end);
    if (weight != std::string_view::npos) {
        std::from_chars(entry.data() + weight + 2, entry.data() + entry.size(), wish.weight);
    }
    return wish;
}

/// How much a coding is wanted; what is not named counts as `*` says, identity as the least that is allowed.
double weight_of(Coding coding, std::string_view header) {
    double weight = coding == Coding::identity ? 0.0001 : 0;
    while (!header.empty()) {
        const auto end = std::min(header.find(','), header.size());
        const Wish wish = parse_wish(header.substr(0, end));
        if (wish.coding == coding_name(coding)) return wish.weight;
        if (wish.coding == "*" && coding == Coding::gzip) weight = wish.weight;
        header.remove_prefix(std::min(end + 1, header.size()));
    }
    return weight;
}

}  // namespace

std::string_view coding_name(Coding coding) {
    switch (coding) {
        case Coding::gzip:
            return "gzip";
        case Coding::deflate:
            return "deflate";
        case Coding::identity:
            break;
    }
    return "identity";
}

std::optional<Coding> parse_coding(std::optional<std::string_view> content_encoding) {
    if (!content_encoding || content_encoding->empty()) return Coding::identity;
    const std::string name = event::to_lower(event::trim(*content_encoding));
    const auto found = std::ranges::find(kServed, name, coding_name);
    if (found == kServed.end()) return std::nullopt;
    return *found;
}

Coding choose_coding(std::optional<std::string_view> accept_encoding) {
    if (!accept_encoding) return Coding::identity;
    return *std::ranges::max_element(kServed, {}, [&](Coding coding) { return weight_of(coding, *accept_encoding); });
}

std::string compress(std::string_view body, Coding coding) {
    z_stream stream = {};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window_bits(coding), 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, static_cast<uLong>(body.size())), '\0');
    stream.next_in = to_zlib(body);
    stream.avail_in = static_cast<uInt>(body.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(packed.size() - stream.avail_out);
    deflateEnd(&stream);
    return packed;
}

Unpacked decompress(std::string_view body, Coding coding, std::size_t limit) {
    if (body.empty()) return {};
    Unpacked unpacked = inflate_all(body, window_bits(coding), limit);
    if (unpacked.fault != UnpackFault::damaged || coding == Coding::gzip) return unpacked;
    // Many clients send deflate without zlib's frame.
    return inflate_all(body, -15, limit);
}

}  // namespace understudy::access
