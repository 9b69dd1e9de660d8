#include "emulator/source/problem.hpp"

#include "emulator/source/printable.hpp"

#include <ostream>
#include <stdexcept>
#include <utility>

namespace understudy::source {

Problem Problem::with_extent(std::uint32_t characters) && {
    extent_ = characters;
    return std::move(*this);
}

Problem Problem::with_hint(std::string hint) && {
    hint_ = std::move(hint);
    return std::move(*this);
}

Problem Problem::with_note(std::string note) && {
    note_ = std::move(note);
    return std::move(*this);
}

std::string render_place(const Problem& problem) {
    std::string place = problem.file();
    if (problem.position().line == 0) return place;
    if (!place.empty()) place += ':';
    return place + std::to_string(problem.position().line) + ':' + std::to_string(problem.position().column);
}

std::string to_string(const Problem& problem) {
    std::string text = render_place(problem);
    if (!text.empty()) text += ": ";
    text += problem.message();
    if (!problem.hint().empty()) text += " (" + problem.hint() + ')';
    return to_printable(text);
}

std::ostream& operator<<(std::ostream& out, const Problem& problem) {
    return out << to_string(problem);
}

void throw_exception_from_error(const Problem& problem, const boost::source_location&) {
    throw std::runtime_error(to_string(problem));
}

void throw_exception_from_error(const Problems& problems, const boost::source_location& location) {
    throw_exception_from_error(problems.empty() ? Problem() : problems.front(), location);
}

}  // namespace understudy::source
