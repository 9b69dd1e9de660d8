#include "tools/scenario/rows.hpp"

#include "emulator/source/text.hpp"
#include "tools/match/json_value.hpp"
#include "tools/scenario/variables.hpp"

#include <algorithm>
#include <optional>

namespace understudy::scenario {

namespace {

using source::Problem;
using source::ProblemCode;

struct Cell {
    std::string text;
    bool quoted = false;
    source::Position place = {};
};

struct Line {
    std::uint32_t number = 0;
    std::vector<Cell> cells;
};

class CsvReader {
  public:
    CsvReader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

    source::Result<std::vector<Line>> read() {
        std::vector<Line> lines;
        while (at_ < text_.size()) {
            Line line{line_, {}};
            if (const auto read = read_line(line); !read) return read.error();
            const bool empty = line.cells.size() == 1 && line.cells[0].text.empty() && !line.cells[0].quoted;
            if (!empty) lines.push_back(std::move(line));
        }
        return lines;
    }

  private:
    source::Result<void> read_line(Line& line) {
        for (;;) {
            const auto place = position();
            auto cell = at_ < text_.size() && text_[at_] == '"' ? read_quoted() : read_plain();
            if (!cell) return cell.error();
            cell->place = place;
            line.cells.push_back(*std::move(cell));
            if (at_ < text_.size() && text_[at_] == ',') {
                ++at_;
                continue;
            }
            if (at_ < text_.size() && text_[at_] == '\r') ++at_;
            if (at_ < text_.size() && text_[at_] == '\n') ++at_;
            ++line_;
            return {};
        }
    }
    source::Position position() const {
        const auto line_break = text_.substr(0, at_).rfind('\n');
        const auto begin = line_break == std::string_view::npos ? 0 : line_break + 1;
        const auto before = source::count_characters(text_.substr(begin, at_ - begin));
        return {line_, static_cast<std::uint32_t>(before + 1)};
    }
    /// Where JSON ends that begins here, quotes and commas included, and nothing else is in the cell; nullopt where
    /// none does.
    std::optional<std::size_t> find_json_end() const {
        const auto rest = text_.substr(at_);
        if (!rest.starts_with('{') && !rest.starts_with('[')) return std::nullopt;
        int depth = 0;
        bool quoted = false;
        for (std::size_t i = 0; i < rest.size() && rest[i] != '\n'; ++i) {
            if (rest[i] == '"') quoted = !quoted;
            if (quoted && rest[i] == '\\') ++i;
            if (quoted) continue;
            if (rest[i] == '{' || rest[i] == '[') ++depth;
            if ((rest[i] == '}' || rest[i] == ']') && --depth == 0) {
                const auto behind = rest.substr(i + 1);
                const bool ends = behind.empty() || behind.find_first_of(",\r\n") == 0;
                return ends && match::parse_json(rest.substr(0, i + 1)) ? std::optional(at_ + i + 1) : std::nullopt;
            }
        }
        return std::nullopt;
    }
    source::Result<Cell> read_plain() {
        const auto comma = std::min(text_.find_first_of(",\r\n", at_), text_.size());
        const auto end = find_json_end().value_or(comma);
        Cell cell{std::string(text_.substr(at_, end - at_)), false, {}};
        at_ = end;
        return cell;
    }
    source::Result<Cell> read_quoted() {
        Cell cell{{}, true, {}};
        const auto begin = line_;
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\n') ++line_;
            if (text_[at_] != '"') {
                cell.text += text_[at_];
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell.text += text_[at_++];
            } else {
                ++at_;
                const bool ended = at_ == text_.size() || text_[at_] == ',' || text_[at_] == '\r' || text_[at_] == '\n';
                if (ended) return cell;
                return Problem(ProblemCode::malformed, "text behind a closing quote", name_, {line_, 1});
            }
        }
        return Problem(ProblemCode::malformed, "a quote that nothing closes", name_, {begin, 1});
    }

    std::string_view text_;
    const std::string& name_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
};

/// Two columns of one name would leave it open which value a row has.
std::optional<Problem> find_repeated_name(const Line& names, const std::string& file) {
    for (auto cell = names.cells.begin(); cell != names.cells.end(); ++cell) {
        const auto is_same = [&](const Cell& other) { return other.text == cell->text; };
        if (std::any_of(names.cells.begin(), cell, is_same))
            return Problem(ProblemCode::invalid, "two columns have the name '" + cell->text + "'", file,
                           {names.number, 1});
    }
    return std::nullopt;
}

}  // namespace

source::Result<std::vector<Row>> parse_csv(std::string_view text, const std::string& name) {
    text = source::without_byte_order_mark(text);
    const auto lines = CsvReader(text, name).read();
    if (!lines) return lines.error();
    if (lines->empty()) return Problem(ProblemCode::malformed, "there is no line of names", name, {1, 1});
    if (auto repeated = find_repeated_name(lines->front(), name)) return *std::move(repeated);
    const auto& names = lines->front().cells;
    std::vector<Row> rows;
    for (auto line = lines->begin() + 1; line != lines->end(); ++line) {
        if (line->cells.size() != names.size())
            return Problem(ProblemCode::malformed,
                           "a row of " + std::to_string(line->cells.size()) + " values under " +
                               std::to_string(names.size()) + " names",
                           name, {line->number, 1});
        Row row;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto& cell = line->cells[i];
            row.emplace_back(names[i].text, cell.quoted ? match::make_text(cell.text).shown : to_json_value(cell.text));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

source::Result<std::vector<Row>> parse_json_lines(std::string_view text, const std::string& name) {
    text = source::without_byte_order_mark(text);
    std::vector<Row> rows;
    for (std::uint32_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto value = match::parse_json(line);
        if (!value || value->kind != match::Kind::object)
            return Problem(ProblemCode::malformed, value ? "the line is no object" : value.error().message(), name,
                           {number, 1});
        Row row;
        for (const auto& member : value->members) row.emplace_back(member.name, match::to_text(member.value));
        rows.push_back(std::move(row));
    }
    return rows;
}

namespace {

std::optional<source::Position> find_csv_cell(std::string_view text, const std::string& file, std::size_t row,
                                              std::string_view name) {
    const auto lines = CsvReader(text, file).read();
    if (!lines || row >= lines->size()) return std::nullopt;
    const auto& names = lines->front().cells;
    const auto& line = (*lines)[row];
    const auto is_named = [&](const Cell& cell) { return cell.text == name; };
    const auto found = static_cast<std::size_t>(std::find_if(names.begin(), names.end(), is_named) - names.begin());
    if (found >= names.size() || found >= line.cells.size()) return source::Position{line.number, 0};
    return line.cells[found].place;
}

/// A key that occurs once is where the value is; of several the line alone is told.
std::optional<source::Position> find_json_cell(std::string_view text, std::size_t row, std::string_view name) {
    for (std::uint32_t number = 1; !text.empty(); ++number) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos || --row > 0) continue;
        const auto key = '"' + std::string(name) + '"';
        const auto at = name.empty() ? std::string_view::npos : line.find(key);
        if (at == std::string_view::npos || line.find(key, at + 1) != std::string_view::npos)
            return source::Position{number, 0};
        return source::Position{number, static_cast<std::uint32_t>(source::count_characters(line.substr(0, at)) + 1)};
    }
    return std::nullopt;
}

}  // namespace

std::optional<source::Position> find_row_cell(std::string_view text, const std::string& file, std::size_t row,
                                              std::string_view name) {
    text = source::without_byte_order_mark(text);
    return file.ends_with(".csv") ? find_csv_cell(text, file, row, name) : find_json_cell(text, row, name);
}

}  // namespace understudy::scenario
