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
            auto cell = at_ < text_.size() && text_[at_] == '"' ? read_quoted() : read_plain();
            if (!cell) return cell.error();
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
    source::Result<Cell> read_plain() {
        const auto end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
        Cell cell{std::string(text_.substr(at_, end - at_)), false};
        at_ = end;
        return cell;
    }
    source::Result<Cell> read_quoted() {
        Cell cell{{}, true};
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

}  // namespace understudy::scenario
