#include "tools/package/check_script.hpp"

#include "emulator/process/zip.hpp"
#include "emulator/process/zip_entries.hpp"
#include "emulator/source/shell_word.hpp"
#include "tools/package/follow_links.hpp"

#include <algorithm>

namespace understudy::package {
namespace {

std::string take_word(std::string_view& line) {
    const auto begin = std::min(line.find_first_not_of(" \t"), line.size());
    line.remove_prefix(begin);
    const auto end = std::min(line.find_first_of(" \t"), line.size());
    std::string word(line.substr(0, end));
    line.remove_prefix(end);
    return word;
}

std::string_view base_name(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

/// The program that runs the script: the interpreter, or what `env` is to look for.
std::string find_runner(const std::string& interpreter, std::string_view rest) {
    if (base_name(interpreter) != "env") return interpreter;
    std::string word = take_word(rest);
    while (word.starts_with('-') || word.find('=') != std::string::npos) word = take_word(rest);
    return word;
}

bool is_there(const Package& package, const RuntimeImage& image, const std::string& program) {
    const auto own = process::find_below(process::kTaskRoot, program);
    if (own) return find_followed(package, *own) != nullptr;
    // A layer's, which nobody knows here.
    if (program.starts_with("/opt/")) return true;
    const bool is_name = program.find('/') == std::string::npos;
    return std::ranges::any_of(image.interpreters, [&](std::string_view known) {
        return is_name ? base_name(known) == program : known == program;
    });
}

std::string find_remedy(std::string_view program) {
    const std::string_view name = base_name(program);
    for (const std::string_view language : {"python", "node", "ruby", "java"}) {
        if (name.starts_with(language)) {
            return "use Lambda's runtime for " + std::string(language) + ", or bring " + std::string(name) +
                   " along in the package or a layer";
        }
    }
    return "write it for /bin/sh or /bin/bash, or bring " + std::string(name) + " along in the package or a layer";
}

}  // namespace

void check_script(const Package& package, const RuntimeImage& image, const PackageFile& script,
                  std::vector<Finding>& findings) {
    const std::string_view text = *script.bytes;
    std::string_view line = text.substr(2, std::min(text.find('\n'), text.size()) - 2);
    if (line.ends_with('\r')) {
        findings.push_back(
            {Severity::error, "line-ends", script.path,
             "its lines end in CRLF: the system looks for an interpreter whose name ends in \\r",
             "sed -i 's/\\r$//' " + (script.origin.empty() ? script.path : source::to_shell_word(script.origin))});
        line.remove_suffix(1);
    }
    const std::string interpreter = take_word(line);
    const std::string runner = find_runner(interpreter, line);
    if (interpreter.empty() || runner.empty()) {
        findings.push_back({Severity::error, "interpreter", script.path, "behind its #! no interpreter is named",
                            "begin it with #!/bin/sh"});
        return;
    }
    for (const std::string& program : {interpreter, runner}) {
        if (is_there(package, image, program)) continue;
        findings.push_back(
            {Severity::error, "interpreter", script.path,
             "its interpreter, " + program + ", is not in " + std::string(image.name) + ": no such file or directory",
             find_remedy(program)});
        return;
    }
}

}  // namespace understudy::package
