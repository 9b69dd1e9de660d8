#include "tools/scenario/load.hpp"

#include "emulator/files/read_file.hpp"
#include "tools/scenario/expected_failures.hpp"
#include "tools/scenario/load_run.hpp"
#include "tools/scenario/mask.hpp"
#include "tools/scenario/parts.hpp"
#include "tools/scenario/value_notes.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

namespace understudy::scenario {

namespace {

using source::Problem;

std::vector<std::string> secret_names(const std::vector<Part>& parts) {
    std::vector<std::string> names;
    for (const auto& part : parts) {
        const auto list = part.find("secrets");
        for (const auto& item : list ? list->items() : std::span<const source::Node>()) names.emplace_back(item.text());
    }
    return names;
}

// The values of all runs, those of rows and matrix and what is made of them included.
std::vector<std::string> find_secrets(const std::vector<Part>& parts, const std::vector<Variant>& variants,
                                      const LoadSettings& settings, const Variables& outer) {
    std::vector<std::string> secrets;
    const auto names = secret_names(parts);
    if (names.empty()) return secrets;
    for (const auto& variant : variants) {
        auto variables = outer;
        auto values = variant.values;
        values.insert(values.end(), settings.variables.begin(), settings.variables.end());
        std::vector<Problem> told_already;
        read_variables(parts, values, variables, told_already);
        for (auto& text : to_secret_texts(names, variables)) secrets.push_back(std::move(text));
    }
    std::sort(secrets.begin(), secrets.end(),
              [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    secrets.erase(std::unique(secrets.begin(), secrets.end()), secrets.end());
    return secrets;
}

// A file of rows: which of its values are secrets cannot be told where it cannot be read.
bool is_data(const std::string& file) {
    const auto extension = std::filesystem::path(file).extension();
    return extension == ".csv" || extension == ".jsonl";
}

void add_problems(const std::vector<Problem>& problems, const std::vector<Part>& parts,
                  const std::vector<std::string>& secrets, Loaded& loaded) {
    std::vector<Problem> seen;  // Several runs of a file have the same ones.
    for (const auto& problem : problems) {
        if (std::find(seen.begin(), seen.end(), problem) != seen.end()) continue;
        seen.push_back(problem);
        const auto part = std::find_if(parts.begin(), parts.end(),
                                       [&](const Part& p) { return p.document.name() == problem.file(); });
        std::string text;
        if (part != parts.end()) {
            text = part->document.text();
        } else if (auto other = files::read_file(problem.file());
                   other && (secrets.empty() || !is_data(problem.file()))) {
            text = std::move(*other);
        }
        loaded.problems.push_back({mask(problem, secrets), mask_source(std::move(text), secrets)});
    }
}

Variables outer_variables(const LoadSettings& settings) {
    Variables variables;
    variables.set_environment(settings.environment);
    for (const auto& [name, json] : settings.variables) variables.set(name, json);
    for (const auto* name : {"index", "folder"}) variables.announce(name);
    return variables;
}

/// The problems of several scenario files: what they share, a schema or a file that they include, has each of its own
/// once.
class ProblemsOfFiles {
  public:
    void add(std::vector<LoadProblem> problems) {
        for (auto& problem : problems) {
            const auto known = std::ranges::find_if(
                problems_, [&](const Counted& counted) { return counted.told.problem == problem.problem; });
            if (known == problems_.end())
                problems_.push_back({std::move(problem)});
            else
                ++known->files;
        }
    }
    std::vector<LoadProblem> take() {
        std::vector<LoadProblem> problems;
        for (auto& [told, files] : problems_) {
            if (files > 1) {
                const std::string concerned = "it concerns " + std::to_string(files) + " scenario files";
                const std::string& note = told.problem.note();
                told.problem = Problem(told.problem).with_note(note.empty() ? concerned : note + "; " + concerned);
            }
            problems.push_back(std::move(told));
        }
        return problems;
    }

  private:
    struct Counted {
        LoadProblem told;
        std::size_t files = 1;
    };
    std::vector<Counted> problems_;
};

}  // namespace

void load_scenario(std::string_view text, const std::string& file, const LoadSettings& settings,
                   DescriptorCache& schemas, Loaded& loaded) {
    const auto document = source::parse_document(text, file);
    if (!document) {
        loaded.problems.push_back({with_remedy_of_size(document.error()), std::string(text)});
        return;
    }
    if (document->root().is_null()) {
        const Problem problem(source::ProblemCode::invalid, "the file is empty", file, {});
        loaded.problems.push_back(
            {Problem(problem).with_note("a scenario is expected; 'understudy init' makes one"), ""});
        return;
    }
    std::vector<Problem> problems;
    const auto parts = read_parts(*document, std::filesystem::path(file).parent_path().string(), problems);
    auto variables = outer_variables(settings);
    announce_captures(parts, variables);
    // The matrix may use variables, and they the row and the cell: so they are read once before, for its sake.
    auto before = variables;
    std::vector<Problem> told_again;
    read_variables(parts, settings.variables, before, told_again);
    const auto variants = read_variants(parts.back(), before, settings.variables, problems);
    const auto secrets = [&] {
        const std::vector<Variant> none(1);
        return find_secrets(parts, variants.empty() ? none : variants, settings, variables);
    };
    if (!problems.empty()) {
        auto& unusable = loaded.unusable.emplace_back();
        for (const auto& part : parts) unusable.documents.push_back(part.document);
        return add_problems(problems, parts, secrets(), loaded);
    }
    constexpr std::size_t kEnough = 20;  // Of rows that are each wrong in a way of their own there is no end.
    for (const auto& variant : variants) {
        const bool is_first = problems.empty();  // To be wrong.
        std::vector<Problem> found;
        auto scenario = load_run(parts, variant, settings.variables, variables, schemas, found);
        note_values(parts, variant, found);
        for (auto& problem : found) {
            if (std::ranges::find(problems, problem) == problems.end()) problems.push_back(std::move(problem));
        }
        if (problems.empty())
            loaded.scenarios.push_back(std::move(scenario));
        else if (is_first)
            loaded.unusable.push_back(std::move(scenario));
        if (problems.size() >= kEnough) break;
    }
    check_expected_failures(parts.back(), variants, problems);
    if (!problems.empty()) add_problems(problems, parts, secrets(), loaded);
}

Loaded load_scenarios(std::span<const std::string> files, const LoadSettings& settings) {
    Loaded loaded;
    DescriptorCache schemas;
    ProblemsOfFiles problems;
    for (const auto& file : files) {
        if (const auto text = files::read_file(file)) {
            load_scenario(*text, file, settings, schemas, loaded);
        } else {
            loaded.problems.push_back({text.error(), ""});
        }
        problems.add(std::exchange(loaded.problems, {}));
    }
    loaded.problems = problems.take();
    return loaded;
}

}  // namespace understudy::scenario
