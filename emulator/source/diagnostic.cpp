#include "emulator/source/diagnostic.hpp"

#include "emulator/source/printable.hpp"
#include "emulator/source/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace understudy::source {
namespace {

constexpr std::size_t kTabStop = 4;
/// The most columns of a source line that are shown.
constexpr std::size_t kWidest = 100;
/// The most problems of one text that are shown.
constexpr std::size_t kMostShown = 20;

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kRed = "\x1b[1;31m";
constexpr std::string_view kBlue = "\x1b[1;34m";
constexpr std::string_view kReset = "\x1b[0m";

struct Interval {
    char32_t first;
    char32_t last;
};
constexpr std::array kZeroWidth = {Interval{0x300, 0x36F}, Interval{0x200B, 0x200F}, Interval{0x20D0, 0x20FF},
                                   Interval{0xFE00, 0xFE0F}, Interval{0xFEFF, 0xFEFF}};
/// East Asian wide characters and emoji, as terminals draw them.
constexpr std::array kDoubleWidth = {
    Interval{0x1100, 0x115F},   Interval{0x2E80, 0x303E},   Interval{0x3041, 0x4DBF},   Interval{0x4E00, 0xA4CF},
    Interval{0xAC00, 0xD7A3},   Interval{0xF900, 0xFAFF},   Interval{0xFE30, 0xFE6F},   Interval{0xFF00, 0xFF60},
    Interval{0xFFE0, 0xFFE6},   Interval{0x1F300, 0x1F64F}, Interval{0x1F680, 0x1F6FF}, Interval{0x1F900, 0x1FAFF},
    Interval{0x20000, 0x3FFFD},
};

template <std::size_t N>
bool contains(const std::array<Interval, N>& intervals, char32_t code) {
    return std::any_of(intervals.begin(), intervals.end(),
                       [code](const Interval& interval) { return code >= interval.first && code <= interval.last; });
}

/// A character as it is drawn.
struct Cell {
    std::string glyph;
    std::size_t width = 1;
};

Cell draw(const Character& character, std::string_view bytes, std::size_t column) {
    if (character.code == U'\t') {
        const std::size_t width = kTabStop - column % kTabStop;
        return {std::string(width, ' '), width};
    }
    if (character.code == kNotUtf8 || is_obeyed_by_terminals(character.code)) return {"\xEF\xBF\xBD", 1};
    if (contains(kZeroWidth, character.code)) return {std::string(bytes), 0};
    return {std::string(bytes), contains(kDoubleWidth, character.code) ? std::size_t{2} : std::size_t{1}};
}

std::vector<Cell> draw_line(std::string_view line) {
    std::vector<Cell> cells;
    std::size_t column = 0;
    while (!line.empty()) {
        const Character character = decode_character(line);
        cells.push_back(draw(character, line.substr(0, character.width), column));
        column += cells.back().width;
        line.remove_prefix(character.width);
    }
    return cells;
}

bool belongs_to_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '$' || static_cast<std::uint8_t>(c) >= 0x80;
}

/// Cells [from, to) of a line, of which [caret, caret_end) are underlined.
struct Excerpt {
    std::vector<Cell> cells;
    std::size_t from = 0;
    std::size_t to = 0;
    std::size_t caret = 0;
    std::size_t caret_end = 0;
};

std::size_t width_of(const std::vector<Cell>& cells, std::size_t from, std::size_t to) {
    std::size_t width = 0;
    for (std::size_t i = from; i < std::min(to, cells.size()); ++i) width += cells[i].width;
    return width;
}

/// Cuts a line that is too long so that the caret has a third of the columns before it.
void cut_around_caret(Excerpt& excerpt) {
    const auto& cells = excerpt.cells;
    excerpt.to = cells.size();
    if (width_of(cells, 0, cells.size()) <= kWidest) return;
    excerpt.from = excerpt.caret;
    while (excerpt.from > 0 && width_of(cells, excerpt.from - 1, excerpt.caret) <= kWidest / 3) --excerpt.from;
    excerpt.to = excerpt.from;
    std::size_t width = 0;
    while (excerpt.to < cells.size() && width + cells[excerpt.to].width <= kWidest) width += cells[excerpt.to++].width;
    while (excerpt.from > 0 && width + cells[excerpt.from - 1].width <= kWidest) width += cells[--excerpt.from].width;
    excerpt.caret_end = std::min(excerpt.caret_end, std::max(excerpt.to, excerpt.caret + 1));
}

Excerpt take_excerpt(const Problem& problem, std::string_view line) {
    Excerpt excerpt;
    excerpt.cells = draw_line(line);
    excerpt.caret =
        std::min<std::size_t>(problem.position().column == 0 ? 0 : problem.position().column - 1, excerpt.cells.size());
    excerpt.caret_end = excerpt.caret + problem.extent();
    if (problem.extent() == 0) {
        const auto in_word = [](const Cell& cell) { return belongs_to_word(cell.glyph.front()); };
        const auto word_end = std::find_if_not(excerpt.cells.begin() + static_cast<std::ptrdiff_t>(excerpt.caret),
                                               excerpt.cells.end(), in_word);
        excerpt.caret_end = static_cast<std::size_t>(word_end - excerpt.cells.begin());
    }
    excerpt.caret_end = std::max(std::min(excerpt.caret_end, excerpt.cells.size()), excerpt.caret + 1);
    cut_around_caret(excerpt);
    return excerpt;
}

std::string render_source(const Excerpt& excerpt) {
    std::string line = excerpt.from > 0 ? "…" : "";
    for (std::size_t i = excerpt.from; i < excerpt.to; ++i) line += excerpt.cells[i].glyph;
    return excerpt.to < excerpt.cells.size() ? line + "…" : line;
}

/// The blanks before the carets, and the carets.
std::pair<std::string, std::string> render_carets(const Excerpt& excerpt) {
    const std::size_t before = width_of(excerpt.cells, excerpt.from, excerpt.caret) + (excerpt.from > 0 ? 1 : 0);
    const std::size_t under = width_of(excerpt.cells, excerpt.caret, excerpt.caret_end);
    return {std::string(before, ' '), std::string(std::max<std::size_t>(under, 1), '^')};
}

class Paint {
  public:
    explicit Paint(Colour colour) : colour_(colour) {}
    std::string operator()(std::string_view style, std::string_view text) const {
        if (colour_ == Colour::none || text.empty()) return std::string(text);
        return std::string(style) + std::string(text) + std::string(kReset);
    }

  private:
    Colour colour_;
};

/// The source line between its two margins, with carets and `aside` under it.
std::string render_excerpt(const Problem& problem, std::string_view line, const Paint& paint) {
    const Excerpt excerpt = take_excerpt(problem, line);
    auto [blanks, carets] = render_carets(excerpt);
    if (!problem.hint().empty()) carets += ' ' + to_printable(problem.hint());
    const std::string number = std::to_string(problem.position().line);
    const std::string margin = paint(kBlue, std::string(number.size() + 2, ' ') + '|');
    return margin + '\n' + paint(kBlue, ' ' + number + " |") + ' ' + render_source(excerpt) + '\n' + margin + ' ' +
           blanks + paint(kRed, carets) + '\n';
}

}  // namespace

std::string render_diagnostic(const Problem& problem, std::string_view text, Colour colour) {
    const Paint paint(colour);
    std::string out = paint(kRed, "error") + paint(kBold, ": " + to_printable(problem.message())) + '\n';

    const std::size_t line_number = problem.position().line;
    const std::string margin(std::to_string(line_number).size() + 1, ' ');
    const std::string place = to_printable(render_place(problem));
    if (!place.empty()) out += paint(kBlue, margin + "-->") + ' ' + place + '\n';
    const Lines lines(text);
    const bool shows_source = line_number != 0 && line_number <= lines.count();
    if (shows_source) {
        const Range range = lines.line(line_number);
        out += render_excerpt(problem, text.substr(range.begin, range.end - range.begin), paint);
    } else if (!problem.hint().empty()) {
        out += paint(kBlue, margin + " =") + " hint: " + to_printable(problem.hint()) + '\n';
    }
    if (!problem.note().empty()) out += paint(kBlue, margin + " =") + " note: " + to_printable(problem.note()) + '\n';
    return out;
}

std::string render_diagnostics(const Problems& problems,
                               const std::function<std::string_view(const std::string& file)>& text_of, Colour colour) {
    const std::size_t shown = std::min(problems.size(), kMostShown);
    std::string out;
    for (std::size_t i = 0; i < shown; ++i) {
        out += (i == 0 ? "" : "\n") + render_diagnostic(problems[i], text_of(problems[i].file()), colour);
    }
    if (problems.size() < 2) return out;
    const std::string rest =
        shown < problems.size() ? ", of which the first " + std::to_string(shown) + " are shown" : "";
    return out + '\n' + Paint(colour)(kBold, std::to_string(problems.size()) + " errors" + rest) + '\n';
}

}  // namespace understudy::source
