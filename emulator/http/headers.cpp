#include "emulator/http/headers.hpp"

#include <algorithm>
#include <ostream>

namespace understudy::http {
namespace {

/// What most messages need, so that their lines are moved once less.
constexpr std::size_t kUsualLines = 10;
constexpr std::size_t kUsualText = 400;

char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool same_letters(std::string_view left, std::string_view right) {
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (left[i] != right[i] && to_lower(left[i]) != to_lower(right[i])) return false;
    }
    return true;
}

Headers::Headers(std::initializer_list<HeaderLine> lines) {
    for (const auto& [name, value] : lines) add(name, value);
}

void Headers::add(std::string_view name, std::string_view value) {
    if (lines_.empty()) {
        lines_.reserve(kUsualLines);
        text_.reserve(kUsualText);
    }
    lines_.push_back({static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(name.size()),
                      static_cast<std::uint32_t>(value.size())});
    text_.append(name).append(value);
}

std::optional<std::string_view> Headers::first(std::string_view name) const {
    for (const HeaderLine line : *this) {
        if (same_name(line.name, name)) return line.value;
    }
    return std::nullopt;
}

std::optional<std::string_view> Headers::last(std::string_view name) const {
    for (std::size_t i = size(); i-- > 0;) {
        if (same_name((*this)[i].name, name)) return (*this)[i].value;
    }
    return std::nullopt;
}

bool Headers::break_lines() const {
    return text_.find('\r') != std::string::npos || text_.find('\n') != std::string::npos ||
           text_.find('\0') != std::string::npos;
}

bool operator==(const Headers& left, const Headers& right) {
    return std::ranges::equal(left, right);
}

std::ostream& operator<<(std::ostream& out, const Headers& headers) {
    for (const auto& [name, value] : headers) out << name << ": " << value << '\n';
    return out;
}

}  // namespace understudy::http
