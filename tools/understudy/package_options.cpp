#include "tools/understudy/package_options.hpp"

#include "tools/package/runtime_image.hpp"
#include "tools/understudy/readable_command.hpp"

#include <memory>

namespace understudy::cli {
namespace {

/// The words of a runtime.
struct RuntimeWords {
    std::string runtime = "provided.al2023";
    std::string machine;
};

OptionSpec runtime_option(RuntimeWords& words) {
    const auto names = package::runtime_names();
    return choice("--runtime", &words.runtime, {names.begin(), names.end()}, "Lambda's runtime");
}

OptionSpec machine_option(RuntimeWords& words) {
    return choice("--arch", &words.machine, {"x86_64", "arm64"},
                  "The function's architecture; without, what the program is built for");
}

RuntimeOptions to_options(const RuntimeWords& words) {
    RuntimeOptions options{words.runtime, {}};
    if (words.machine == "arm64") options.machine = package::Machine::arm64;
    if (words.machine == "x86_64") options.machine = package::Machine::x86_64;
    return options;
}

std::string find_misuse(const PackageOptions& options) {
    if (options.is_layer) {
        if (!options.records) return "a layer that does not record would be empty: write --record --layer";
        if (!options.program.empty()) return "a layer holds the recorder alone: leave '" + options.program + "' out";
        return {};
    }
    if (!options.recorder.empty() && !options.records) return "--recorder goes with --record";
    if (options.program.empty()) {
        return "the function's program is missing, for example\n  understudy package ./bootstrap -o " + options.zip;
    }
    return {};
}

}  // namespace

ReadableCommand make_check_command() {
    struct Words {
        CheckOptions options;
        RuntimeWords runtime;
        std::string output = "text";
    };
    auto words = std::make_shared<Words>();
    OptionSpec path{
        "path", &words->options.path, "A program, a zip file, or a folder that holds 'bootstrap'", {}, "PATH"};
    path.required = true;
    return {{"check",
             "Tell whether a function would start on Lambda: check ./bootstrap",
             "[OPTIONS] PATH",
             "Architecture, loader, versions of glibc and libstdc++, libraries, rights, scripts, sizes.\n"
             "Exit codes: 0 it would start, 1 usage, or it cannot be read, 3 the findings could not be written,\n4 it "
             "would not start.\n\n"
             "Examples:\n  understudy check ./bootstrap\n  understudy check fn.zip --arch arm64",
             {std::move(path), machine_option(words->runtime), runtime_option(words->runtime),
              choice("--output", &words->output, {"text", "json"}, "text for people, json for programs")}},
            [words](const IsGiven&, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
                if (!behind.empty()) return Misuse{"runs no function: leave '--' out"};
                CheckOptions finished = words->options;
                finished.runtime = to_options(words->runtime);
                finished.json = words->output == "json";
                return finished;
            }};
}

ReadableCommand make_package_command() {
    struct Words {
        PackageOptions options;
        std::vector<std::string> paths;
        RuntimeWords runtime;
    };
    auto words = std::make_shared<Words>();
    PackageOptions& options = words->options;
    OptionSpec zip{"-o,--output", &options.zip, "The zip file to write", {}, "FILE"};
    zip.required = true;
    return {{"package",
             "Make a deployable zip: package ./bootstrap [FILE…] -o fn.zip",
             "[OPTIONS] PROGRAM|FOLDER [FILE…] -o FILE",
             "The program is stored as 'bootstrap' whatever its name, a folder with its content;\n"
             "its links stay links. The same files make the same bytes. What 'understudy check' finds is told first.\n"
             "The zip gets the folders that it lacks.\n"
             "Exit codes: 0 packed, 1 usage, or it cannot be packed, 3 what it is could not be written to stdout,\n4 "
             "packed, but it would not start.\n\n"
             "With --record the function's invocations go to its log as UNDERSTUDY lines, which 'understudy replay'\n"
             "reads. Its variables UNDERSTUDY_SAMPLE (0 to 1), UNDERSTUDY_REDACT (names), UNDERSTUDY_RECORD (log or a\n"
             "file) and UNDERSTUDY_RECORD_MAX_BODY (bytes) say which and how.\n\n"
             "Examples:\n  understudy package ./bootstrap -o fn.zip\n"
             "  understudy package --record ./bootstrap config.json -o fn.zip\n"
             "  understudy package --record --layer -o layer.zip  # AWS_LAMBDA_EXEC_WRAPPER=/opt/understudy-record",
             {{"paths", &words->paths, "The program or the folder, and what is to lie beside it", {}, "PATH"},
              std::move(zip),
              {"--record", &options.records, "Put the recorder in front of the program"},
              {"--layer", &options.is_layer, "With --record: make a layer for managed runtimes"},
              {"--recorder", &options.recorder, "Another recorder than the one that is built in", {}, "FILE"},
              machine_option(words->runtime),
              runtime_option(words->runtime)}},
            [words](const IsGiven&, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
                if (!behind.empty()) return Misuse{"runs no function: leave '--' out"};
                PackageOptions finished = words->options;
                finished.runtime = to_options(words->runtime);
                if (!words->paths.empty()) {
                    finished.program = words->paths.front();
                    finished.others.assign(words->paths.begin() + 1, words->paths.end());
                }
                if (std::string misuse = find_misuse(finished); !misuse.empty()) return Misuse{std::move(misuse)};
                return finished;
            }};
}

}  // namespace understudy::cli
