#include "tools/package/zip_writer.hpp"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>

// The format: pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.
namespace understudy::package {
namespace {

constexpr std::uint16_t kNeedsVersion = 20;         ///< Deflate.
constexpr std::uint16_t kMadeOnUnix = 3 << 8 | 20;  ///< So that modes count.
constexpr std::uint16_t kNamesAreUtf8 = 1 << 11;
constexpr std::uint16_t kFirstDay = 0 << 9 | 1 << 5 | 1;  ///< 1980-01-01
constexpr std::uint16_t kStored = 0, kDeflated = 8;

void put(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// Without zlib's own frame, as a zip has it.
std::string deflate_all(std::string_view bytes) {
    z_stream stream{};
    if (::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        throw std::runtime_error("zlib: no memory");
    std::string out(::deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    ::deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    ::deflateEnd(&stream);
    return out;
}

/// What the entry before a file's bytes and that of the directory have in common.
std::string describe(const ZipFile& file, std::string_view packed, std::uint16_t method) {
    std::string out;
    const bool plain = std::ranges::all_of(file.path, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    put(out, kNeedsVersion, 2);
    put(out, plain ? 0 : kNamesAreUtf8, 2);
    put(out, method, 2);
    put(out, 0, 2);
    put(out, kFirstDay, 2);
    put(out,
        static_cast<std::uint32_t>(::crc32_z(0, reinterpret_cast<const Bytef*>(file.bytes.data()), file.bytes.size())),
        4);
    put(out, static_cast<std::uint32_t>(packed.size()), 4);
    put(out, static_cast<std::uint32_t>(file.bytes.size()), 4);
    put(out, static_cast<std::uint32_t>(file.path.size()), 2);
    put(out, 0, 2);
    return out;
}

}  // namespace

std::string write_zip(std::vector<ZipFile> files) {
    std::ranges::sort(files, {}, &ZipFile::path);
    std::string out, directory;
    for (const ZipFile& file : files) {
        const std::string deflated = deflate_all(file.bytes);
        const bool smaller = deflated.size() < file.bytes.size();
        const std::string_view packed = smaller ? std::string_view(deflated) : file.bytes;
        const std::string description = describe(file, packed, smaller ? kDeflated : kStored);
        directory.append("PK\x01\x02");
        put(directory, kMadeOnUnix, 2);
        directory += description;
        put(directory, 0, 2);  // No comment,
        put(directory, 0, 2);  // on the first disk,
        put(directory, 0, 2);  // of bytes.
        put(directory, file.mode << 16, 4);
        put(directory, static_cast<std::uint32_t>(out.size()), 4);
        directory += file.path;
        out.append("PK\x03\x04").append(description).append(file.path).append(packed);
    }
    const auto begin = static_cast<std::uint32_t>(out.size());
    out += directory;
    out.append("PK\x05\x06");
    put(out, 0, 4);
    put(out, static_cast<std::uint32_t>(files.size()), 2);
    put(out, static_cast<std::uint32_t>(files.size()), 2);
    put(out, static_cast<std::uint32_t>(directory.size()), 4);
    put(out, begin, 4);
    put(out, 0, 2);
    return out;
}

}  // namespace understudy::package
