#include "tools/understudy/completion.hpp"

#include "emulator/source/shell_word.hpp"
#include "tools/understudy/completion_words.hpp"

namespace understudy::cli {
namespace {

std::string join(const std::vector<std::string>& words, std::string_view between) {
    std::string joined;
    for (const std::string& word : words) joined += (joined.empty() ? "" : std::string(between)) + word;
    return joined;
}

std::string list_names(std::span<const CommandSpec> commands) {
    std::string names;
    for (const CommandSpec& command : commands) names += command.name + ' ';
    return names + "--help -h --version";
}

/// What an argument may be is offered until it is there.
std::string render_bash_place(const std::vector<std::string>& choices) {
    return "case $before in *' " + join(choices, " '*|*' ") + " '*) ;; *) words='" + join(choices, " ") + "' ;; esac ";
}

/// The cases of one command: what goes behind an option, then what goes anywhere.
std::string render_bash_cases(const CommandSpec& command) {
    std::string cases, anywhere, places;
    for (const OptionSpec& option : command.options) {
        const CompletionWords words = to_completion_words(option);
        if (words.names.empty()) {
            if (!words.choices.empty()) places = render_bash_place(words.choices);
            continue;
        }
        for (const std::string& name : words.names) anywhere += name + ' ';
        if (!words.takes_value) continue;
        cases += "    " + command.name + ":" + join(words.names, "|" + command.name + ":") + ") ";
        cases += words.choices.empty() ? "return ;;\n" : "words='" + join(words.choices, " ") + "' ;;\n";
    }
    cases += "    " + command.name + ":*) case $current in -*) words='" + anywhere + "--help -h' ;; *) " + places +
             ";; esac ;;\n";
    return cases;
}

std::string render_bash(std::span<const CommandSpec> commands) {
    std::string cases;
    for (const CommandSpec& command : commands) cases += render_bash_cases(command);
    return "_understudy() {\n"
           "  local words= word current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
           "  local before=\" ${COMP_WORDS[*]:2:COMP_CWORD-2} \"\n"
           "  COMPREPLY=()\n"
           "  if [ \"$current\" = = ]; then current=; elif [ \"$previous\" = = ]; then "
           "previous=${COMP_WORDS[COMP_CWORD-2]}; fi  # Bash takes --front=rest for three words.\n"
           "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do [ \"$word\" != -- ] || return; done\n"
           "  [ $COMP_CWORD -gt 1 ] || words='" +
           list_names(commands) +
           "'\n"
           "  [ $COMP_CWORD -eq 1 ] || case ${COMP_WORDS[1]}:$previous in\n" +
           cases +
           "  esac\n"
           "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
           "}\n"
           "complete -o default -F _understudy understudy\n";
}

/// A text inside an argument of `_arguments`.
std::string escape_for_zsh(std::string_view text) {
    std::string escaped;
    for (const char c : text)
        escaped += (c == '[' || c == ']' || c == ':' || c == '\\' ? "\\" : "") + std::string(1, c);
    return escaped;
}

/// What may stand in a word's place: its choices, files, or a value that nobody can guess.
std::string to_zsh_action(const CompletionWords& words) {
    if (!words.choices.empty()) return "(" + join(words.choices, " ") + ")";
    return words.is_file ? "_files" : " ";
}

/// Behind each other in their places, the first being 1; one that repeats takes all that is left.
std::string render_zsh_argument(const OptionSpec& option, int place) {
    const CompletionWords words = to_completion_words(option);
    const std::string where = words.repeats ? "*" : std::to_string(place) + (option.required ? "" : ":");
    return " \\\n        " +
           source::quote_for_shell(where + ":" + escape_for_zsh(words.help) + ":" + to_zsh_action(words));
}

std::string render_zsh_option(const OptionSpec& option) {
    const CompletionWords words = to_completion_words(option);
    std::string rendered;
    for (const std::string& name : words.names) {
        const std::string others = words.repeats ? "*" : "(" + join(words.names, " ") + ")";
        const std::string sign = words.takes_value && name.starts_with("--") ? "=" : "";
        const std::string behind = words.takes_value ? ":value:" + to_zsh_action(words) : "";
        rendered += " \\\n        " +
                    source::quote_for_shell(others + name + sign + "[" + escape_for_zsh(words.help) + "]" + behind);
    }
    return rendered;
}

std::string render_zsh_cases(const CommandSpec& command) {
    std::string cases = "    " + command.name + ")\n      _arguments";
    int place = 0;
    for (const OptionSpec& option : command.options)
        cases += is_argument(option) ? render_zsh_argument(option, ++place) : render_zsh_option(option);
    return cases + " \\\n        '(-h --help)'{-h,--help}'[Tell more]' ;;\n";
}

std::string render_zsh(std::span<const CommandSpec> commands) {
    std::string names, cases;
    for (const CommandSpec& command : commands) {
        names += "    " + source::quote_for_shell(command.name + ":" + escape_for_zsh(short_summary(command))) + '\n';
        cases += render_zsh_cases(command);
    }
    return "#compdef understudy\n"
           "_understudy() {\n"
           "  local -a commands=(\n" +
           names +
           "  )\n"
           "  if (( CURRENT == 2 )) && [[ $words[2] == -* ]]; then compadd -- --help -h --version; return; fi\n"
           "  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
           "  if (( ${words[(i)--]} < CURRENT )); then _files; return; fi\n"
           "  shift words\n"
           "  (( CURRENT-- ))\n"
           "  case $words[1] in\n" +
           cases +
           "  esac\n"
           "}\n"
           "if [ \"$funcstack[1]\" = _understudy ]; then _understudy \"$@\"; else compdef _understudy understudy; fi\n";
}

/// `begin` has the condition in its quotes, which are still open.
std::string render_fish_option(const std::string& begin, const OptionSpec& option) {
    const CompletionWords words = to_completion_words(option);
    if (words.names.empty() && words.choices.empty()) return {};
    std::string line = begin;
    if (words.names.empty()) line += "; and not __fish_seen_subcommand_from " + join(words.choices, " ");
    line += '\'';
    for (const std::string& name : words.names)
        line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (!words.choices.empty()) {
        line += (words.names.empty() ? " -f -a " : " -x -a ") + source::quote_for_shell(join(words.choices, " "));
    } else if (words.takes_value) {
        line += words.is_file ? " -r" : " -x";
    }
    return line + " -d " + source::quote_for_shell(words.help) + '\n';
}

std::string render_fish(std::span<const CommandSpec> commands) {
    std::string script =
        "function __understudy_runs\n"
        "    set -l words (commandline -opc)\n"
        "    test (count $words) -gt 1; and test $words[2] = $argv[1]\n"
        "end\n";
    for (const CommandSpec& command : commands) {
        script += "complete -c understudy -n __fish_use_subcommand -f -a " + command.name + " -d " +
                  source::quote_for_shell(short_summary(command)) + '\n';
        const std::string begin = "complete -c understudy -n '__understudy_runs " + command.name;
        for (const OptionSpec& option : command.options) script += render_fish_option(begin, option);
    }
    return script +
           "complete -c understudy -s h -l help -d 'Tell more'\n"
           "complete -c understudy -n __fish_use_subcommand -l version -d 'Print the version'\n";
}

}  // namespace

std::string render_completion(std::string_view shell, std::span<const CommandSpec> commands) {
    if (shell == "zsh") return render_zsh(commands);
    return shell == "fish" ? render_fish(commands) : render_bash(commands);
}

}  // namespace understudy::cli
