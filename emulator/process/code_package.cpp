#include "emulator/process/code_package.hpp"

#include "emulator/process/file_descriptor.hpp"
#include "emulator/process/layers.hpp"
#include "emulator/process/program.hpp"
#include "emulator/process/program_check.hpp"
#include "emulator/process/temp_directory.hpp"
#include "emulator/process/zip.hpp"
#include "emulator/process/zip_entries.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>
#include <system_error>
#include <utility>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using source::Result;

constexpr const char* kBootstrap = "bootstrap";

bool is_folder(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

bool is_there(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

/// By its content, or by its name where it has none: an empty file called `.zip` is a broken zip, not a program.
bool is_zip(const fs::path& path) {
    if (path.extension() == ".zip") return true;
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    std::array<char, 4> magic{};
    const std::string_view begin(magic.data(), magic.size());
    return file && ::read(file.get(), magic.data(), magic.size()) == 4 && (begin == "PK\3\4" || begin == "PK\5\6");
}

std::string list_names(const fs::path& folder) {
    constexpr std::size_t kShown = 8;
    std::vector<std::string> names;
    std::error_code ignored;
    for (fs::directory_iterator entry(folder, ignored); entry != end(entry); entry.increment(ignored)) {
        names.push_back(entry->path().filename().native() + (entry->is_directory(ignored) ? "/" : ""));
    }
    if (names.empty()) return "the folder is empty";
    std::ranges::sort(names);
    std::string text = "the folder holds ";
    for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) text += (i == 0 ? "" : ", ") + names[i];
    if (names.size() > kShown) text += " and " + std::to_string(names.size() - kShown) + " more";
    return text;
}

/// A `bootstrap` one folder too deep: whoever packs a folder instead of its content gets this.
std::string find_deeper(const fs::path& folder) {
    std::error_code ignored;
    for (fs::directory_iterator entry(folder, ignored); entry != end(entry); entry.increment(ignored)) {
        if (is_folder(entry->path()) && is_there(entry->path() / kBootstrap)) return entry->path().filename().native();
    }
    return {};
}

std::string build_hint(const app::Function& function, const fs::path& folder) {
    const std::string deeper = find_deeper(folder);
    if (!deeper.empty()) return "'bootstrap' stands in '" + deeper + "/', it must stand at the top";
    const std::string name = function.logical_id.empty() ? function.name : function.logical_id;
    std::string hint = "'sam build' builds it, then serve .aws-sam/build/template.yaml";
    if (is_there(folder / "Makefile")) {
        hint += "; or run 'make -C " + folder.native() + " build-" + name + " ARTIFACTS_DIR=" + folder.native() + "'";
    }
    return hint;
}

Problem nothing_to_run(const app::Function& function, const fs::path& folder, const fs::path& opt) {
    std::string tried = (folder / kBootstrap).native();
    if (!opt.empty()) tried += ' ' + (opt / kBootstrap).native();
    return Problem(ProblemCode::not_found, "Couldn't find valid bootstrap(s): [" + tried + "]")
        .with_hint(build_hint(function, folder))
        .with_note(function.code + ": " + list_names(folder));
}

Problem no_code(const app::Function& function) {
    return Problem(ProblemCode::not_found, "Couldn't find valid bootstrap(s): [" + function.code + "]")
        .with_hint("build it first; 'sam build' builds the functions of a template")
        .with_note("there is no such file or folder");
}

/// In a zip, the rights are those that the packed file had.
Problem explain_zip(const Problem& problem, const app::Function& function) {
    if (problem.code() != ProblemCode::unreadable) return problem;
    return Problem(problem)
        .with_hint("'chmod +x bootstrap', then pack " + function.code + " again")
        .with_note("a zip keeps the rights of its files; one that was made on Windows has none");
}

/// The file that is run where no layer has it.
fs::path program_of(const fs::path& unpacked) {
    return is_folder(unpacked) ? unpacked / kBootstrap : unpacked;
}

/// The bootstrap of a folder. A link to where it will lie on AWS leads to the folder's own file, as in a zip.
fs::path find_bootstrap(const fs::path& folder) {
    std::error_code ignored;
    const fs::path written = fs::read_symlink(folder / kBootstrap, ignored);
    const PlannedEntry link{.parts = {kBootstrap}, .kind = EntryKind::link};
    const std::string target = to_relative_target(link, written.native(), kTaskRoot);
    const bool moves = target != written.native() && is_inside(link, target);
    return moves ? (folder / target).lexically_normal() : folder / kBootstrap;
}

/// What the code itself says is run, in `package`.
Result<void> prepare_program(const app::Function& function, const fs::path& scratch, const GoesOn& goes_on,
                             CodePackage& package) {
    fs::path folder = function.code;
    const bool unpacked = !is_folder(folder) && is_zip(folder);
    if (!is_there(folder)) return no_code(function);
    if (unpacked) {
        auto found = unpack_zip(folder, scratch, goes_on);
        if (found.has_error()) return found.error();
        folder = std::move(*found);
        package.folders.push_back(folder);
    }
    fs::path program = folder;
    if (is_folder(folder)) {
        program = find_bootstrap(folder);
        if (!is_there(program) && !package.opt.empty()) program = package.opt / kBootstrap;
        if (!is_there(program)) return nothing_to_run(function, folder, package.opt);
    } else {
        folder = folder.parent_path();
    }
    if (const auto checked = check_program(program); checked.has_error())
        return unpacked ? explain_zip(checked.error(), function) : checked.error();
    package.command = {program.native()};
    package.directory = function.directory.empty() ? folder.native() : function.directory;
    return {};
}

Result<void> check_command(const app::Function& function, std::string_view search_path, CodePackage& package) {
    package.command = function.command;
    package.directory = function.directory;
    if (package.directory.empty()) {
        const fs::path code = function.code;
        package.directory = is_folder(code) ? code.native() : code.parent_path().native();
    }
    const auto program = find_program(function.command.front(), search_path, package.directory);
    if (program.has_error()) return program.error();
    return check_program(*program);
}

Result<void> prepare_layers(const app::Function& function, const fs::path& scratch, const GoesOn& goes_on,
                            CodePackage& package) {
    if (function.layers.empty()) return {};
    auto opt = merge_layers(function.layers, scratch, goes_on);
    if (opt.has_error()) return opt.error();
    package.opt = std::move(opt->folder);
    package.folders = std::move(opt->layers);
    package.folders.push_back(package.opt);
    for (const std::string& extension : find_extensions(package.opt)) {
        package.notices.push_back("function " + function.name + ": its layers hold the extension '" + extension +
                                  "', which is not started: extensions are not emulated");
    }
    return {};
}

/// A folder does not tell that a part of it has gone; its bootstrap does.
std::vector<fs::path> find_code_files(const app::Function& function) {
    std::vector<fs::path> paths{function.code};
    if (is_folder(function.code) && is_there(paths.front() / kBootstrap)) paths.push_back(paths.front() / kBootstrap);
    return paths;
}

/// The files that a word such as `app.handler` may stand for, as Python, Node.js and Ruby find them.
void add_modules(std::vector<fs::path>& paths, const fs::path& directory, const std::string& word) {
    constexpr std::array kEndings{".py", ".js", ".mjs", ".cjs", ".rb"};
    const std::size_t dot = word.rfind('.');
    if (dot == std::string::npos || dot == 0) return;
    std::string module = word.substr(0, dot);
    if (module.find('/') == std::string::npos) std::ranges::replace(module, '.', '/');
    for (const char* ending : kEndings) {
        std::error_code ignored;
        const fs::path path = (directory / (module + ending)).lexically_normal();
        const bool known = std::ranges::find(paths, path) != paths.end();
        if (!known && fs::is_regular_file(path, ignored)) paths.push_back(path);
    }
}

/// What a script may import: the files beside it that end as it does. Files that come later are not among them.
void add_siblings(std::vector<fs::path>& paths) {
    constexpr std::size_t kMost = 500;
    constexpr std::array kScripts{".py", ".js", ".mjs", ".cjs", ".rb", ".sh", ".php", ".pl"};
    const std::vector<fs::path> named = paths;
    for (const fs::path& script : named) {
        if (std::ranges::find(kScripts, script.extension()) == kScripts.end()) continue;
        std::vector<fs::path> beside;
        std::error_code ignored;
        for (fs::directory_iterator entry(script.parent_path(), ignored); entry != end(entry) && beside.size() < kMost;
             entry.increment(ignored)) {
            const bool known = std::ranges::find(paths, entry->path()) != paths.end();
            if (!known && entry->path().extension() == script.extension()) beside.push_back(entry->path());
        }
        std::ranges::sort(beside);
        paths.insert(paths.end(), beside.begin(), beside.end());
    }
}

/// The program of a command, first, each argument that names a file, and what lies beside those that are scripts.
std::vector<fs::path> find_command_files(const app::Function& function, std::string_view search_path) {
    std::vector<fs::path> paths;
    const fs::path directory = function.directory;
    const std::string& name = function.command.front();
    const auto program = find_program(name, search_path, directory);
    if (program.has_value()) {
        paths.push_back(*program);
    } else if (name.find('/') != std::string::npos) {
        paths.push_back((directory / name).lexically_normal());
    }
    for (std::size_t i = 1; i < function.command.size(); ++i) {
        std::error_code ignored;
        const fs::path path = (directory / function.command[i]).lexically_normal();
        if (fs::is_regular_file(path, ignored)) {
            paths.push_back(path);
        } else {
            add_modules(paths, directory, function.command[i]);
        }
    }
    add_modules(paths, directory, function.handler);
    add_siblings(paths);
    return paths;
}

}  // namespace

Result<CodePackage> prepare_code(const app::Function& function, const fs::path& scratch, std::string_view search_path,
                                 const GoesOn& goes_on) {
    CodePackage package;
    if (const auto layers = prepare_layers(function, scratch, goes_on, package); layers.has_error())
        return layers.error();
    const auto prepared = function.command.empty() ? prepare_program(function, scratch, goes_on, package)
                                                   : check_command(function, search_path, package);
    if (prepared.has_error()) return prepared.error();
    return package;
}

void remove_other_code(const fs::path& scratch, const std::vector<fs::path>& keep) {
    std::set<fs::path> kept;
    for (const fs::path& path : keep) {
        const fs::path below = path.lexically_relative(scratch);
        if (!below.empty()) kept.insert(scratch / *below.begin());
    }
    std::vector<fs::path> others;
    std::error_code ignored;
    for (fs::directory_iterator entry(scratch, ignored); entry != end(entry); entry.increment(ignored)) {
        if (!kept.contains(entry->path())) others.push_back(entry->path());
    }
    for (const fs::path& other : others) remove_tree(other);
}

fs::path find_program_of_code(const app::Function& function, const fs::path& scratch, const GoesOn& goes_on) {
    const fs::path code = function.code;
    if (!is_there(code)) return code / kBootstrap;
    if (is_folder(code) || !is_zip(code)) return program_of(code);
    const auto unpacked = unpack_zip(code, scratch, goes_on);
    return unpacked.has_error() ? code / kBootstrap : program_of(*unpacked);
}

std::vector<fs::path> watched_paths(const app::Function& function, std::string_view search_path) {
    std::vector<fs::path> paths =
        function.command.empty() ? find_code_files(function) : find_command_files(function, search_path);
    paths.insert(paths.end(), function.layers.begin(), function.layers.end());
    return paths;
}

}  // namespace understudy::process
