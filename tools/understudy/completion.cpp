#include "tools/understudy/completion.hpp"

namespace understudy::cli {

std::string render_bash_completion(std::span<const CommandSpec> commands) {
    std::string names, cases;
    for (const CommandSpec& command : commands) {
        names += command.name + ' ';
        cases += "    " + command.name + ") words='";
        for (const OptionSpec& option : command.options) {
            for (const std::string& name : long_names(option)) cases += name + ' ';
        }
        cases += "--help' ;;\n";
    }
    return "_understudy() {\n  local words current=${COMP_WORDS[COMP_CWORD]}\n  case ${COMP_WORDS[1]} in\n" + cases +
           "    *) words='" + names + "--help --version' ;;\n  esac\n  [ $COMP_CWORD -gt 1 ] || words='" + names +
           "--help --version'\n  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n}\n"
           "complete -o default -F _understudy understudy\n";
}

}  // namespace understudy::cli
