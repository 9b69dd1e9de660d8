#include "tools/scenario/schema_problems.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/source/text.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

namespace understudy::scenario {
namespace {

namespace fs = std::filesystem;
using source::Position;
using source::Problem;
using source::ProblemCode;

constexpr const char* kSyntaxes = "files of syntax = \"proto2\" and \"proto3\" are read, editions are not";

/// protoc's tokenizer counts from 0, in bytes, and moves on to a multiple of 8 at a tab.
std::size_t to_offset(std::string_view line, int tokenizer_column) {
    std::size_t offset = 0;
    for (int column = 0; offset < line.size() && column < tokenizer_column; ++offset)
        column += line[offset] == '\t' ? 8 - column % 8 : 1;
    return offset;
}

/// The name in what the compiler says of an import; nullopt for anything else that it says.
std::optional<std::string> find_import(std::string_view message) {
    constexpr std::string_view kBegin = "Import \"", kEnd = "\" was not found or had errors.";
    if (!message.starts_with(kBegin) || !message.ends_with(kEnd)) return std::nullopt;
    message.remove_prefix(kBegin.size());
    message.remove_suffix(kEnd.size());
    return std::string(message);
}

/// A folder above one of these, or right below one, from which a file could be imported by that name.
std::optional<std::string> find_folder_with(const std::vector<std::string>& folders, const std::string& name) {
    constexpr int kHighest = 6;
    const auto has = [&](const fs::path& folder) {
        std::error_code error;
        return fs::is_regular_file(folder / name, error);
    };
    for (const auto& folder : folders) {
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(folder, error)) {
            if (has(entry.path())) return entry.path().lexically_normal().string();
        }
        fs::path above = folder;
        for (int i = 0; i < kHighest; ++i) {
            above /= "..";
            if (has(above)) return above.lexically_normal().string();
        }
    }
    return std::nullopt;
}

}  // namespace

void SchemaProblems::AddError(const std::string& name, int line, int column, const std::string& message) {
    std::string path = name;
    if (!tree_.VirtualFileToDiskFile(name, &path) && line < 0) {
        missing_.push_back({name});
    } else if (line < 0) {
        problems_.emplace_back(ProblemCode::malformed, message, path, Position{});
    } else {
        add_written(path, line, column, message);
    }
}

void SchemaProblems::add_written(const std::string& path, int line, int column, const std::string& message) {
    Position position{static_cast<std::uint32_t>(line) + 1, static_cast<std::uint32_t>(column) + 1};
    const auto imported = find_import(message);
    if (imported && is_told(*imported)) return;
    std::uint32_t extent = 0;
    bool edition = false;
    if (const auto text = files::read_file(path)) {
        const auto range = source::Lines(*text).line(position.line);
        const auto written = std::string_view(*text).substr(range.begin, range.end - range.begin);
        auto offset = to_offset(written, column);
        edition = written.substr(offset).starts_with("edition");
        const auto quoted = imported ? '"' + *imported + '"' : std::string();
        if (const auto found = written.find(quoted, offset); imported && found != std::string_view::npos) {
            offset = found;
            extent = static_cast<std::uint32_t>(source::count_characters(quoted));
        }
        position.column = static_cast<std::uint32_t>(source::count_characters(written.substr(0, offset)) + 1);
    }
    const auto missing = std::ranges::find(missing_, imported.value_or(""), &Missing::name);
    if (missing == missing_.end()) {
        const Problem problem(ProblemCode::malformed, message, path, position);
        problems_.push_back(edition ? Problem(problem).with_note(kSyntaxes) : problem);
        return;
    }
    missing->is_told = true;
    Problem problem(ProblemCode::not_found, "there is no .proto file '" + *imported + "', which is imported here", path,
                    position);
    problems_.push_back(explain_missing(std::move(problem).with_extent(extent), *imported));
}

bool SchemaProblems::is_told(const std::string& name) {
    std::string path;
    return tree_.VirtualFileToDiskFile(name, &path) &&
           std::ranges::find(problems_, path, &Problem::file) != problems_.end();
}

Problem SchemaProblems::explain_missing(Problem problem, const std::string& name) const {
    std::string folders;
    for (const auto& folder : folders_) folders += (folders.empty() ? "'" : ", '") + folder + "'";
    const auto found = find_folder_with(folders_, name);
    return std::move(problem)
        .with_note(folders.empty() ? "no import path is named" : "looked in " + folders)
        .with_hint(found ? "'" + *found + "' has it: make it an import path"
                         : "make the folder that has it an import path");
}

std::vector<Problem> SchemaProblems::take() {
    std::vector<Problem> problems;
    for (const auto& [name, is_told] : std::exchange(missing_, {})) {
        if (!is_told)
            problems.push_back(
                explain_missing(Problem(ProblemCode::not_found, "there is no .proto file '" + name + "'"), name));
    }
    std::ranges::move(std::exchange(problems_, {}), std::back_inserter(problems));
    return problems;
}

}  // namespace understudy::scenario
