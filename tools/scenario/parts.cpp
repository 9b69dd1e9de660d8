#include "tools/scenario/parts.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/source/aliases.hpp"
#include "tools/convert/scalar.hpp"
#include "tools/convert/yaml_json.hpp"
#include "tools/scenario/resolve.hpp"
#include "tools/scenario/substitute.hpp"
#include "tools/scenario/template_text.hpp"

#include <understudy/v1/scenario.pb.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

namespace understudy::scenario {

namespace {

namespace fs = std::filesystem;
using source::Node;
using source::Problem;
using source::ProblemCode;

constexpr std::size_t kMostVariants = 100'000;

/// Each use of an alias has a value of its own.
bool may_be_replaced(Node scalar) {
    return scalar.text().find("${") != std::string_view::npos;
}

class PartReader {
  public:
    /// `scenario`: the file that is run.
    PartReader(std::string scenario, std::vector<Problem>& problems)
        : scenario_(std::move(scenario)), problems_(problems) {}

    void read(const source::Document& document, const std::string& folder) {
        const Part part{source::write_out_aliases(document, may_be_replaced), folder};
        const auto list = part.find("include");
        open_.insert(fs::path(document.name()).lexically_normal().string());
        if (list && !list->is_sequence())
            problems_.push_back(list->problem(ProblemCode::invalid, "include is a list of files"));
        for (const auto& item : list ? list->items() : std::span<const Node>()) include(item, folder);
        open_.erase(fs::path(document.name()).lexically_normal().string());
        parts_.push_back(part);
    }
    std::vector<Part> take() { return std::move(parts_); }

  private:
    void include(Node item, const std::string& folder) {
        const auto file = (fs::path(folder) / std::string(item.text())).lexically_normal().string();
        if (open_.contains(file)) {
            problems_.push_back(item.problem(ProblemCode::invalid, "'" + file + "' includes itself"));
            return;
        }
        if (!read_.insert(file).second) return;
        const auto text = files::read_file(file);
        if (!text) {
            problems_.push_back(item.problem(text.error().code(), text.error().message())
                                    .with_note("the path begins at the scenario's folder"));
            return;
        }
        const auto document = source::parse_document(*text, file);
        if (!document) return problems_.push_back(with_remedy_of_size(document.error()));
        refuse_runs(*document);
        read(*document, fs::path(file).parent_path().string());
    }

    /// Which runs there are, only the file says that is run.
    void refuse_runs(const source::Document& document) {
        for (const auto* name : {"rows", "matrix", "expect_failure"}) {
            const auto written = find_written(document.root(), *v1::Scenario::descriptor(), name);
            if (!written || written->is_null()) continue;
            problems_.push_back(written
                                    ->problem(ProblemCode::unsupported,
                                              "'" + std::string(name) + "' of an included file does not count")
                                    .with_note("write it into the file whose runs it makes: " + scenario_));
        }
    }

    std::string scenario_;
    std::vector<Problem>& problems_;
    std::vector<Part> parts_;
    std::set<std::string> open_;
    std::set<std::string> read_;
};

void announce_below(Node node, Variables& variables) {
    for (const auto& item : node.items()) {
        const auto captures = item.find("capture");
        for (const auto& member : captures ? captures->members() : std::span<const source::Member>())
            variables.announce(std::string(member.key.text()));
        if (const auto parallel = item.find("parallel")) announce_below(*parallel, variables);
    }
}

std::string to_short(const std::string& json) {
    return json.size() <= 40 ? json : json.substr(0, 40) + "…";
}

std::string to_plain_label(const std::string& json) {
    return json.size() <= 40 ? to_inserted_text(json) : to_short(json);
}

std::string to_label(const std::string& json, LabelForm form) {
    if (form == LabelForm::whole) return json;
    return form == LabelForm::quoted ? to_short(json) : to_plain_label(json);
}

/// The shortest in which values that are not the same, a text and a number say, have labels that are not either.
LabelForm choose_form(const std::vector<std::string>& values) {
    for (const auto form : {LabelForm::plain, LabelForm::quoted}) {
        std::set<std::string> labels;
        const auto is_new = [&](const std::string& json) { return labels.insert(to_label(json, form)).second; };
        if (std::ranges::all_of(values, is_new)) return form;
    }
    return LabelForm::whole;
}

std::vector<Row> read_rows(const Part& own, std::vector<Problem>& problems) {
    const auto node = own.find("rows");
    if (!node) return {};
    const auto file = (fs::path(own.folder) / std::string(node->text())).lexically_normal().string();
    const auto text = files::read_file(file);
    if (!text) {
        problems.push_back(node->problem(text.error().code(), text.error().message())
                               .with_note("the path begins at the scenario's folder"));
        return {};
    }
    const bool csv = file.ends_with(".csv");
    if (!csv && !file.ends_with(".jsonl")) {
        problems.push_back(node->problem(ProblemCode::invalid, "rows are in a file *.csv or *.jsonl"));
        return {};
    }
    auto rows = csv ? parse_csv(*text, file) : parse_json_lines(*text, file);
    if (!rows) problems.push_back(rows.error());
    if (rows && rows->empty()) problems.push_back(node->problem(ProblemCode::invalid, "'" + file + "' has no rows"));
    return rows ? *std::move(rows) : std::vector<Row>();
}

/// The values of a list of the matrix. Two runs of one value would have one name.
std::vector<std::string> read_values(Node list, std::vector<Problem>& problems) {
    std::vector<std::string> values;
    if (!list.is_sequence() || list.items().empty())
        problems.push_back(list.problem(ProblemCode::invalid, "a matrix gives each name a list of values"));
    for (const auto& item : list.items()) {
        auto json = convert::to_json(item);
        if (!json) {
            problems.push_back(json.error());
        } else if (std::ranges::find(values, *json) != values.end()) {
            problems.push_back(item.problem(ProblemCode::invalid, to_short(*json) + " stands in the list twice")
                                   .with_note("reports name a run by its values: --repeat makes runs again"));
        } else {
            values.push_back(*std::move(json));
        }
    }
    return values;
}

std::optional<std::string> find_fixed(const Row& fixed, std::string_view name) {
    const auto found =
        std::find_if(fixed.rbegin(), fixed.rend(), [&](const auto& entry) { return entry.first == name; });
    return found == fixed.rend() ? std::nullopt : std::optional(found->second);
}

// Each list of the matrix multiplies what is there; one of whose name the command line has a value is that value.
std::vector<Variant> multiply(const std::vector<Variant>& variants, const std::string& name,
                              std::vector<std::string> values, const Row& fixed) {
    const auto given = find_fixed(fixed, name);
    if (given) values = {*given};
    if (values.empty()) return variants;
    const auto form = choose_form(values);
    std::vector<Variant> product;
    for (const auto& variant : variants) {
        for (const auto& json : values) {
            auto& one = product.emplace_back(variant);
            one.values.emplace_back(name, json);
            one.labels.emplace_back(name, to_label(json, form));
            one.forms.emplace(name, form);
            if (given) one.fixed.insert(name);
        }
    }
    return product;
}

void check_name(const source::Member& member, bool has_rows, std::vector<Problem>& problems) {
    const auto refuse = [&](std::string message, std::string note) {
        problems.push_back(member.key.problem(ProblemCode::invalid, std::move(message)).with_note(std::move(note)));
    };
    const auto name = parse_expression(member.key.text());
    if (!name || name->call) refuse(convert::quote(member.key) + " is no name for a variable", "");
    if (member.key.text() == "front")
        refuse("fronts are no list of the matrix",
               "they belong to the application, whose runs are multiplied by them: "
               "application: { fronts: [http, rest] }");
    if (member.key.text() == "row" && has_rows)
        refuse("'row' is the number of the row, and no list of the matrix", "give the list another name");
}

}  // namespace

std::string to_label(Node value, std::string_view name, const Variant& variant) {
    const auto json = convert::to_json(value);
    if (!json) return std::string(value.text());
    const auto form = variant.forms.find(name);
    return to_label(*json, form == variant.forms.end() ? LabelForm::plain : form->second);
}

std::optional<Node> Part::find(std::string_view key) const {
    const auto node = document.root().find(key);
    return node && !node->is_null() ? node : std::nullopt;
}

Problem with_remedy_of_size(const Problem& problem) {
    if (problem.code() != source::ProblemCode::too_large) return problem;
    return Problem(problem).with_note(
        "that is the most a file may hold: divide it into several; large bodies go into files of their own "
        "(request_file), and data into 'rows'");
}

std::vector<Part> read_parts(const source::Document& document, const std::string& folder,
                             std::vector<Problem>& problems) {
    PartReader reader(document.name(), problems);
    reader.read(document, folder);
    return reader.take();
}

std::vector<Variant> read_variants(const Part& own, const Variables& variables, const Row& fixed,
                                   std::vector<Problem>& problems) {
    std::vector<Variant> variants(1);
    if (own.find("rows")) {
        variants.clear();
        for (auto& row : read_rows(own, problems)) {
            const auto number = variants.size() + 1;
            row.emplace_back("row", std::to_string(number));
            variants.push_back({std::move(row), {{"row", std::to_string(number)}}, number});
        }
    }
    const auto matrix = own.find("matrix");
    if (!matrix) return variants;
    if (!matrix->is_mapping())
        problems.push_back(matrix->problem(ProblemCode::invalid, "a matrix is names with lists of values"));
    const auto known = substitute_known(own.document, *matrix, variables);
    problems.insert(problems.end(), known.problems.begin(), known.problems.end());
    for (const auto& member : known.document.node(matrix->index()).members()) {
        check_name(member, own.find("rows").has_value(), problems);
        variants = multiply(variants, std::string(member.key.text()), read_values(member.value, problems), fixed);
        if (variants.size() > kMostVariants) {
            problems.push_back(matrix->problem(ProblemCode::too_large, "rows and matrix make more than 100000 runs"));
            return {};
        }
    }
    return variants;
}

void announce_captures(const std::vector<Part>& parts, Variables& variables) {
    for (const auto& part : parts) {
        for (const auto* list : {"setup", "steps", "teardown"}) {
            if (const auto steps = part.find(list)) announce_below(*steps, variables);
        }
    }
}

}  // namespace understudy::scenario
