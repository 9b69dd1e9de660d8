#include "emulator/event/json_writer.hpp"

#include "emulator/http/base64.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::event {
namespace {

/// What is asked of the string at once: small enough to be cleared in vain.
constexpr std::size_t kStride = 512;
/// Texts are written in pieces of this size, each given the most room that it could need.
constexpr std::size_t kPiece = 256;
/// From here on it pays to know what a text costs before it is written.
constexpr std::size_t kLongText = 4096;

/// `kPiece`, or a little less where that would part a character. Preconditions: the text is longer.
std::size_t piece_size(std::string_view text) {
    constexpr std::size_t kLongestCharacter = 4;
    std::size_t size = kPiece;
    while (size > kPiece - kLongestCharacter && (text[size] & 0xC0) == 0x80) --size;
    return size;
}

}  // namespace

JsonWriter& JsonWriter::member(std::string_view name) {
    text(name);
    room(1);
    *at_++ = ':';
    first_ = true;
    return *this;
}

void JsonWriter::add(std::string_view part) {
    if (part.size() > kLongText) return add_whole(part, json_text_cost(part));
    while (part.size() > kPiece) {
        const std::string_view piece = part.substr(0, piece_size(part));
        at_ = put_json_text(room(piece.size() * kLongestEscape + kJsonTextSpare), piece);
        part.remove_prefix(piece.size());
    }
    at_ = put_json_text(room(part.size() * kLongestEscape + kJsonTextSpare), part);
}

void JsonWriter::add_whole(std::string_view part, const JsonTextCost& cost) {
    cut();
    append_json_text(out_, part, cost);
    at_ = end_ = out_.data() + out_.size();
}

void JsonWriter::text(std::string_view text) {
    begin_text();
    add(text);
    end_text();
}

void JsonWriter::text(std::string_view text, const JsonTextCost& cost) {
    begin_text();
    add_whole(text, cost);
    end_text();
}

void JsonWriter::base64(std::string_view bytes) {
    begin_text();
    cut();
    http::append_base64(out_, bytes);
    at_ = end_ = out_.data() + out_.size();
    end_text();
}

void JsonWriter::number(std::int64_t number) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
    raw({digits.begin(), static_cast<std::size_t>(end - digits.begin())});
}

void JsonWriter::raw(std::string_view json) {
    room(json.size() + 1);
    separate();
    put(json);
    if (depth_ == 0) cut();
}

void JsonWriter::reserve(std::size_t size) {
    cut();
    out_.reserve(out_.size() + size);
    at_ = end_ = out_.data() + out_.size();
}

void JsonWriter::cut() {
    out_.resize(static_cast<std::size_t>(at_ - out_.data()));
    end_ = at_;
}

char* JsonWriter::grow(std::size_t bytes) {
    const auto used = static_cast<std::size_t>(at_ - out_.data());
    if (used + bytes > out_.capacity()) {
        cut();
        out_.reserve(std::max(used + bytes, 2 * used));
    }
    out_.resize(std::min(out_.capacity(), used + std::max(bytes, kStride)));
    at_ = out_.data() + used;
    end_ = out_.data() + out_.size();
    return at_;
}

}  // namespace understudy::event
