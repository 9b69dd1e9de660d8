#include "emulator/app/environment_file.hpp"

#include "emulator/source/text.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace understudy::app {
namespace {

using source::Problem;
using source::ProblemCode;
using source::Result;

constexpr std::string_view kBlanks = " \t";

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name_part(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

std::string resolve_escape(char c) {
    switch (c) {
        case 'n':
            return "\n";
        case 'r':
            return "\r";
        case 't':
            return "\t";
        case '"':
        case '\\':
        case '$':
            return {c};
        default:
            return {'\\', c};
    }
}

class Reader {
  public:
    Reader(std::string_view text, std::string_view name) : text_(text), name_(name), lines_(text) {
        if (text_.starts_with(source::kByteOrderMark)) at_ = source::kByteOrderMark.size();
    }

    Result<std::vector<VariableOverride>> run() {
        std::vector<VariableOverride> variables;
        for (; at_ < text_.size(); skip_line_end()) {
            skip_blanks();
            if (at_end_of_line() || text_[at_] == '#') {
                skip_line();
                continue;
            }
            auto variable = read_variable();
            if (variable.has_error()) return variable.error();
            variables.push_back(std::move(*variable));
        }
        return variables;
    }

  private:
    bool at_end_of_line() const { return at_ == text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }
    void skip_blanks() { at_ = std::min(text_.find_first_not_of(kBlanks, at_), text_.size()); }
    void skip_line() { at_ = std::min(text_.find_first_of("\r\n", at_), text_.size()); }
    void skip_line_end() {
        if (text_.substr(at_).starts_with("\r\n")) ++at_;
        if (at_ < text_.size()) ++at_;
    }

    Problem problem(std::size_t at, const std::string& message) const {
        return {ProblemCode::malformed, message, std::string(name_), lines_.position(at)};
    }

    std::string_view read_name() {
        const std::size_t begin = at_;
        if (at_ < text_.size() && is_letter(text_[at_])) {
            while (at_ < text_.size() && is_name_part(text_[at_])) ++at_;
        }
        return text_.substr(begin, at_ - begin);
    }

    Result<VariableOverride> read_variable() {
        std::size_t begin = at_;
        std::string_view name = read_name();
        if (name == "export" && !at_end_of_line() && kBlanks.find(text_[at_]) != std::string_view::npos) {
            skip_blanks();
            begin = at_;
            name = read_name();
        }
        if (name.empty()) return problem(begin, "the name of a variable is expected").with_hint("NAME=value");
        skip_blanks();
        if (at_end_of_line() || text_[at_] != '=') {
            return problem(at_, "'=' is expected behind " + std::string(name)).with_hint(std::string(name) + "=value");
        }
        ++at_;
        skip_blanks();
        auto value = read_value();
        if (value.has_error()) return value.error();
        return VariableOverride{std::string(name), std::move(*value), std::string(name_), lines_.position(begin)};
    }

    Result<std::string> read_value() {
        if (at_end_of_line() || (text_[at_] != '"' && text_[at_] != '\'')) return read_bare();
        auto value = read_quoted(text_[at_]);
        if (value.has_error()) return value;
        const std::size_t behind = at_;
        skip_blanks();
        if (!at_end_of_line() && text_[at_] == '#' && at_ > behind) skip_line();
        if (!at_end_of_line()) return problem(at_, "nothing is expected behind the closing quote");
        return value;
    }

    std::string read_bare() {
        const std::size_t begin = at_;
        skip_line();
        std::string_view value = text_.substr(begin, at_ - begin);
        for (std::size_t sign = value.find('#'); sign != std::string_view::npos; sign = value.find('#', sign + 1)) {
            if (sign == 0 || kBlanks.find(value[sign - 1]) != std::string_view::npos) value = value.substr(0, sign);
        }
        return std::string(value.substr(0, value.find_last_not_of(kBlanks) + 1));
    }

    Result<std::string> read_quoted(char quote) {
        const std::size_t begin = at_++;
        std::string value;
        for (; at_ < text_.size(); ++at_) {
            if (text_[at_] == quote) {
                ++at_;
                return value;
            }
            const bool escape = quote == '"' && text_[at_] == '\\' && at_ + 1 < text_.size();
            value += escape ? resolve_escape(text_[++at_]) : std::string(1, text_[at_]);
        }
        return problem(begin, "the quoted text that begins here never ends");
    }

    std::string_view text_;
    std::string_view name_;
    source::Lines lines_;
    std::size_t at_ = 0;
};

}  // namespace

Result<std::vector<VariableOverride>> parse_environment_file(std::string_view text, std::string_view name) {
    if (text.find('\0') != std::string_view::npos) {
        return Problem(ProblemCode::malformed, "the text holds a NUL", std::string(name),
                       source::Lines(text).position(text.find('\0')));
    }
    return Reader(text, name).run();
}

void apply_environment_file(const std::vector<VariableOverride>& variables, std::vector<Function>& functions) {
    for (Function& function : functions) {
        for (const VariableOverride& variable : variables) {
            const auto found =
                std::ranges::find(function.environment, variable.name, &std::pair<std::string, std::string>::first);
            if (found == function.environment.end()) {
                function.environment.emplace_back(variable.name, variable.value);
            } else {
                found->second = variable.value;
            }
        }
    }
}

}  // namespace understudy::app
