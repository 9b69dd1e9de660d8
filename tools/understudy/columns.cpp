#include "tools/understudy/columns.hpp"

namespace understudy::cli {

std::string padded(std::string text, std::size_t width) {
    text.append(text.size() < width ? width - text.size() : 1, ' ');
    return text;
}

}  // namespace understudy::cli
