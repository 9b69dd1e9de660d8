#include "tools/init/project.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace understudy::init {
namespace {

using source::Problem;
using source::ProblemCode;
using source::Result;

struct Template {
    std::string_view path;
    std::string_view text;
};

constexpr Template kTemplates[] = {
#include "tools/init/template_texts.inc"
};

constexpr std::array<std::string_view, 2> kLanguages{"cpp", "python"};

/// Words that cannot name a namespace in C++, or a module in Python. A blank stands on both sides of each.
constexpr std::string_view kReserved =
#include "tools/init/reserved_names.inc"
    ;

bool is_reserved(std::string_view word) {
    return kReserved.find(' ' + std::string(word) + ' ') != std::string_view::npos;
}

bool is_letter(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// The templates are about a greeter: as a name of messages it stands before a version or a file's kind, else it is the
/// function's. In one pass, so that a name is never renamed again.
std::string rename(std::string_view text, const ProjectNames& names) {
    constexpr std::string_view kService = "Greeter", kFunction = "greeter";
    constexpr std::string_view kOfMessages[] = {"/v1", ".v1", "::v1", ".proto", ".pb"};
    std::string renamed;
    while (!text.empty()) {
        if (text.starts_with(kService)) {
            renamed += names.service;
            text.remove_prefix(kService.size());
        } else if (text.starts_with(kFunction)) {
            text.remove_prefix(kFunction.size());
            const bool of_messages =
                std::ranges::any_of(kOfMessages, [text](std::string_view next) { return text.starts_with(next); });
            renamed += of_messages ? names.package : names.function;
        } else {
            renamed += text.front();
            text.remove_prefix(1);
        }
    }
    return renamed;
}

}  // namespace

Result<ProjectNames> to_names(std::string_view folder) {
    ProjectNames names;
    for (const char c : folder) names.function += is_word(c) || c == '_' ? c : '-';
    while (!names.function.empty() && !is_letter(names.function.front())) names.function.erase(0, 1);
    while (!names.function.empty() && !is_word(names.function.back())) names.function.pop_back();
    if (names.function.empty()) {
        return Problem(ProblemCode::invalid,
                       "'" + std::string(folder) + "' holds no letter from a to z to name a function by")
            .with_hint("name the folder after what the function does");
    }
    bool begins = true;
    for (const char c : names.function) {
        const auto byte = static_cast<unsigned char>(c);
        names.package += is_word(c) ? static_cast<char>(std::tolower(byte)) : '_';
        if (is_word(c)) names.service += begins ? static_cast<char>(std::toupper(byte)) : c;
        begins = !is_word(c);
    }
    if (is_reserved(names.package)) names.package += "_fn";
    return names;
}

std::span<const std::string_view> languages() {
    return kLanguages;
}

std::vector<ProjectFile> make_project(std::string_view language, const ProjectNames& names) {
    const std::string folder = std::string(language) + '/';
    std::vector<ProjectFile> files;
    for (const Template& entry : kTemplates) {
        if (!entry.path.starts_with(folder)) continue;
        std::string path = rename(entry.path.substr(folder.size()), names);
        if (path == "gitignore") path.insert(0, 1, '.');
        files.push_back({std::move(path), rename(entry.text, names)});
    }
    return files;
}

}  // namespace understudy::init
