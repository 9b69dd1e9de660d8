#include "emulator/http/headers.hpp"

#include "emulator/http/words.hpp"

#include <algorithm>
#include <array>
#include <ostream>

namespace understudy::http {
namespace {

/// What most messages need, so that their lines are moved once less.
constexpr std::size_t kUsualText = 480;

constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(const char* left, const char* right) {
    return lower_word(load_word(left)) == lower_word(load_word(right));
}

bool breaks_line(char c) {
    return c == '\r' || c == '\n' || c == '\0';
}

/// Not 0 where one of the bytes is a control character, or may be one behind one.
std::uint64_t find_control(const char* bytes) {
    const std::uint64_t word = load_word(bytes);
    return (word - in_each_byte(0x20)) & ~word & in_each_byte(0x80);
}

/// Control characters are rare: only where there is one is it looked which.
bool breaks_line(std::string_view text) {
    const auto look_closely = [text] { return std::ranges::any_of(text, [](char c) { return breaks_line(c); }); };
    if (text.size() < kWord) return look_closely();
    for (std::size_t i = 0; i + kWord < text.size(); i += kWord) {
        if (find_control(text.data() + i) != 0) return look_closely();
    }
    return find_control(text.data() + text.size() - kWord) != 0 && look_closely();
}

}  // namespace

bool same_letters(std::string_view left, std::string_view right) {
    const std::size_t size = left.size();
    if (size < kWord) {
        return std::ranges::equal(left, right, [](char a, char b) { return to_lower(a) == to_lower(b); });
    }
    for (std::size_t i = 0; i + kWord < size; i += kWord) {
        if (!same_word(left.data() + i, right.data() + i)) return false;
    }
    return same_word(left.data() + size - kWord, right.data() + size - kWord);
}

Headers::Headers(std::initializer_list<HeaderLine> lines) {
    for (const auto& [name, value] : lines) add(name, value);
}

void Headers::add(std::string_view name, std::string_view value) {
    if (text_.empty()) text_.reserve(kUsualText);
    const Sizes sizes{static_cast<std::uint32_t>(name.size()), static_cast<std::uint32_t>(value.size())};
    std::array<char, sizeof sizes> bytes;
    std::memcpy(bytes.data(), &sizes, sizeof sizes);
    text_.append(bytes.data(), bytes.size()).append(name).append(value);
}

std::optional<std::string_view> Headers::first(std::string_view name) const {
    for (const HeaderLine line : *this) {
        if (same_name(line.name, name)) return line.value;
    }
    return std::nullopt;
}

std::optional<std::string_view> Headers::last(std::string_view name) const {
    std::optional<std::string_view> value;
    for (const HeaderLine line : *this) {
        if (same_name(line.name, name)) value = line.value;
    }
    return value;
}

bool Headers::break_lines() const {
    return std::ranges::any_of(*this, [](const HeaderLine& line) {
        return breaks_line(std::string_view(line.name.data(), line.name.size() + line.value.size()));
    });
}

std::ostream& operator<<(std::ostream& out, const Headers& headers) {
    for (const auto& [name, value] : headers) out << name << ": " << value << '\n';
    return out;
}

}  // namespace understudy::http
