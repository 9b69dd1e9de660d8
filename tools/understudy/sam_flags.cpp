#include "tools/understudy/sam_flags.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace understudy::cli {
namespace {

struct SamFlag {
    std::string_view flag;
    std::string_view counterpart;
};

constexpr std::string_view kTemplate = "is the argument TEMPLATE here";
constexpr std::string_view kDebugger =
    "has no counterpart: functions are processes of this machine, to which gdb --pid attaches";
constexpr std::string_view kContainers = "has no counterpart: there are no containers here";

// Source: aws/aws-sam-cli samcli/commands/local/start_api/cli.py, samcli/commands/local/cli_common/options.py.
constexpr std::array kSamFlags{
    SamFlag{"-t", kTemplate},
    SamFlag{"--template", kTemplate},
    SamFlag{"--template-file", kTemplate},
    SamFlag{"-n", "is --env-vars here"},
    SamFlag{"-p", "is --port here"},
    SamFlag{"--ssl-cert-file", "is --tls-cert here"},
    SamFlag{"--ssl-key-file", "is --tls-key here"},
    SamFlag{"-d", kDebugger},
    SamFlag{"--debug-port", kDebugger},
    SamFlag{"--debugger-path", kDebugger},
    SamFlag{"--debug-args", kDebugger},
    SamFlag{"--debug-function", kDebugger},
    SamFlag{"--warm-containers",
            "has no counterpart: environments stay warm, and --watch replaces those whose code changed"},
    SamFlag{"--docker-network", kContainers},
    SamFlag{"--docker-volume-basedir", kContainers},
    SamFlag{"-v", kContainers},
    SamFlag{"--container-host", kContainers},
    SamFlag{"--container-host-interface", kContainers},
    SamFlag{"--container-env-vars", kContainers},
    SamFlag{"--add-host", kContainers},
    SamFlag{"--skip-pull-image", kContainers},
    SamFlag{"--force-image-build", kContainers},
    SamFlag{"--invoke-image", kContainers},
    SamFlag{"-s", "has no counterpart: no static files are served"},
    SamFlag{"--static-dir", "has no counterpart: no static files are served"},
    SamFlag{"-l", "has no counterpart: the log is written to standard error"},
    SamFlag{"--log-file", "has no counterpart: the log is written to standard error"},
};

}  // namespace

std::string name_counterpart(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        const std::string_view flag = std::string_view(word).substr(0, word.find('='));
        const auto known = std::ranges::find(kSamFlags, flag, &SamFlag::flag);
        if (known != kSamFlags.end()) return std::string(flag) + " of SAM CLI " + std::string(known->counterpart);
    }
    return {};
}

}  // namespace understudy::cli
