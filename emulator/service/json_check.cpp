#include "emulator/service/json_check.hpp"

#include "emulator/service/jackson_words.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

namespace understudy::service {
namespace {

constexpr std::string_view kValueList = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
constexpr int kEnd = -1;

bool is_digit(int c) {
    return c >= '0' && c <= '9';
}

/// Sixteen bytes that are compared at once; GCC and clang make vector instructions of it on any processor.
using Block = signed char __attribute__((vector_size(16)));

/// Where, from `at` on, the first byte stands that needs a look inside a string: the hot loop of a large payload.
std::size_t plain_end(std::string_view text, std::size_t at) {
    for (; text.size() - at >= sizeof(Block); at += sizeof(Block)) {
        Block bytes;
        std::memcpy(&bytes, text.data() + at, sizeof bytes);
        // As signed numbers, bytes from 0x80 on are below 0x20 too.
        const Block special = (bytes < 0x20) | (bytes == '"') | (bytes == '\\');
        std::array<std::uint64_t, 2> halves;
        std::memcpy(halves.data(), &special, sizeof special);
        if ((halves[0] | halves[1]) != 0) break;
    }
    const auto is_plain = [](signed char c) { return c >= 0x20 && c != '"' && c != '\\'; };
    while (at < text.size() && is_plain(static_cast<signed char>(text[at]))) ++at;
    return at;
}

class Checker {
  public:
    explicit Checker(std::string_view text) : text_(text) {}

    std::optional<std::string> run() {
        skip_space();
        if (peek() == kEnd) return located("No content to map due to end-of-input", at_);
        bool good = value();
        while (good && !open_.empty()) good = after_value();
        if (good) {
            skip_space();
            if (peek() != kEnd) unexpected("expected end of input");
        }
        return fault_;
    }

  private:
    struct Container {
        bool is_object;
        std::size_t begin;
    };

    int peek() const { return at_ < text_.size() ? static_cast<unsigned char>(text_[at_]) : kEnd; }
    void skip_space() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
            ++at_;
    }

    std::string located(const std::string& message, std::size_t offset) const {
        return message + "\n at " + jackson::to_place(text_, offset);
    }
    bool fail(const std::string& message, std::size_t offset) {
        fault_ = located(message, offset);
        return false;
    }
    bool unexpected(std::string_view wanted) {
        if (peek() == kEnd) return end_of_input();
        return fail("Unexpected character (" + jackson::to_shown(peek()) + "): " + std::string(wanted), at_);
    }
    bool end_of_input() {
        const Container& inner = open_.back();
        return fail("Unexpected end-of-input: expected close marker for " +
                        std::string(inner.is_object ? "Object" : "Array") + " (start marker at " +
                        jackson::to_place(text_, inner.begin) + ')',
                    at_);
    }

    /// A whole scalar, or the opening of a container with what must follow it.
    bool value() {
        const int c = peek();
        if (c == '"') return string();
        if (c == '{' || c == '[') return open(c == '{');
        if (c == '-' || is_digit(c)) return number();
        if (c == 't') return token("true");
        if (c == 'f') return token("false");
        if (c == 'n') return token("null");
        if (c == kEnd) return end_of_input();
        if (jackson::starts_identifier(c)) return bad_token(jackson::to_utf8(c), at_ + 1);
        return unexpected("expected a valid value " + std::string(kValueList));
    }

    bool open(bool is_object) {
        if (open_.size() == kMaxJsonDepth) {
            return fail("Document nesting depth (" + std::to_string(kMaxJsonDepth + 1) +
                            ") exceeds the maximum allowed (" + std::to_string(kMaxJsonDepth) +
                            ", from `StreamReadConstraints.getMaxNestingDepth()`)",
                        at_ + 1);
        }
        open_.push_back({is_object, at_++});
        skip_space();
        if (peek() == (is_object ? '}' : ']')) return close();
        return is_object ? member() : value();
    }

    bool close() {
        open_.pop_back();
        ++at_;
        return true;
    }

    bool member() {
        if (peek() != '"') return unexpected("was expecting double-quote to start field name");
        if (!string()) return false;
        skip_space();
        if (peek() != ':') return unexpected("was expecting a colon to separate field name and value");
        ++at_;
        skip_space();
        return value();
    }

    bool after_value() {
        skip_space();
        const Container inner = open_.back();
        const int c = peek();
        if (c == (inner.is_object ? '}' : ']')) return close();
        if (c == ']' || c == '}') return bad_close(inner, c);
        if (c != ',') {
            return unexpected(inner.is_object ? "was expecting comma to separate Object entries"
                                              : "was expecting comma to separate Array entries");
        }
        ++at_;
        skip_space();
        return inner.is_object ? member() : value();
    }

    bool bad_close(const Container& inner, int c) {
        return fail("Unexpected close marker " + std::string(c == '}' ? "'}': expected ']'" : "']': expected '}'") +
                        " (for " + (inner.is_object ? "Object" : "Array") + " starting at " +
                        jackson::to_place(text_, inner.begin) + ')',
                    at_ + 1);
    }

    bool string() {
        ++at_;
        for (;;) {
            at_ = plain_end(text_, at_);
            const int c = peek();
            if (c == kEnd) return fail("Unexpected end-of-input: was expecting closing quote for a string value", at_);
            if (c == '"') return ++at_, true;
            if (c < 0x20) {
                return fail("Illegal unquoted character (" + jackson::to_shown(c) +
                                "): has to be escaped using backslash to be included in string value",
                            at_ + 1);
            }
            if (!(c == '\\' ? escape() : multibyte())) return false;
        }
    }

    bool escape() {
        ++at_;
        const int c = peek();
        if (c == kEnd) return fail("Unexpected end-of-input in character escape sequence", at_);
        if (std::string_view("\"\\/bfnrt").find(static_cast<char>(c)) != std::string_view::npos) return ++at_, true;
        if (c != 'u') return fail("Unrecognized character escape " + jackson::to_shown(c), at_ + 1);
        ++at_;
        for (int i = 0; i < 4; ++i, ++at_) {
            const int digit = peek();
            if (digit == kEnd) return fail("Unexpected end-of-input in character escape sequence", at_);
            const bool is_hex = is_digit(digit) || (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F');
            if (!is_hex) return unexpected("expected a hex-digit for character escape sequence");
        }
        return true;
    }

    bool multibyte() {
        const int first = peek();
        const int followers = (first & 0xe0) == 0xc0 ? 1 : (first & 0xf0) == 0xe0 ? 2 : (first & 0xf8) == 0xf0 ? 3 : 0;
        ++at_;
        if (followers == 0) return fail("Invalid UTF-8 start byte " + jackson::to_hex(first), at_);
        for (int i = 0; i < followers; ++i) {
            const int next = peek();
            if (next == kEnd) return fail("Unexpected end-of-input in VALUE_STRING", at_);
            ++at_;
            if ((next & 0xc0) != 0x80) return fail("Invalid UTF-8 middle byte " + jackson::to_hex(next), at_);
        }
        return true;
    }

    bool number() {
        if (peek() == '-') ++at_;
        if (!is_digit(peek())) return bad_number("expected digit (0-9) to follow minus sign, for valid numeric value");
        const bool zero = peek() == '0';
        ++at_;
        if (zero && is_digit(peek())) return fail("Invalid numeric value: Leading zeroes not allowed", at_);
        skip_digits();
        if (peek() == '.') {
            ++at_;
            if (!is_digit(peek())) return bad_number("Decimal point not followed by a digit");
            skip_digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            if (peek() == '+' || peek() == '-') ++at_;
            if (!is_digit(peek())) return bad_number("Exponent indicator not followed by a digit");
            skip_digits();
        }
        return true;
    }

    void skip_digits() {
        while (is_digit(peek())) ++at_;
    }

    bool bad_number(std::string_view why) {
        if (peek() == kEnd) return fail("Unexpected end-of-input in numeric value", at_);
        return fail("Unexpected character (" + jackson::to_shown(peek()) + ") in numeric value: " + std::string(why),
                    at_);
    }

    bool token(std::string_view wanted) {
        std::size_t same = 0;
        while (same < wanted.size() && at_ + same < text_.size() && text_[at_ + same] == wanted[same]) ++same;
        const std::size_t end = at_ + same;
        const bool ends = end == text_.size() || !continues_identifier(static_cast<unsigned char>(text_[end]));
        if (same < wanted.size() || !ends) return bad_token(std::string(wanted.substr(0, same)), end);
        at_ = end;
        return true;
    }

    static bool continues_identifier(int c) { return jackson::starts_identifier(c) || is_digit(c) || c >= 0x80; }

    /// Reads the rest of what is no token, as the message shows it.
    bool bad_token(std::string shown, std::size_t at) {
        constexpr std::size_t kMaxShown = 256;
        for (at_ = at; shown.size() < kMaxShown && peek() != kEnd;) {
            const int c = peek();
            if (c >= 0x80) {
                const std::size_t begin = at_;
                if (!multibyte()) return false;
                shown += text_.substr(begin, at_ - begin);
                continue;
            }
            ++at_;
            if (!continues_identifier(c)) break;
            shown += static_cast<char>(c);
        }
        return fail("Unrecognized token '" + shown + "': was expecting " + std::string(kValueList), at_);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Container> open_;
    std::optional<std::string> fault_;
};

}  // namespace

std::optional<std::string> find_json_fault(std::string_view text) {
    return Checker(text).run();
}

}  // namespace understudy::service
