#include "emulator/http/surrogates.hpp"

#include <charconv>
#include <cstdint>
#include <system_error>

namespace understudy::http {
namespace {

constexpr std::size_t kEscape = 6;  // \uXXXX

enum class Half : std::uint8_t { none, high, low };

/// What the escape at the beginning of `text` stands for, if one is there.
Half half_at(std::string_view text) {
    if (text.size() < kEscape || !text.starts_with("\\u")) return Half::none;
    unsigned code = 0;
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + kEscape, code, 16);
    if (error != std::errc() || end != text.data() + kEscape || code < 0xD800 || code > 0xDFFF) return Half::none;
    return code < 0xDC00 ? Half::high : Half::low;
}

}  // namespace

std::string replace_lone_surrogates(std::string_view json) {
    std::string text(json);
    for (std::size_t at = 0; (at = json.find('\\', at)) != std::string_view::npos;) {
        const Half half = half_at(json.substr(at));
        if (half == Half::none) {
            at += 2;  // Whatever is escaped is no beginning of an escape.
        } else if (half == Half::high && half_at(json.substr(at + kEscape)) == Half::low) {
            at += 2 * kEscape;
        } else {
            text.replace(at, kEscape, "\\ufffd");
            at += kEscape;
        }
    }
    return text;
}

}  // namespace understudy::http
