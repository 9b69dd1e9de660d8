#include "tools/understudy/options.hpp"

#include "tools/understudy/option_checks.hpp"
#include "tools/understudy/readable_command.hpp"
#include "tools/understudy/sam_config.hpp"
#include "tools/understudy/sam_flags.hpp"
#include "tools/understudy/version.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <span>
#include <sstream>
#include <type_traits>

namespace understudy::cli {
namespace {

constexpr int kUsage = 1;

/// Help in the command's own words: its usage line, and defaults in brackets.
class SpecHelp : public CLI::Formatter {
  public:
    explicit SpecHelp(std::string usage) : usage_(std::move(usage)) {}
    std::string make_usage(const CLI::App*, std::string name) const override {
        return "Usage: " + name + ' ' + usage_ + '\n';
    }
    std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
        std::string name = CLI::Formatter::make_option_name(option, is_positional);
        constexpr std::string_view kFalse = "{false}";
        const auto mark = name.find(kFalse);
        return mark == std::string::npos ? name : name.erase(mark, kFalse.size());
    }
    std::string make_option_opts(const CLI::Option* option) const override {
        std::string words = option->get_type_size() == 0 ? "" : ' ' + option->get_type_name();
        if (!option->get_default_str().empty()) words += " [" + option->get_default_str() + ']';
        return option->get_required() ? words + " (required)" : words;
    }

  private:
    std::string usage_;
};

template <class T>
constexpr bool kIsVector = false;
template <class T>
constexpr bool kIsVector<std::vector<T>> = true;

/// `--watch,!--no-watch`, as people write it.
std::string to_words(std::string names) {
    const auto comma = names.find(",!");
    return comma == std::string::npos ? names : names.replace(comma, 2, " and ");
}

template <class Value>
CLI::Option* add_slot(CLI::App& command, const OptionSpec& spec, Value* slot) {
    if constexpr (std::is_same_v<Value, bool>) {
        return command.add_flag(spec.names, *slot, spec.help);
    } else if constexpr (std::is_same_v<Value, std::optional<bool>>) {
        return command.add_flag_function(
            spec.names,
            [slot, names = spec.names](std::int64_t count) {
                if (count == 0) throw CLI::ValidationError(to_words(names) + " exclude each other");
                *slot = count > 0;
            },
            spec.help);
    } else {
        CLI::Option* option = command.add_option(spec.names, *slot, spec.help);
        if constexpr (!kIsVector<Value>) return option->capture_default_str();
        if (!is_argument(spec)) option->take_all()->allow_extra_args(false);
        return option;
    }
}

void add_option(CLI::App& command, const OptionSpec& spec) {
    CLI::Option* option = std::visit([&](auto* slot) { return add_slot(command, spec, slot); }, spec.slot);
    if (option->get_type_size() != 0)
        option->check(CLI::Validator([spec](const std::string& word) { return check_word(spec, word); }, ""));
    if (!spec.shown.empty()) option->type_name(spec.shown);
    if (spec.help.empty()) option->group("");
    option->required(spec.required);
}

/// What the mistyped one of these words may have meant: an option of one of these commands, or such a command.
std::string suggest_word(std::span<const ReadableCommand> commands, std::vector<std::string> words) {
    // Behind a command's name, values and files are no mistyped options.
    if (commands.size() == 1) std::erase_if(words, [](const std::string& word) { return !word.starts_with('-'); });
    std::vector<std::string> names;
    for (const ReadableCommand& command : commands) {
        names.push_back(command.spec.name);
        for (const OptionSpec& option : command.spec.options) {
            const auto options = long_names(option);
            names.insert(names.end(), options.begin(), options.end());
        }
    }
    return suggest(words, names);
}

/// The command line as CLI11 reads it, and what it reads into.
struct Grammar {
    /// `words`: the command line. Only the command that it names gets its options: the start counts.
    explicit Grammar(const std::vector<std::string>& words);
    /// The command that was named, and its place in `app`; null where none was.
    const ReadableCommand* chosen() const;
    Say refuse(std::string message, const std::vector<std::string>& words) const;

    CLI::App app{"A local stand-in for AWS Lambda and the HTTP front doors before it.", "understudy"};
    std::vector<ReadableCommand> commands = list_commands();
};

Grammar::Grammar(const std::vector<std::string>& words) {
    const auto named = std::ranges::find_if(words, [](const std::string& word) { return !word.starts_with('-'); });
    app.set_version_flag("--version", "understudy " + std::string(kVersion));
    app.require_subcommand(1);
    app.footer("'understudy COMMAND --help' tells more.");
    for (const ReadableCommand& command : commands) {
        CLI::App& added = *app.add_subcommand(command.spec.name, command.spec.summary);
        added.footer(command.spec.footer);
        added.formatter(std::make_shared<SpecHelp>(command.spec.usage));
        if (named == words.end() || *named != command.spec.name) continue;
        for (const OptionSpec& option : command.spec.options) add_option(added, option);
    }
}

const ReadableCommand* Grammar::chosen() const {
    const auto found = std::ranges::find_if(
        commands, [&](const ReadableCommand& command) { return app.got_subcommand(command.spec.name); });
    return found == commands.end() ? nullptr : &*found;
}

Say Grammar::refuse(std::string message, const std::vector<std::string>& words) const {
    const ReadableCommand* command = chosen();
    if (command == nullptr && !words.empty() && words.front().starts_with('-'))
        message = "there is no option '" + words.front() + "' before a command, only --help and --version";
    const std::string name = command == nullptr ? "understudy" : "understudy " + command->spec.name;
    if (command == nullptr && !words.empty() && !words.front().starts_with('-'))
        message = "there is no command '" + words.front() + "'";
    const std::span<const ReadableCommand> meant = command == nullptr ? std::span(commands) : std::span(command, 1);
    const bool serves = command != nullptr && command->spec.name == "serve";
    const std::string counterpart = serves ? name_counterpart(words) : "";
    const std::string hint = counterpart.empty() ? suggest_word(meant, words) : "; " + counterpart;
    return {"",
            name + ": " + message + hint + "\n'" + name + " --help' lists the " +
                (command == nullptr ? "commands" : "options") + '\n',
            kUsage};
}

/// What a command cannot do without. `text`: `NAME is required`.
std::string to_missing(const std::string& text, const CommandSpec& command) {
    const std::string name = text.substr(0, text.find(' '));
    const auto option = std::ranges::find_if(
        command.options, [&](const OptionSpec& spec) { return spec.required && spec.names.ends_with(name); });
    if (option == command.options.end()) return text;
    const std::string before = is_argument(*option) ? "" : name + ' ';
    const std::string shown = option->shown.empty() ? name : before + option->shown;
    return shown + " is missing: " + option->help + "\nUsage: understudy " + command.name + ' ' + command.usage;
}

/// What CLI11 found wrong, in our words.
std::string to_message(const CLI::ParseError& error, const Grammar& grammar) {
    const CLI::App& app = grammar.app;
    const std::string text = error.what();
    const ReadableCommand* command = grammar.chosen();
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError) && command != nullptr)
        return to_missing(text, command->spec);
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ArgumentMismatch)) {
        const bool repeated = text.find("At Most") != std::string::npos;
        return text.substr(0, text.find(':')) + (repeated ? " may be given once only" : " wants a value");
    }
    if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::ExtrasError)) return text;
    for (const std::string& word : app.remaining(true)) {
        if (word.starts_with('-') && word.size() > 1)
            return "there is no option '" + word.substr(0, word.find('=')) + "'";
        return "unexpected argument '" + word + "'";
    }
    return text;
}

/// `--record=` as `--record` and an empty word, which would otherwise be the word behind it.
std::vector<std::string> spread_empty_values(std::vector<std::string> words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].starts_with("--") || words[i].find('=') + 1 != words[i].size()) continue;
        words[i].pop_back();
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::string());
    }
    return words;
}

/// `help` and `help COMMAND`, which many programs know, as `--help` and `COMMAND --help`.
std::vector<std::string> spread_help(std::vector<std::string> words) {
    if (words.empty() || words.front() != "help") return words;
    words.erase(words.begin());
    if (words.empty()) return {"--help"};
    const auto commands = list_commands();
    const bool is_known = std::ranges::any_of(
        commands, [&](const ReadableCommand& command) { return command.spec.name == words.front(); });
    if (is_known) words.insert(words.begin() + 1, "--help");
    return words;
}

/// What was read, once it has been found to fit the grammar.
Command to_command(const Grammar& grammar, const std::vector<std::string>& behind) {
    const ReadableCommand& command = *grammar.chosen();
    const CLI::App* read = grammar.app.get_subcommand(command.spec.name);
    const IsGiven is_given = [&](const char* option) { return read->count(option) != 0; };
    auto finished = command.finish(is_given, behind);
    if (const auto* misuse = std::get_if<Misuse>(&finished)) return grammar.refuse(misuse->text, {});
    return std::get<Command>(std::move(finished));
}

}  // namespace

Command parse_command_line(const std::vector<std::string>& arguments) {
    const auto dashes = std::ranges::find(arguments, "--");
    const std::vector<std::string> words =
        spread_help(spread_empty_values(spread_overrides({std::next(arguments.begin()), dashes})));
    const std::vector<std::string> behind(dashes == arguments.end() ? dashes : std::next(dashes), arguments.end());
    Grammar grammar(words);
    try {
        grammar.app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) return grammar.refuse(to_message(error, grammar), words);
        std::ostringstream out, err;
        grammar.app.exit(error, out, err);
        return Say{out.str(), err.str(), 0};
    }
    Command command = to_command(grammar, behind);
    if (dashes != arguments.end() && behind.empty() && !std::holds_alternative<Say>(command))
        return grammar.refuse("nothing stands behind '--': write the function's command there, or leave '--' out", {});
    return command;
}

}  // namespace understudy::cli
