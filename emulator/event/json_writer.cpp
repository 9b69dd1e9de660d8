#include "emulator/event/json_writer.hpp"

#include "emulator/event/utf8.hpp"
#include "emulator/http/base64.hpp"

#include <array>
#include <charconv>
#include <cstring>

namespace understudy::event {
namespace {

constexpr std::uint64_t repeat(std::uint8_t byte) {
    return 0x0101010101010101u * byte;
}

/// Not 0 exactly where one of eight bytes is 0.
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
    return (word - repeat(1)) & ~word & repeat(0x80);
}

/// The letter of a two-character escape; 0 where there is none, 'u' for the long form.
constexpr auto kEscapes = [] {
    std::array<char, 256> escapes{};
    for (std::size_t i = 0; i < 0x20; ++i) escapes[i] = 'u';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    escapes['\b'] = 'b';
    escapes['\f'] = 'f';
    escapes['\n'] = 'n';
    escapes['\r'] = 'r';
    escapes['\t'] = 't';
    return escapes;
}();

char escape_of(char c) {
    return kEscapes[static_cast<unsigned char>(c)];
}

bool is_plain(char c) {
    return escape_of(c) == 0 && (c & 0x80) == 0;
}

/// Whether the eight bytes there stand in JSON as they are.
bool is_plain_word(const char* bytes) {
    std::uint64_t word;
    std::memcpy(&word, bytes, 8);
    const std::uint64_t control = (word - repeat(0x20)) & ~word & repeat(0x80);
    const std::uint64_t quote = zero_bytes(word ^ repeat('"'));
    const std::uint64_t backslash = zero_bytes(word ^ repeat('\\'));
    return ((word & repeat(0x80)) | control | quote | backslash) == 0;
}

/// The first place from `i` on that does not stand in JSON as it is.
std::size_t skip_plain(std::string_view text, std::size_t i) {
    while (i + 8 <= text.size() && is_plain_word(text.data() + i)) i += 8;
    while (i < text.size() && is_plain(text[i])) ++i;
    return i;
}

char* put(char* to, std::string_view text) {
    std::memcpy(to, text.data(), text.size());
    return to + text.size();
}

char* put_escape(char* to, char c) {
    constexpr std::string_view kHex = "0123456789abcdef";
    const char escape = escape_of(c);
    *to++ = '\\';
    *to++ = escape;
    if (escape != 'u') return to;
    to = put(to, "00");
    *to++ = kHex[static_cast<unsigned char>(c) >> 4];
    *to++ = kHex[static_cast<unsigned char>(c) & 15];
    return to;
}

}  // namespace

JsonTextCost json_text_cost(std::string_view text) {
    JsonTextCost cost{text.size(), 0};
    for (std::size_t i = skip_plain(text, 0); i < text.size(); i = skip_plain(text, i)) {
        if (const char escape = escape_of(text[i]); escape != 0) {
            cost.size += escape == 'u' ? 5 : 1;
            ++i;
            continue;
        }
        const Utf8Step step = utf8_step(text.substr(i));
        if (!step.valid) {
            cost.size += kReplacement.size() - step.length;
            cost.replaced_bytes += step.length;
        }
        i += step.length;
    }
    return cost;
}

void append_json_text(std::string& out, std::string_view text, const JsonTextCost& cost) {
    if (cost.size == text.size() && cost.replaced_bytes == 0) {
        out.append(text);
        return;
    }
    const std::size_t start = out.size();
    out.resize(start + cost.size);
    char* to = out.data() + start;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t end = skip_plain(text, i);
        to = put(to, text.substr(i, end - i));
        if (end == text.size()) break;
        i = end;
        if (escape_of(text[i]) != 0) {
            to = put_escape(to, text[i]);
            ++i;
            continue;
        }
        const Utf8Step step = utf8_step(text.substr(i));
        to = put(to, step.valid ? text.substr(i, step.length) : kReplacement);
        i += step.length;
    }
}

void JsonWriter::separate() {
    if (!first_) out_.push_back(',');
    first_ = false;
}

void JsonWriter::begin(char bracket) {
    separate();
    out_.push_back(bracket);
    first_ = true;
}

void JsonWriter::end(char bracket) {
    out_.push_back(bracket);
    first_ = false;
}

JsonWriter& JsonWriter::key(std::string_view literal) {
    out_.append(first_ ? std::string_view("\"") : std::string_view(",\"")).append(literal).append("\":");
    first_ = true;
    return *this;
}

JsonWriter& JsonWriter::member(std::string_view name) {
    text(name);
    out_.push_back(':');
    first_ = true;
    return *this;
}

void JsonWriter::add(std::string_view part) {
    append_json_text(out_, part, json_text_cost(part));
}

void JsonWriter::text(std::string_view text) {
    this->text(text, json_text_cost(text));
}

void JsonWriter::text(std::string_view text, const JsonTextCost& cost) {
    begin_text();
    append_json_text(out_, text, cost);
    end_text();
}

void JsonWriter::base64(std::string_view bytes) {
    begin_text();
    http::append_base64(out_, bytes);
    end_text();
}

void JsonWriter::number(std::int64_t number) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
    literal({digits.begin(), static_cast<std::size_t>(end - digits.begin())});
}

void JsonWriter::literal(std::string_view literal) {
    separate();
    out_.append(literal);
}

}  // namespace understudy::event
