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

/// Whether a document says the same as before, but for what stands at the snapshots' places.
bool is_same_elsewhere(source::Node before, source::Node after, const std::vector<const Snapshot*>& written) {
    if (std::ranges::any_of(written, [&](const Snapshot* one) { return one->range == before.range(); })) return true;
    const auto items = before.items(), other_items = after.items();
    const auto members = before.members(), other_members = after.members();
    const bool same_node = before.kind() == after.kind() && before.text() == after.text() &&
                           before.tag() == after.tag() && before.is_plain() == after.is_plain();
    return same_node &&
           std::ranges::equal(items, other_items,
                              [&](auto one, auto other) { return is_same_elsewhere(one, other, written); }) &&
           std::ranges::equal(members, other_members, [&](const auto& one, const auto& other) {
               return one.key.text() == other.key.text() && is_same_elsewhere(one.value, other.value, written);
           });
}

source::Result<std::string> write_text(const source::Document& document, const std::vector<const Snapshot*>& written) {
    auto edits = gather_edits(written);
    keep_line_ends(document.text(), edits);
    auto after = source::apply_edits(document.text(), std::move(edits));
    if (!after) return after;
    const auto reread = source::parse_document(*after, document.name());
    if (!reread) return reread.error();
    // The run's own has values in the place of its variables.
    const auto before = source::parse_document(document.text(), document.name());
    if (!before || !is_same_elsewhere(before->root(), reread->root(), written))
        return Problem(ProblemCode::invalid, "something else in the file would change");
    return after;
}

/// What cannot be written is left as it is, so that the rest can.
source::Result<std::string> write_what_can_be(const source::Document& document, std::vector<const Snapshot*>& written,
                                              Updates& updates) {
    auto after = write_text(document, written);
    if (after) return after;
    std::erase_if(written, [&](const Snapshot* snapshot) {
        const auto alone = write_text(document, {snapshot});
        if (!alone) refuse(updates, *snapshot, alone.error().message(), "write it by hand");
        return !alone;
    });
    return write_text(document, written);
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
    if (place.first.obstacle.empty()) place.first.obstacle = snapshot.obstacle;
    if (place.first.edits != snapshot.edits && place.other_run.empty()) place.other_run = run;
}

std::vector<const Snapshot*> UpdateCollector::choose(const Places& places, Updates& updates) {
    std::vector<const Snapshot*> chosen;
    for (const auto& [begin, place] : places) {
        const Snapshot& snapshot = place.first;
        if (snapshot.secret)
            refuse(updates, snapshot, "what came holds a secret", "put a matcher there");
        else if (!snapshot.obstacle.empty())
            refuse(updates, snapshot, snapshot.obstacle, "put a matcher there, or `unknown_fields: ignored` beside it");
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
    auto after = write_what_can_be(document, chosen, updates);
    if (!after) {
        for (const Snapshot* snapshot : chosen) refuse(updates, *snapshot, after.error().message(), "write it by hand");
        return;
    }
    if (chosen.empty()) return;
    for (const Snapshot* snapshot : chosen)
        updated.places.push_back(std::to_string(snapshot->position.line) + ": " + snapshot->path);
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
