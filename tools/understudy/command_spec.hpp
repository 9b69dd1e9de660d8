#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::cli {

/// What the words of an option are read into. A flag goes into a `bool`, or where "not said" counts, into an optional
/// one; a vector takes an option each time that it is given.
using Slot = std::variant<bool*, std::optional<bool>*, std::string*, std::vector<std::string>*, int*, unsigned*,
                          std::uint16_t*, std::uint64_t*, std::optional<std::uint64_t>*, double*>;

/// What is wrong with a word, in a sentence that shows what is accepted; empty where nothing is.
using WordCheck = std::function<std::string(const std::string& word)>;

/// One option or argument of a command.
struct OptionSpec {
    std::string names;       ///< `-e,--event`; `--watch,!--no-watch` for a flag; `paths` without dashes: an argument.
    Slot slot;               ///< Its value before reading is the default, which the help shows.
    std::string help = {};   ///< Empty: the help leaves the option out.
    WordCheck check = {};    ///< Of each word.
    std::string shown = {};  ///< What stands for the value in the help; empty: what its type is called.
    bool required = false;
};

/// A command as its help tells it, and what its options are read into.
struct CommandSpec {
    std::string name;     ///< One word.
    std::string summary;  ///< A line for `understudy --help`.
    std::string usage;    ///< What stands behind the name in the usage line: `[OPTIONS] PATH…`.
    std::string footer;   ///< Examples and exit codes.
    std::vector<OptionSpec> options;
};

/// An option that takes one of `choices`.
OptionSpec choice(std::string names, Slot slot, std::vector<std::string_view> choices, std::string help);
/// An option that takes digits only, `low` to `high`.
OptionSpec whole_number(std::string names, Slot slot, std::uint64_t low, std::uint64_t high, std::string help);

/// What is wrong with a word for this option, or nothing. It does not begin with the '=' of `-e=event.json`. What names
/// something, a file say, is never empty: that is a variable of a script that is not set.
std::string check_word(const OptionSpec& option, const std::string& word);

/// The option's names that begin with two dashes.
std::vector<std::string> long_names(const OptionSpec& option);
/// Whether it is an argument, which is told by its place.
bool is_argument(const OptionSpec& option);

}  // namespace understudy::cli
