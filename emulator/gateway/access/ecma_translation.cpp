#include "emulator/gateway/access/ecma_translation.hpp"

#include "emulator/gateway/access/ecma_class.hpp"
#include "emulator/gateway/access/ecma_repetition.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace understudy::access {
namespace {

using Outcome = EcmaTranslation::Outcome;

/// Groups in one another.
constexpr std::size_t kDeepestGroup = 200;

/// Reads an expression and writes RE2's; each function is false where ECMA 262 has no such thing.
class Translator {
  public:
    explicit Translator(std::string_view text) : text_(text) { count_groups(); }

    EcmaTranslation whole() {
        const bool good = leading_conditions() && disjunction(0) && ended();
        if (!good && !stopped_) result_.outcome = Outcome::invalid;
        if (alternatives_ && !result_.conditions.empty()) go_beyond("alternatives behind what looks ahead");
        result_.conditions.push_back({.expression = std::move(out_), .wanted = true});
        if (result_.outcome != Outcome::translated) result_.conditions.clear();
        return std::move(result_);
    }

  private:
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    bool ended() const { return at_ >= text_.size(); }
    bool take(std::string_view word) {
        if (!text_.substr(std::min(at_, text_.size())).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }
    std::optional<EcmaRepetition> repetition() { return read_repetition(text_, at_); }
    void go_beyond(std::string_view why) {
        if (result_.outcome == Outcome::translated) result_.why = why;
        result_.outcome = Outcome::beyond;
    }

    void count_groups();
    bool leading_conditions();
    bool disjunction(std::size_t depth);
    bool term(std::size_t depth);
    bool group(std::size_t depth);
    bool escape();
    bool character_class();
    std::optional<EcmaAtom> class_atom();
    bool class_range(const EcmaAtom& first);
    bool quantified(std::size_t begin);
    void add(const EcmaAtom& atom);

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t groups_ = 0;
    bool alternatives_ = false;  ///< Not within a group.
    bool stopped_ = false;       ///< Before the end: whether it is one is not known.
    std::string out_;
    EcmaTranslation result_;
};

/// Those that can be referred to, ahead of them too.
void Translator::count_groups() {
    bool in_class = false;
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (text_[i] == '\\') {
            ++i;
        } else if (in_class) {
            in_class = text_[i] != ']';
        } else if (text_[i] == '[') {
            in_class = true;
        } else if (text_[i] == '(' && text_.substr(i + 1, 1) != "?") {
            ++groups_;
        }
    }
}

bool Translator::leading_conditions() {
    if (!take("^")) return true;
    while (text_.substr(at_).starts_with("(?=") || text_.substr(at_).starts_with("(?!")) {
        const bool wanted = peek(2) == '=';
        at_ += 3;
        if (!disjunction(1) || !take(")")) return false;
        result_.conditions.push_back({.expression = "^(?:" + std::exchange(out_, {}) + ')', .wanted = wanted});
        if (repetition()) go_beyond("something that looks ahead and is repeated");
    }
    out_ = "^";
    return true;
}

bool Translator::disjunction(std::size_t depth) {
    while (!ended() && peek() != ')') {
        if (take("|")) {
            alternatives_ |= depth == 0;
            out_ += '|';
        } else if (!term(depth)) {
            return false;
        }
    }
    return true;
}

bool Translator::term(std::size_t depth) {
    const std::size_t begin = out_.size();
    const char c = peek();
    if (c == '^' || c == '$') {
        ++at_;
        out_ += c;
        return !repetition();
    }
    if (c == '\\' && (peek(1) == 'b' || peek(1) == 'B')) {
        out_ += text_.substr(at_, 2);
        at_ += 2;
        return !repetition();
    }
    if (c == '(') return group(depth) && quantified(begin);
    if (c == '[') return character_class() && quantified(begin);
    if (c == '\\') return escape() && quantified(begin);
    if (repetition()) return false;
    if (c == '.') {
        ++at_;
        out_ += kAnyOfLine;
    } else {
        add({.character = read_character(text_, at_), .set = {}});
    }
    return quantified(begin);
}

bool Translator::group(std::size_t depth) {
    if (depth >= kDeepestGroup) {
        go_beyond("groups that lie too deep");
        stopped_ = true;
        return false;
    }
    if (take("(?=") || take("(?!")) {
        go_beyond("something that looks ahead");
    } else if (!take("(?:")) {
        if (peek(1) == '?') return false;
        take("(");
    }
    out_ += "(?:";
    if (!disjunction(depth + 1) || !take(")")) return false;
    out_ += ')';
    return true;
}

bool Translator::escape() {
    ++at_;
    if (ended()) return false;
    std::size_t behind = at_;
    while (behind < text_.size() && text_[behind] >= '0' && text_[behind] <= '9') ++behind;
    std::size_t reference = 0;
    std::from_chars(text_.data() + at_, text_.data() + behind, reference);
    if (peek() != '0' && reference > 0 && reference <= groups_) {
        at_ = behind;
        go_beyond("a reference back");
        return true;
    }
    const auto atom = read_escape(text_, at_, EscapeIn::expression);
    if (atom) {
        add(*atom);
    } else {
        go_beyond("half of a pair of UTF-16");
    }
    return true;
}

void Translator::add(const EcmaAtom& atom) {
    if (atom.plain_letter != '\0') result_.plain_letters += atom.plain_letter;
    out_ += atom.character ? render_character(*atom.character) : '[' + atom.set + ']';
}

std::optional<EcmaAtom> Translator::class_atom() {
    if (!take("\\")) return EcmaAtom{.character = read_character(text_, at_), .set = {}};
    if (ended()) return std::nullopt;
    auto atom = read_escape(text_, at_, EscapeIn::character_class);
    if (!atom) go_beyond("half of a pair of UTF-16");
    if (atom && atom->plain_letter != '\0') result_.plain_letters += atom->plain_letter;
    return atom ? atom : EcmaAtom{.character = 0, .set = {}};
}

/// What begins with `first`, which may be all of it.
bool Translator::class_range(const EcmaAtom& first) {
    const auto render = [](const EcmaAtom& atom) {
        return atom.character ? render_character(*atom.character) : atom.set;
    };
    if (peek() != '-' || peek(1) == ']' || at_ + 1 >= text_.size()) {
        out_ += render(first);
        return true;
    }
    ++at_;
    const auto last = class_atom();
    if (!last) return false;
    if (!first.character || !last->character) {
        out_ += render(first) + render_character('-') + render(*last);
        return true;
    }
    if (*first.character > *last->character) return result_.outcome == Outcome::beyond;
    out_ += render(first) + '-' + render(*last);
    // Characters beyond U+FFFF are pairs of what lies there.
    if (*first.character <= 0xD800 && *last->character >= 0xDFFF && *last->character <= 0xFFFF)
        out_ += R"(\x{10000}-\x{10FFFF})";
    return true;
}

bool Translator::character_class() {
    take("[");
    const bool negated = take("^");
    if (take("]")) {
        out_ += negated ? R"([\x{0}-\x{10FFFF}])" : R"([^\x{0}-\x{10FFFF}])";
        return true;
    }
    out_ += negated ? "[^" : "[";
    while (!ended() && peek() != ']') {
        const auto first = class_atom();
        if (!first || !class_range(*first)) return false;
    }
    out_ += ']';
    return take("]");
}

bool Translator::quantified(std::size_t begin) {
    const auto times = repetition();
    if (!times) return true;
    if (times->most && *times->most < times->least) return false;
    take("?");  // whether it takes few or many does not change whether it matches
    if (!repeat_end(out_, begin, *times)) go_beyond("so many repetitions");
    return !repetition();
}

}  // namespace

EcmaTranslation translate_ecma(std::string_view expression) {
    return Translator(expression).whole();
}

}  // namespace understudy::access
