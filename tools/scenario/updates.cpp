#include "tools/scenario/updates.hpp"

#include <algorithm>

namespace understudy::scenario {
namespace {

using source::Problem;
using source::ProblemCode;

std::string to_title(const RunResult& run) {
    std::string title = run.scenario + " [" + run.door;
    for (const auto& [name, value] : run.labels) title += ", " + name + '=' + value;
    return title + ']';
}

Problem refuse(const Snapshot& snapshot, std::string why) {
    return {ProblemCode::invalid, "'" + snapshot.path + "' is not updated: " + std::move(why), snapshot.file,
            snapshot.position};
}

/// Line breaks as the file has them: what is written into it has those of YAML's examples.
void keep_line_ends(std::string_view text, std::vector<source::TextEdit>& edits) {
    const auto first = text.find('\n');
    if (first == std::string_view::npos || first == 0 || text[first - 1] != '\r') return;
    for (source::TextEdit& edit : edits) {
        for (auto at = edit.text.find('\n'); at != std::string::npos; at = edit.text.find('\n', at + 2))
            edit.text.insert(at, 1, '\r');
    }
}

}  // namespace

void UpdateCollector::add(const RunResult& run) {
    if (run.expected_failure) return;
    files_.try_emplace(run.document.name(), run.document, Places());
    for (const auto& document : run.included) files_.try_emplace(document.name(), document, Places());
    const auto title = to_title(run);
    for (const StepResult& step : run.steps) {
        for (const Snapshot& snapshot : step.snapshots) add(snapshot, title);
    }
}

void UpdateCollector::add(const Snapshot& snapshot, const std::string& run) {
    const auto file = files_.find(snapshot.file);
    if (file == files_.end()) return;
    const auto [found, is_new] = file->second.second.try_emplace(snapshot.range.begin, Place{snapshot, run, {}});
    Place& place = found->second;
    if (is_new) return;
    place.first.secret = place.first.secret || snapshot.secret;
    if (place.first.edits != snapshot.edits && place.other_run.empty()) place.other_run = run;
}

void UpdateCollector::write(const source::Document& document, const Places& places, Updates& updates) const {
    UpdatedFile updated{.file = document.name(), .before = document.text(), .after = {}, .places = {}};
    std::vector<source::TextEdit> edits;
    for (const auto& [begin, place] : places) {
        const Snapshot& snapshot = place.first;
        if (snapshot.secret) {
            updates.refusals.push_back(refuse(snapshot, "what came holds a secret").with_note("put a matcher there"));
        } else if (!place.other_run.empty()) {
            updates.refusals.push_back(
                refuse(snapshot, "runs got different values")
                    .with_note("'" + place.first_run + "' and '" + place.other_run + "'; put a matcher there"));
        } else if (!snapshot.edits.empty()) {
            edits.insert(edits.end(), snapshot.edits.begin(), snapshot.edits.end());
            updated.places.push_back(std::to_string(snapshot.position.line) + ": " + snapshot.path);
        }
    }
    if (edits.empty()) return;
    keep_line_ends(document.text(), edits);
    auto after = source::apply_edits(document.text(), std::move(edits));
    const auto reread =
        after ? source::parse_document(*after, document.name()) : source::Result<source::Document>(after.error());
    if (!reread) {
        updates.refusals.push_back(
            Problem(ProblemCode::invalid, "the file is not updated: it would not be YAML any more", document.name(), {})
                .with_note(reread.error().message()));
        return;
    }
    updated.after = *std::move(after);
    updates.files.push_back(std::move(updated));
}

Updates UpdateCollector::finish() {
    Updates updates;
    for (const auto& [name, file] : files_) write(file.first, file.second, updates);
    return updates;
}

}  // namespace understudy::scenario
