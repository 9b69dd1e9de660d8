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

/// The value of an option. Where it is missing or wrong, says so and, on a terminal, asks until the answer is right.
/// nullopt where there is nobody to ask, or no answer.
template <class T>
std::optional<T> resolve(const Console& console, std::string_view option, std::optional<std::string> given,
                         Input<T> (*parse)(std::string_view)) {
    std::string text = given.value_or(std::string());
    for (;;) {
        auto value = parse(text);
        if (value.has_value()) return *std::move(value);
        console.out << option << ": " << value.error().message() << "\n";
        auto answer = console.ask(option);
        if (!answer) return std::nullopt;
        text = *std::move(answer);
    }
}

}  // namespace understudy::client
