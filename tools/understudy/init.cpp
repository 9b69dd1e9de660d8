#include "emulator/source/shell_word.hpp"
#include "tools/init/project.hpp"
#include "tools/init/write_project.hpp"
#include "tools/understudy/commands.hpp"

#include <filesystem>
#include <iostream>

namespace understudy::cli {
namespace {

source::Result<void> write_new_project(const InitOptions& options) {
    const auto path = std::filesystem::absolute(options.folder).lexically_normal();
    const std::string name = (path.has_filename() ? path : path.parent_path()).filename().native();
    const auto names = init::to_names(name);
    if (names.has_error()) return names.error();
    const auto files = init::make_project(options.language, *names);
    if (auto written = init::write_project(path, files); written.has_error()) return written;
    for (const init::ProjectFile& file : files) std::cout << options.folder << '/' << file.path << '\n';
    std::cout << "\ncd " << source::to_shell_word(options.folder)
              << (options.language == "cpp" ? " && cmake -B build && cmake --build build" : "")
              << " && understudy test scenarios" << std::endl;
    return {};
}

}  // namespace

int init(const InitOptions& options) {
    const auto written = write_new_project(options);
    if (!written.has_error()) return 0;
    std::cerr << "understudy init: " << source::to_string(written.error()) << '\n';
    return 1;
}

}  // namespace understudy::cli
