#include "emulator/gateway/access/model.hpp"

#include "emulator/gateway/access/fault_words.hpp"
#include "emulator/gateway/access/schema_check.hpp"

#include <utility>
#include <vector>

namespace understudy::access {
namespace {

/// Nesting of a body up to here is read.
constexpr std::size_t kMaxDepth = 128;

/// Of a body that is none of JSON, or none at all [public reports].
constexpr std::string_view kUnknown = "Unknown error parsing request body";

/// Of a body that is refused for what there are no words for (docs/fidelity.md tells where).
constexpr std::string_view kRefused = "the model does not accept it";

BodyFault to_fault(const std::vector<SchemaComplaint>& complaints) {
    std::vector<std::string> words;
    std::string explained;
    for (const SchemaComplaint& each : complaints) {
        words.push_back(each.words);
        if (!each.refuses) continue;
        explained += (explained.empty() ? "" : ", ") + each.place + (each.place.empty() ? "" : ": ") + each.words;
    }
    return {list_words(words), std::move(explained)};
}

}  // namespace

Models::Models(const std::map<std::string, std::string>& schemas) {
    for (const auto& [name, text] : schemas) schemas_.try_emplace(name, text);
    for (const auto& [name, schema] : schemas_) {
        std::string problem = schema.find_problem(schemas_);
        if (problem.empty()) problem = judges_.try_emplace(name, schema, schemas_).first->second.problem();
        problems_.emplace(name, std::move(problem));
    }
}

std::optional<BodyFault> Models::find_fault(const std::string& model, std::string_view body) const {
    if (const std::string unusable = problem(model); !unusable.empty()) {
        const std::string words = "the model " + model + ": " + unusable;
        return BodyFault{words, words};
    }
    const auto document = parse_json(body.empty() ? "{}" : body, kMaxDepth);
    if (!document) return BodyFault{std::string(kUnknown), "the body is no JSON"};
    if (judges_.at(model).accepts(*document)) return std::nullopt;
    const auto complaints = check_by_schema(*document, schemas_.at(model), schemas_);
    BodyFault fault{std::string(kRefused), std::string(kRefused)};
    if (!complaints.empty()) fault = to_fault(complaints);
    if (body.empty()) fault.words = kUnknown;
    return fault;
}

std::string Models::problem(const std::string& model) const {
    const auto found = problems_.find(model);
    return found == problems_.end() ? "it does not exist" : found->second;
}

}  // namespace understudy::access
