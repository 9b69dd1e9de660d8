#include "tools/replay/promote_paths.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace understudy::replay {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

/// Whether a text is a path that begins at the folder, as far as can be told.
bool names_path_in(const std::string& folder, const std::string& text) {
    if (text.starts_with("./") || text.starts_with("../")) return true;
    return !text.empty() && !fs::path(text).is_absolute() && is_there(fs::path(folder) / text);
}

bool is_same_folder(const std::string& one, const std::string& other) {
    std::error_code error;
    return fs::equivalent(one, other, error);
}

/// Whether variables, or a word of the command, name something in the folder.
bool names_something_in(const std::string& folder, const record::Function* recorded, const PromoteRules& rules) {
    const auto is_path = [&](const std::string& text) { return names_path_in(folder, text); };
    if (recorded != nullptr &&
        std::ranges::any_of(recorded->environment, [&](const auto& variable) { return is_path(variable.second); }))
        return true;
    // Arguments that are paths are written anew; a word alone may be anything, a file's name too.
    return !rules.command.empty() &&
           std::any_of(rules.command.begin() + 1, rules.command.end(),
                       [&](const std::string& word) { return word.find('/') == std::string::npos && is_path(word); });
}

/// The folder where a function ran, or will run where its scenario lies elsewhere.
std::string find_folder(const record::Function* recorded, const PromoteRules& rules) {
    if (recorded != nullptr && !recorded->directory.empty()) return recorded->directory;
    std::error_code error;
    return rules.folder.empty() ? std::string() : fs::current_path(error).string();
}

}  // namespace

std::string to_path_from(const std::string& folder, const std::string& path) {
    std::error_code error;
    if (path.empty() || fs::path(path).is_absolute()) return path;
    const auto relative = fs::proximate(fs::absolute(path, error), fs::absolute(folder, error), error).string();
    return error ? path : relative;
}

PromoteRules rules_in(const std::string& folder, PromoteRules rules) {
    std::error_code error;
    rules.folder = fs::absolute(folder, error).lexically_normal().string();
    for (auto& path : rules.schema.import_paths) path = to_path_from(folder, path);
    rules.schema.descriptor_set = to_path_from(folder, rules.schema.descriptor_set);
    rules.template_file = to_path_from(folder, rules.template_file);
    if (rules.command.empty() || rules.command.front().find('/') == std::string::npos) return rules;
    auto& program = rules.command.front();
    program = to_path_from(folder, program);
    if (program.find('/') == std::string::npos) program.insert(0, "./");
    return rules;
}

WorkingDirectory choose_directory(const record::Function* recorded, const PromoteRules& rules) {
    const auto folder = find_folder(recorded, rules);
    if (folder.empty() || !names_something_in(folder, recorded, rules)) return {rules.folder, {}};
    if (rules.folder.empty()) return {folder, folder};
    if (is_same_folder(folder, rules.folder)) return {rules.folder, {}};
    std::error_code error;
    const auto relative = fs::proximate(folder, rules.folder, error).string();
    return {folder, error ? folder : relative};
}

std::vector<std::string> to_command_in(const WorkingDirectory& directory, const PromoteRules& rules) {
    auto command = rules.command;
    if (directory.path.empty()) return command;
    for (std::size_t i = 1; i < command.size(); ++i) {
        const auto& word = command[i];
        if (word.find('/') != std::string::npos && is_there(word)) command[i] = to_path_from(directory.path, word);
    }
    return command;
}

}  // namespace understudy::replay
