#include "tools/scenario/json_schema.hpp"
#include "tools/understudy/readable_command.hpp"

namespace understudy::cli {

ReadableCommand make_schema_command() {
    return {{"schema",
             "Print the JSON Schema of scenario files, for editors",
             "> scenario.schema.json",
             "Editors complete and check scenarios whose first line names the file:\n\n"
             "  # yaml-language-server: $schema=scenario.schema.json\n\n"
             "Exit codes: 0 printed, 1 usage, 3 it could not be written.",
             {}},
            [](const IsGiven&, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
                if (!behind.empty()) return Misuse{"takes no command behind '--'"};
                return Say{.out = scenario::render_json_schema(), .err = {}, .exit_code = 0};
            }};
}

}  // namespace understudy::cli
