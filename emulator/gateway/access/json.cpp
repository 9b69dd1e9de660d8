#include "emulator/gateway/access/json.hpp"

#include "emulator/http/percent.hpp"
#include "emulator/source/text.hpp"

#include <algorithm>

namespace understudy::access {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Reads one value after the other from a text; every function is false where the grammar is broken.
class Reader {
  public:
    Reader(std::string_view text, std::size_t max_depth) : text_(text), max_depth_(max_depth) {}

    bool whole(Json& value) {
        skip_space();
        if (!read(value, 0)) return false;
        skip_space();
        return at_ == text_.size();
    }
    bool too_deep() const { return too_deep_; }

  private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool take(std::string_view word) {
        if (text_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }
    void skip_space() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
    bool digits() {
        const std::size_t begin = at_;
        while (is_digit(peek())) ++at_;
        return at_ > begin;
    }

    bool read(Json& value, std::size_t depth);
    bool array(Json& value, std::size_t depth);
    bool object(Json& value, std::size_t depth);
    bool string(std::string& out);
    bool escape(std::string& out);
    bool code_unit(unsigned& unit);
    bool number();

    std::string_view text_;
    std::size_t max_depth_;
    std::size_t at_ = 0;
    bool too_deep_ = false;
};

bool Reader::read(Json& value, std::size_t depth) {
    too_deep_ = depth > max_depth_;
    if (too_deep_) return false;
    const std::size_t begin = at_;
    bool good = false;
    switch (peek()) {
        case '{':
            value.kind = Json::Kind::object;
            good = object(value, depth);
            break;
        case '[':
            value.kind = Json::Kind::array;
            good = array(value, depth);
            break;
        case '"':
            value.kind = Json::Kind::string;
            good = string(value.text);
            break;
        case 't':
        case 'f':
            value.kind = Json::Kind::boolean;
            good = take("true") || take("false");
            break;
        case 'n':
            value.kind = Json::Kind::null;
            good = take("null");
            break;
        default:
            value.kind = Json::Kind::number;
            good = number();
    }
    value.source = text_.substr(begin, at_ - begin);
    return good;
}

bool Reader::array(Json& value, std::size_t depth) {
    take('[');
    skip_space();
    if (take(']')) return true;
    do {
        skip_space();
        if (!read(value.items.emplace_back(), depth + 1)) return false;
        skip_space();
    } while (take(','));
    return take(']');
}

bool Reader::object(Json& value, std::size_t depth) {
    take('{');
    skip_space();
    if (take('}')) return true;
    do {
        skip_space();
        auto& [name, member] = value.members.emplace_back(std::string(), Json());
        if (!string(name)) return false;
        skip_space();
        if (!take(':')) return false;
        skip_space();
        if (!read(member, depth + 1)) return false;
        skip_space();
    } while (take(','));
    return take('}');
}

bool Reader::string(std::string& out) {
    if (!take('"')) return false;
    while (at_ < text_.size()) {
        const char c = text_[at_++];
        if (c == '"') return true;
        if (static_cast<unsigned char>(c) < 0x20) return false;
        if (c != '\\') {
            out += c;
        } else if (!escape(out)) {
            return false;
        }
    }
    return false;
}

bool Reader::escape(std::string& out) {
    constexpr std::string_view kLetters = R"("\/bfnrt)";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const char letter = peek();
    ++at_;
    if (const auto found = kLetters.find(letter); found != std::string_view::npos) {
        out += kMeanings[found];
        return true;
    }
    unsigned code = 0;
    if (letter != 'u' || !code_unit(code)) return false;
    if (code >= 0xD800 && code < 0xDC00) {
        unsigned low = 0;
        if (!take("\\u") || !code_unit(low) || low < 0xDC00 || low > 0xDFFF) return false;
        code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code < 0xE000) {
        return false;
    }
    source::append_character(out, code);
    return true;
}

bool Reader::code_unit(unsigned& unit) {
    for (int i = 0; i < 4; ++i) {
        const auto digit = http::hex_digit(peek());
        if (!digit) return false;
        unit = unit * 16 + *digit;
        ++at_;
    }
    return true;
}

bool Reader::number() {
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
        if (!take('+')) take('-');
        return digits();
    }
    return true;
}

}  // namespace

const Json* Json::find(std::string_view name) const {
    const auto found =
        std::find_if(members.rbegin(), members.rend(), [name](const Member& member) { return member.first == name; });
    return found == members.rend() ? nullptr : &found->second;
}

std::string_view Json::text_of(std::string_view name) const {
    const Json* value = find(name);
    return value == nullptr ? std::string_view() : std::string_view(value->text);
}

std::optional<Json> parse_json(std::string_view text, std::size_t max_depth) {
    Json value;
    if (!Reader(text, max_depth).whole(value)) return std::nullopt;
    return value;
}

bool nests_too_deep(std::string_view text, std::size_t max_depth) {
    Json value;
    Reader reader(text, max_depth);
    return !reader.whole(value) && reader.too_deep();
}

std::string_view plain_text(const Json& value) {
    return value.is(Json::Kind::string) ? std::string_view(value.text) : value.source;
}

}  // namespace understudy::access
