#pragma once

#include "client/input.hpp"

#include <cstdint>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace understudy::client {

/// Whether there is a person to ask.
enum class Interaction : std::uint8_t { none, terminal };

/// Where questions go and answers come from.
struct Console {
    std::istream& in;
    std::ostream& out;
    Interaction interaction = Interaction::none;

    /// Asks for a line. nullopt where there is nobody to ask, or no answer.
    std::optional<std::string> ask(std::string_view question) const;
};

/// An option, and the forms of its value.
struct Question {
    std::string_view option;
    std::string_view forms;
};

/// The value of an option. Where it is missing or wrong, says so and, on a terminal, asks until the answer is right.
/// nullopt where there is nobody to ask, or no answer.
template <class T>
std::optional<T> resolve(const Console& console, const Question& question, std::optional<std::string> given,
                         Input<T> (*parse)(std::string_view)) {
    for (;;) {
        auto value = given ? parse(*given) : Input<T>(refuse_missing(question.forms));
        if (value.has_value()) return *std::move(value);
        if (console.interaction == Interaction::none) console.out << "logquery: ";
        console.out << question.option << ": " << value.error().message() << "\n";
        given = console.ask(question.option);
        if (!given) return std::nullopt;
    }
}

}  // namespace understudy::client
