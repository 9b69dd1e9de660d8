#include "tools/report/line_diff.hpp"

#include <algorithm>
#include <cstddef>
#include <set>

namespace understudy::report {

namespace {

constexpr std::size_t kDeepest = 64;           // Levels that are indented.
constexpr std::size_t kMostCells = 4'000'000;  // Of the table that finds common lines.

using Lines = std::vector<std::string_view>;

Lines to_lines(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// A last member has no comma, and is the same member.
std::string_view without_comma(std::string_view line) {
    return line.ends_with(',') ? line.substr(0, line.size() - 1) : line;
}

// The key of a line `"key": …`; empty where it has none.
std::string_view key_of(std::string_view line) {
    const auto begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos || line[begin] != '"') return {};
    const auto end = line.find("\": ", begin + 1);
    return end == std::string_view::npos ? std::string_view() : line.substr(begin + 1, end - begin - 1);
}

// Which lines of a text can be at fault, by what was found to differ.
class Faults {
  public:
    explicit Faults(std::span<const match::Difference> differences) {
        for (const auto& difference : differences) {
            // Where a whole part differs, any of its lines may.
            any_ = any_ || difference.path.empty() || is_structure(difference.expected) ||
                   is_structure(difference.actual) || difference.path.ends_with(']');
            add_keys(difference.path);
        }
    }
    bool concern(std::string_view line) const { return any_ || keys_.contains(key_of(line)); }

  private:
    static bool is_structure(std::string_view value) { return value.starts_with('{') || value.starts_with('['); }
    void add_keys(std::string_view path) {
        constexpr std::string_view kEnds = ".[]\"";
        const auto end = path.find_last_not_of(kEnds);
        if (end == std::string_view::npos) return;
        const auto begin = path.find_last_of(kEnds, end);
        keys_.emplace(path.substr(begin == std::string_view::npos ? 0 : begin + 1, end + 1 - (begin + 1)));
    }

    bool any_ = false;
    std::set<std::string, std::less<>> keys_;
};

// What two runs of lines have in common, as the longest sequence of equal ones.
class CommonLines {
  public:
    CommonLines(const Lines& left, const Lines& right)
        : left_(left), right_(right), width_(right.size() + 1), lengths_((left.size() + 1) * width_) {
        for (std::size_t i = left.size(); i-- > 0;) {
            for (std::size_t j = right.size(); j-- > 0;)
                lengths_[i * width_ + j] =
                    same(i, j) ? length(i + 1, j + 1) + 1 : std::max(length(i + 1, j), length(i, j + 1));
        }
    }
    bool same(std::size_t i, std::size_t j) const { return without_comma(left_[i]) == without_comma(right_[j]); }
    std::uint32_t length(std::size_t i, std::size_t j) const { return lengths_[i * width_ + j]; }

  private:
    const Lines& left_;
    const Lines& right_;
    std::size_t width_;
    std::vector<std::uint32_t> lengths_;
};

// Sets apart what is at fault among lines that differ; of what is not, the received side is shown.
void add_differing(std::vector<DiffLine>& diff, std::string_view line, Side side, const Faults& faults) {
    if (faults.concern(line))
        diff.push_back({side, std::string(line)});
    else if (side == Side::received)
        diff.push_back({Side::met, std::string(line)});
}

}  // namespace

std::string to_pretty(std::string_view json) {
    std::string out;
    std::size_t depth = 0;
    const auto break_line = [&] { out.append("\n").append(2 * std::min(depth, kDeepest), ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        const char next = i + 1 < json.size() ? json[i + 1] : '\0';
        if (c == '"') {
            const auto begin = i;
            for (++i; i < json.size() && json[i] != '"'; ++i) i += json[i] == '\\' ? 1 : 0;
            out += json.substr(begin, i + 1 - begin);
        } else if ((c == '{' && next == '}') || (c == '[' && next == ']')) {
            out.append(1, c).append(1, next);
            ++i;
        } else if (c == '{' || c == '[') {
            out += c;
            ++depth;
            break_line();
        } else if (c == '}' || c == ']') {
            depth -= depth > 0 ? 1 : 0;
            break_line();
            out += c;
        } else if (c == ',') {
            out += c;
            break_line();
            while (i + 1 < json.size() && json[i + 1] == ' ') ++i;
        } else {
            out += c;
            if (c == ':' && next != ' ' && out.size() > 1 && out[out.size() - 2] == '"') out += ' ';
        }
    }
    return out + '\n';
}

std::vector<DiffLine> to_line_diff(std::string_view expected, std::string_view received,
                                   std::span<const match::Difference> differences) {
    const auto left = to_lines(expected);
    const auto right = to_lines(received);
    const Faults faults(differences);
    std::vector<DiffLine> diff;
    if (left.size() * right.size() > kMostCells) {
        for (const auto line : left) diff.push_back({Side::expected, std::string(line)});
        for (const auto line : right) diff.push_back({Side::received, std::string(line)});
        return diff;
    }
    const CommonLines common(left, right);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < left.size() || j < right.size()) {
        if (i < left.size() && j < right.size() && common.same(i, j)) {
            diff.push_back({Side::both, std::string(right[j])});
            ++i;
            ++j;
        } else if (j == right.size() || (i < left.size() && common.length(i + 1, j) >= common.length(i, j + 1))) {
            add_differing(diff, left[i++], Side::expected, faults);
        } else {
            add_differing(diff, right[j++], Side::received, faults);
        }
    }
    return diff;
}

}  // namespace understudy::report
