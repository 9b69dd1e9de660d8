#include "emulator/record/escaped_text.hpp"

#include "emulator/event/utf8.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace understudy::record {
namespace {

constexpr std::uint64_t in_each_byte(std::uint8_t byte) {
    return 0x0101010101010101u * byte;
}

/// The letter of a two-character escape; 0 where there is none, 'u' for the long form.
constexpr auto kLetters = [] {
    std::array<char, 256> letters{};
    for (std::size_t i = 0; i < 0x20; ++i) letters[i] = 'u';
    letters['"'] = '"';
    letters['\\'] = '\\';
    letters['\b'] = 'b';
    letters['\f'] = 'f';
    letters['\n'] = 'n';
    letters['\r'] = 'r';
    letters['\t'] = 't';
    return letters;
}();

/// The high bit of the first byte of eight that does not stand in JSON as it is; bits above it mean nothing. 0 where
/// all do.
std::uint64_t find_special(std::uint64_t word) {
    const auto zero_bytes = [](std::uint64_t bytes) { return (bytes - in_each_byte(1)) & ~bytes; };
    const std::uint64_t controls = (word - in_each_byte(0x20)) & ~word;
    const std::uint64_t quotes = zero_bytes(word ^ in_each_byte('"'));
    const std::uint64_t backslashes = zero_bytes(word ^ in_each_byte('\\'));
    return (word | controls | quotes | backslashes) & in_each_byte(0x80);
}

/// Text on its way into JSON, through a buffer that has room for what a byte can become.
class Escaper {
  public:
    Escaper(std::string& out, std::string_view text) : out_(out), text_(text) {}

    std::size_t run() {
        while (at_ < text_.size() && step()) {
            if (filled_ + kMost > buffer_.size()) flush();
        }
        flush();
        return at_;
    }

  private:
    static constexpr std::size_t kMost = 16;  ///< Bytes that one step writes at most.

    bool step() {
        if constexpr (std::endian::native == std::endian::little) {
            if (at_ + 8 <= text_.size()) return step_word();
        }
        return step_character();
    }

    /// Eight bytes are copied whatever they are; only those in front of the first special one count.
    bool step_word() {
        std::uint64_t word;
        std::memcpy(&word, text_.data() + at_, 8);
        std::memcpy(buffer_.data() + filled_, &word, 8);
        const std::uint64_t special = find_special(word);
        const std::size_t plain = special == 0 ? 8 : static_cast<std::size_t>(std::countr_zero(special)) / 8;
        at_ += plain;
        filled_ += plain;
        return special == 0 || step_character();
    }

    bool step_character() {
        const char c = text_[at_];
        if (const char letter = kLetters[static_cast<unsigned char>(c)]; letter != 0) {
            escape(c, letter);
            ++at_;
            return true;
        }
        const event::Utf8Step step = event::utf8_step(text_.substr(at_));
        if (!step.valid) return false;
        put(text_.substr(at_, step.length));
        at_ += step.length;
        return true;
    }

    void escape(char c, char letter) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        const char escape[] = {'\\', letter};
        put({escape, 2});
        if (letter != 'u') return;
        const char digits[] = {'0', '0', kDigits[static_cast<unsigned char>(c) >> 4],
                               kDigits[static_cast<unsigned char>(c) & 15]};
        put({digits, 4});
    }

    void put(std::string_view part) {
        std::memcpy(buffer_.data() + filled_, part.data(), part.size());
        filled_ += part.size();
    }

    void flush() {
        out_.append(buffer_.data(), filled_);
        filled_ = 0;
    }

    std::string& out_;
    std::string_view text_;
    std::size_t at_ = 0;
    std::array<char, 4096> buffer_;
    std::size_t filled_ = 0;
};

}  // namespace

std::size_t append_escaped(std::string& out, std::string_view text) {
    return Escaper(out, text).run();
}

void append_readable(std::string& out, std::string_view text) {
    while (true) {
        text.remove_prefix(append_escaped(out, text));
        if (text.empty()) return;
        out.append(event::kReplacement);
        text.remove_prefix(event::utf8_step(text).length);
    }
}

}  // namespace understudy::record
