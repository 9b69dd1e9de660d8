#include "tools/understudy/snapshot_files.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/files/write_file.hpp"
#include "tools/understudy/report_file.hpp"

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

bool write_snapshots(const scenario::Updates& updates) {
    bool written = updates.settled;
    for (const scenario::UpdatedFile& file : updates.files) {
        const std::string why = replace_file(file);
        if (!why.empty()) {
            std::cerr << "understudy test: cannot update '" << file.file << "': " << why << '\n';
            written = false;
            continue;
        }
        std::string text = "updated " + file.file + '\n';
        for (const std::string& place : file.places) text += "  " + place + '\n';
        if (const auto told = write_results(text); !told) std::cerr << "understudy test: " << told.error() << '\n';
    }
    for (const source::Problem& refusal : updates.refusals) {
        std::cerr << refusal << '\n';
        if (!refusal.note().empty()) std::cerr << "  " << refusal.note() << '\n';
    }
    return written;
}

}  // namespace understudy::cli
