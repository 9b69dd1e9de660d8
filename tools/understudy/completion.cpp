#include "tools/understudy/completion.hpp"

namespace understudy::cli {

std::string render_bash_completion(const CommandOptions& commands) {
    std::string names, cases;
    for (const auto& [name, options] : commands) {
        names += name + ' ';
        cases += "    " + name + ") words='";
        for (const std::string& option : options) cases += option + ' ';
        cases += "' ;;\n";
    }
    return "_understudy() {\n  local words current=${COMP_WORDS[COMP_CWORD]}\n  case ${COMP_WORDS[1]} in\n" + cases +
           "    *) words='" + names + "--help --version' ;;\n  esac\n  [ $COMP_CWORD -gt 1 ] || words='" + names +
           "--help --version'\n  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n}\n"
           "complete -o default -F _understudy understudy\n";
}

}  // namespace understudy::cli
