#include "tests/emulator/process/zip_bytes.hpp"

#include <zlib.h>

namespace understudy::process {
namespace {

void put(std::string& out, std::uint64_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 0xFF);
}

std::string deflate_raw(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::uint64_t choose(std::int64_t said, std::uint64_t real) {
    return said < 0 ? real : static_cast<std::uint64_t>(said);
}

/// What both headers of an entry have in common, from "version needed" to the length of the name.
std::string common_fields(const RawEntry& entry, const std::string& packed) {
    constexpr std::uint64_t kDeflate = 8;
    const auto bytes = reinterpret_cast<const Bytef*>(entry.content.data());
    const std::uint64_t crc = crc32(0, bytes, static_cast<uInt>(entry.content.size()));
    std::string out;
    put(out, 20, 2);
    put(out, entry.flags, 2);
    put(out, choose(entry.method, entry.deflated ? kDeflate : 0), 2);
    put(out, 0x5A21'0000, 4);
    put(out, choose(entry.said_crc, crc), 4);
    put(out, choose(entry.said_packed, packed.size()), 4);
    put(out, choose(entry.said_size, entry.content.size()), 4);
    put(out, entry.name.size(), 2);
    return out;
}

}  // namespace

std::string to_zip(const std::vector<RawEntry>& entries) {
    std::string out;
    std::string directory;
    for (const RawEntry& entry : entries) {
        const std::string packed = entry.deflated ? deflate_raw(entry.content) : entry.content;
        const std::string common = common_fields(entry, packed);
        put(directory, 0x0201'4B50, 4);
        put(directory, entry.made_by, 2);
        directory += common;
        put(directory, 0, 8);
        put(directory, std::uint64_t{entry.mode} << 16, 4);
        put(directory, out.size(), 4);
        directory += entry.name;
        put(out, 0x0403'4B50, 4);
        out += common;
        put(out, 0, 2);
        out += entry.name + packed;
    }
    const std::size_t begin = out.size();
    out += directory;
    put(out, 0x0605'4B50, 4);
    put(out, 0, 4);
    put(out, entries.size(), 2);
    put(out, entries.size(), 2);
    put(out, directory.size(), 4);
    put(out, begin, 4);
    put(out, 0, 2);
    return out;
}

}  // namespace understudy::process
