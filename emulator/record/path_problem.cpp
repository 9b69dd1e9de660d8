#include "emulator/record/path_problem.hpp"

#include "emulator/record/redaction_rules.hpp"

#include <algorithm>

namespace understudy::record {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string in_quotes(std::string_view text) {
    return '\'' + std::string(text) + '\'';
}

bool holds(std::string_view characters, char c) {
    return characters.find(c) != std::string_view::npos;
}

bool has_outer_blanks(std::string_view text) {
    return !text.empty() && (holds(kBlanks, text.front()) || holds(kBlanks, text.back()));
}

std::string trim(std::string_view text) {
    const auto begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin));
}

std::optional<PathProblem> find_blanks(std::string_view text) {
    if (!has_outer_blanks(text)) return std::nullopt;
    const std::string without = trim(text);
    return PathProblem{in_quotes(text) + " begins or ends with a blank",
                       without.empty() ? "leave it out" : "write " + in_quotes(without)};
}

bool is_index(std::string_view text) {
    return text == "*" || (!text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos);
}

/// What is wrong with the brackets behind a name.
std::optional<PathProblem> find_bracket_problem(std::string_view path, std::string_view brackets) {
    while (!brackets.empty()) {
        const std::size_t end = brackets.find(']');
        if (brackets.front() != '[')
            return PathProblem{in_quotes(path) + " has " + in_quotes(brackets) + " behind ']'",
                               "a dot or '[' follows it"};
        if (end == std::string_view::npos)
            return PathProblem{in_quotes(path) + " has a '[' without its ']'", "[*] is each element of a list"};
        if (!is_index(brackets.substr(1, end - 1)))
            return PathProblem{in_quotes(path) + " has " + in_quotes(brackets.substr(0, end + 1)) + " for an element",
                               "[*] is each element of a list, [0] the first; a field's name stands behind a dot"};
        brackets.remove_prefix(end + 1);
    }
    return std::nullopt;
}

/// What is wrong with what stands between two dots.
std::optional<PathProblem> find_step_problem(std::string_view path, std::string_view step, bool is_first) {
    const std::size_t extension = extension_length(step);
    if (extension > 0) return find_bracket_problem(path, step.substr(extension));
    const std::size_t begin = std::min(step.find('['), step.size());
    const std::string_view name = step.substr(0, begin);
    if (name.empty() && !(is_first && begin < step.size()))
        return PathProblem{in_quotes(path) + " has a dot without a name",
                           "names are separated by one dot; a name alone is taken at any depth"};
    if (name.find(']') != std::string_view::npos)
        return PathProblem{in_quotes(path) + " has a ']' without its '['", "[*] is each element of a list"};
    if (name == "*") return PathProblem{in_quotes(path) + " has '*' for a name", "only lists have it: items[*].card"};
    if (name.find('*') != std::string_view::npos)
        return PathProblem{in_quotes(path) + " has '*' in a name",
                           "names are whole; only lists have it: items[*].card"};
    if (has_outer_blanks(name)) return PathProblem{in_quotes(path) + " has a blank around a name", "leave it out"};
    return find_bracket_problem(path, step.substr(begin));
}

}  // namespace

std::optional<PathProblem> find_path_problem(std::string_view path) {
    if (auto blanks = find_blanks(path)) return blanks;
    if (path == "$" || path.starts_with("$["))
        return PathProblem{in_quotes(path) + " begins with '$', and no name follows",
                           path == "$" ? "name the fields" : "write " + in_quotes(path.substr(1))};
    std::string_view rest = path.starts_with("$.") ? path.substr(2) : path;
    for (bool is_first = true;; is_first = false) {
        const std::size_t dot = rest.find('.', extension_length(rest));
        if (auto problem = find_step_problem(path, rest.substr(0, dot), is_first)) return problem;
        if (dot == std::string_view::npos) return std::nullopt;
        rest.remove_prefix(dot + 1);
    }
}

std::optional<PathProblem> find_header_problem(std::string_view name) {
    constexpr std::string_view kOtherTokens = "!#$%&'*+-.^_`|~";
    if (auto blanks = find_blanks(name)) return blanks;
    const bool is_name = std::ranges::all_of(name, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || holds(kOtherTokens, c);
    });
    if (is_name) return std::nullopt;
    return PathProblem{in_quotes(name) + " is no header name",
                       "a name has no blanks and no colon, as in x-internal-token"};
}

std::optional<PathProblem> find_parameter_problem(std::string_view name) {
    return find_blanks(name);
}

std::optional<PathProblem> find_listed_problem(std::string_view name) {
    if (name.find_first_of("\"'`") != std::string_view::npos)
        return PathProblem{in_quotes(name) + " has quotes", "names stand without them"};
    if (name.find_first_of(" \t\r\n;|") != std::string_view::npos)
        return PathProblem{in_quotes(name) + " is no name", "names are separated by commas"};
    if (name.ends_with(':')) return PathProblem{in_quotes(name) + " ends with a colon", "leave it out"};
    return find_path_problem(name);
}

}  // namespace understudy::record
