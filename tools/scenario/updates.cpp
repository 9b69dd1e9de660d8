#include "tools/scenario/updates.hpp"

#include "tools/scenario/alias_users.hpp"

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

void refuse(Updates& updates, const Snapshot& snapshot, const std::string& why, std::string what_to_do) {
    updates.refused.emplace(snapshot.file, snapshot.range.begin);
    updates.refusals.push_back(Problem(ProblemCode::invalid, "'" + snapshot.path + "' is not updated: " + why,
                                       snapshot.file, snapshot.position)
                                   .with_note(std::move(what_to_do)));
}

std::vector<source::TextEdit> gather_edits(const std::vector<const Snapshot*>& snapshots) {
    std::vector<source::TextEdit> edits;
    for (const Snapshot* snapshot : snapshots)
        edits.insert(edits.end(), snapshot->edits.begin(), snapshot->edits.end());
    return edits;
}

/// What an alias elsewhere stands for too is left as it is: the alias would mean something else. Each that is left may
/// leave an alias where it was.
void leave_anchors(const source::Document& document, std::vector<const Snapshot*>& written, Updates& updates) {
    for (auto at = written.begin(); at != written.end();) {
        const auto user = find_alias_user(document, (*at)->edits, gather_edits(written));
        if (!user) {
            ++at;
            continue;
        }
        refuse(updates, **at, "the alias in line " + std::to_string(user->position().line) + " stands for it too",
               "write out there what it is to mean, or change both by hand");
        written.erase(at);
        at = written.begin();
    }
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

std::vector<const Snapshot*> UpdateCollector::choose(const Places& places, Updates& updates) {
    std::vector<const Snapshot*> chosen;
    for (const auto& [begin, place] : places) {
        const Snapshot& snapshot = place.first;
        if (snapshot.secret)
            refuse(updates, snapshot, "what came holds a secret", "put a matcher there");
        else if (!place.other_run.empty())
            refuse(updates, snapshot, "runs got different values",
                   "'" + place.first_run + "' and '" + place.other_run + "'; put a matcher there");
        else if (!snapshot.edits.empty())
            chosen.push_back(&snapshot);
    }
    return chosen;
}

void UpdateCollector::write(const source::Document& document, const Places& places, Updates& updates) {
    UpdatedFile updated{.file = document.name(), .before = document.text(), .after = {}, .places = {}};
    auto chosen = choose(places, updates);
    leave_anchors(document, chosen, updates);
    if (chosen.empty()) return;
    for (const Snapshot* snapshot : chosen)
        updated.places.push_back(std::to_string(snapshot->position.line) + ": " + snapshot->path);
    auto edits = gather_edits(chosen);
    keep_line_ends(document.text(), edits);
    auto after = source::apply_edits(document.text(), std::move(edits));
    const auto reread =
        after ? source::parse_document(*after, document.name()) : source::Result<source::Document>(after.error());
    if (!reread) {
        for (const Snapshot* snapshot : chosen) updates.refused.emplace(snapshot->file, snapshot->range.begin);
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

bool Updates::settles(const RunResult& run, const std::set<std::string>& unwritten) const {
    if (!run.can_be_updated()) return false;
    return std::ranges::none_of(run.steps, [&](const StepResult& step) {
        return std::ranges::any_of(step.snapshots, [&](const Snapshot& snapshot) {
            return !snapshot.edits.empty() &&
                   (unwritten.contains(snapshot.file) || refused.contains({snapshot.file, snapshot.range.begin}));
        });
    });
}

}  // namespace understudy::scenario
