#include "tools/bench/report.hpp"

#include "tools/bench/compare.hpp"

#include <algorithm>

namespace understudy::bench {
namespace {

/// `text` and as many blanks as make it `width` characters wide.
std::string to_column(const std::string& text, std::size_t width) {
    const auto characters = static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
    return text + std::string(characters < width ? width - characters : 1, ' ');
}

std::string with_unit(double value, std::string_view unit) {
    std::string text = format(value);
    if (!unit.empty()) text += ' ';
    return text.append(unit);
}

std::string render_value(const Row& row, const Spread& value) {
    std::string text = with_unit(value.median, row.unit);
    if (value.low != value.high) text += " (" + format(value.low) + "–" + format(value.high) + ")";
    return text;
}

}  // namespace

bool meets(const Row& row, const Measured& measured) {
    const double value = measured.value.median;
    return row.bound == Row::Bound::at_least ? value >= row.goal : value <= row.goal;
}

std::string render_row(const Row& row, const Measured& measured) {
    const std::string goal = (row.bound == Row::Bound::at_least ? "≥ " : "≤ ") + with_unit(row.goal, row.unit);
    std::string line = to_column(std::string(row.name), 15);
    if (!measured.skipped.empty())
        return line + to_column("–", 26) + to_column(goal, 12) + "skip  " + measured.skipped + '\n';
    line += to_column(render_value(row, measured.value), 26) + to_column(goal, 12);
    line += meets(row, measured) ? "pass  " : "miss  ";
    line.append(row.what);
    if (!measured.detail.empty()) line += ": " + measured.detail;
    return line + '\n';
}

}  // namespace understudy::bench
