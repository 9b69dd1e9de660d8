#include "tools/understudy/snapshot_files.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/files/write_file.hpp"

#include <iostream>
#include <string>

namespace understudy::cli {
namespace {

/// Empty where it was written; else why not.
std::string replace_file(const scenario::UpdatedFile& updated) {
    const auto now = files::read_file(updated.file);
    if (!now) return now.error().message();
    if (*now != updated.before) return "it has changed since it was read";
    const auto written = files::write_file(updated.file, updated.after);
    return written ? "" : written.error().message();
}

}  // namespace

WrittenSnapshots write_snapshots(const scenario::Updates& updates) {
    WrittenSnapshots written;
    for (const scenario::UpdatedFile& file : updates.files) {
        const std::string why = replace_file(file);
        if (!why.empty()) {
            std::cerr << "understudy test: cannot update '" << file.file << "': " << why << '\n';
            written.unwritten.insert(file.file);
            continue;
        }
        written.told += "updated " + file.file + '\n';
        for (const std::string& place : file.places) written.told += "  " + place + '\n';
    }
    for (const source::Problem& refusal : updates.refusals) {
        std::cerr << refusal << '\n';
        if (!refusal.note().empty()) std::cerr << "  " << refusal.note() << '\n';
    }
    return written;
}

}  // namespace understudy::cli
