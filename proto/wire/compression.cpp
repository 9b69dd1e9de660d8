#include "proto/wire/compression.hpp"

#include "proto/wire/metadata.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <ostream>

namespace understudy::wire {
namespace {

constexpr int kGzipWindow = 15 + 16;  // zlib's way to ask for a gzip header.
constexpr std::size_t kPieceBytes = 16 * 1024;

Bytef* to_input(std::string_view bytes) {
    // zlib never writes there; its older interface says nothing of it.
    return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
}

}  // namespace

std::string_view to_name(Compression compression) {
    return compression == Compression::gzip ? "gzip" : "identity";
}

std::optional<Compression> parse_compression(std::string_view name) {
    if (name.empty() || name == "identity") return Compression::identity;
    if (name == "gzip") return Compression::gzip;
    return std::nullopt;
}

std::string_view accepted_compressions() {
    return "gzip, identity";
}

bool accepts_gzip(std::string_view list) {
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        const auto item = list.substr(0, end);
        if (trimmed(item.substr(0, item.find(';'))) == "gzip") return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

std::ostream& operator<<(std::ostream& out, Compression compression) {
    return out << to_name(compression);
}

std::string to_gzip(std::string_view bytes) {
    z_stream stream{};
    constexpr int kMemoryLevel = 8;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = to_input(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

bool looks_like_gzip(std::string_view bytes) {
    return bytes.starts_with("\x1F\x8B");
}

Unzipped from_gzip(std::string_view bytes, std::size_t most) {
    z_stream stream{};
    if (inflateInit2(&stream, kGzipWindow) != Z_OK) throw std::bad_alloc();
    stream.next_in = to_input(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    Unzipped result;
    std::array<char, kPieceBytes> piece;
    int state = Z_OK;
    while (state == Z_OK && result.bytes.size() <= most) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        state = inflate(&stream, Z_NO_FLUSH);
        result.bytes.append(piece.data(), piece.size() - stream.avail_out);
    }
    const bool rest = stream.avail_in != 0;
    inflateEnd(&stream);
    if (result.bytes.size() > most) return {.outcome = Unzipped::Outcome::too_large};
    if (state != Z_STREAM_END || rest) return {.outcome = Unzipped::Outcome::damaged};
    return result;
}

}  // namespace understudy::wire
