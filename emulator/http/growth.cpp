#include "emulator/http/growth.hpp"

namespace understudy::http {
namespace {

/// A template, so that what this library lacks is not looked at.
template <class Text>
void grow(Text& text, std::size_t size, const std::function<std::size_t(char*)>& write) {
    const std::size_t start = text.size();
    const auto write_behind = [&](char* to, std::size_t) { return start + write(to + start); };
    if constexpr (requires { text.resize_and_overwrite(size, write_behind); }) {
        text.resize_and_overwrite(start + size, write_behind);
    } else {
        text.resize(start + size);
        text.resize(write_behind(text.data(), text.size()));
    }
}

}  // namespace

void append_written(std::string& text, std::size_t size, const std::function<std::size_t(char* to)>& write) {
    grow(text, size, write);
}

}  // namespace understudy::http
