#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::process {

/// An entry of a zip file that a test makes; every number of its headers may be a lie.
struct RawEntry {
    std::string name;
    std::string content;
    std::uint32_t mode = S_IFREG | 0644;  ///< Unix; with type.
    bool deflated = false;
    std::uint16_t made_by = 3 << 8 | 20;
    std::uint16_t flags = 0;
    int method = -1;              ///< Negative: as `deflated` says.
    std::int64_t said_size = -1;  ///< Negative: the true one.
    std::int64_t said_packed = -1;
    std::int64_t said_crc = -1;
};

inline RawEntry raw_file(std::string name, std::string content, std::uint32_t mode = 0644) {
    return {.name = std::move(name), .content = std::move(content), .mode = S_IFREG | mode};
}
inline RawEntry raw_link(std::string name, std::string target) {
    return {.name = std::move(name), .content = std::move(target), .mode = S_IFLNK | 0777};
}

std::string to_zip(const std::vector<RawEntry>& entries);

}  // namespace understudy::process
