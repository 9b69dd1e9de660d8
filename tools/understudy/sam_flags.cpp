#include "tools/understudy/sam_flags.hpp"

#include <algorithm>
#include <array>
#include <span>

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
constexpr std::string_view kTerraform = "has no counterpart: Terraform is not read";

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
    SamFlag{"--container-dns", kContainers},
    SamFlag{"--no-memory-limit", "has no counterpart: memory sizes are not enforced here"},
    SamFlag{"--shutdown", "has no counterpart: functions are told to end only where they have an extension within"},
    SamFlag{"--layer-cache-basedir", "has no counterpart: layers are folders of the template"},
    SamFlag{"--disable-authorizer", "has no counterpart: authorizers are asked, as on AWS"},
    SamFlag{"--hook-name", kTerraform},
    SamFlag{"--skip-prepare-infra", kTerraform},
    SamFlag{"--terraform-plan-file", kTerraform},
    SamFlag{"-s", "has no counterpart: no static files are served"},
    SamFlag{"--static-dir", "has no counterpart: no static files are served"},
    SamFlag{"-l", "has no counterpart: the log is written to standard error"},
    SamFlag{"--log-file", "has no counterpart: the log is written to standard error"},
};

/// Flags that are there, or mean something else, on our command line.
constexpr std::array kOfConfigurationOnly{
    SamFlag{"--host", "is --host here"},
    SamFlag{"--no-watch", "is --no-watch here"},
    SamFlag{"--profile", "has no counterpart: functions get made-up credentials, or yours by --credentials inherit"},
};

std::string_view find_counterpart(std::span<const SamFlag> flags, std::string_view flag) {
    const auto known = std::ranges::find(flags, flag, &SamFlag::flag);
    return known == flags.end() ? std::string_view() : known->counterpart;
}

}  // namespace

std::string name_counterpart(const std::vector<std::string>& words) {
    for (const std::string& word : words) {
        const std::string_view flag = std::string_view(word).substr(0, word.find('='));
        const std::string_view counterpart = find_counterpart(kSamFlags, flag);
        if (!counterpart.empty()) return std::string(flag) + " of SAM CLI " + std::string(counterpart);
    }
    return {};
}

std::string_view counterpart_of_key(std::string_view key) {
    std::string flag = "--" + std::string(key);
    std::ranges::replace(flag, '_', '-');
    const std::string_view counterpart = find_counterpart(kSamFlags, flag);
    return counterpart.empty() ? find_counterpart(kOfConfigurationOnly, flag) : counterpart;
}

}  // namespace understudy::cli
