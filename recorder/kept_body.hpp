#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::recorder {

/// A body that is kept for the record while it passes by, up to a limit: one that is longer is not kept at all, since
/// what is torn off could not be searched for secrets.
struct KeptBody {
    std::string bytes = {};
    std::uint64_t size = 0;  ///< What passed by.

    void append(std::string_view more, std::uint64_t limit) {
        size += more.size();
        if (size <= limit) {
            bytes += more;
        } else {
            std::string().swap(bytes);
        }
    }
    bool is_whole() const { return bytes.size() == size; }
};

}  // namespace understudy::recorder
