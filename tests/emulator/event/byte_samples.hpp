#pragma once

#include "emulator/event/finding.hpp"

#include <string>
#include <vector>

namespace understudy::event {

/// All byte values in order.
inline std::string all_bytes() {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    return bytes;
}

/// What all 256 bytes become as text: the first half as it is, the second U+FFFD each.
inline std::string all_bytes_replaced() {
    std::string text = all_bytes().substr(0, 128);
    for (int i = 0; i < 128; ++i) text += "\xEF\xBF\xBD";
    return text;
}

/// The ids of findings, joined by blanks.
inline std::string ids_of(const std::vector<Finding>& findings) {
    std::string ids;
    for (const Finding& finding : findings) ids.append(ids.empty() ? "" : " ").append(finding.id);
    return ids;
}

}  // namespace understudy::event
