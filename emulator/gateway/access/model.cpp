#include "emulator/gateway/access/model.hpp"

#include "emulator/gateway/access/fault_words.hpp"
#include "emulator/gateway/access/schema_check.hpp"

#include <utility>

namespace understudy::access {
namespace {

/// Nesting of a body up to here is read.
constexpr std::size_t kMaxDepth = 128;

/// Of a body that is none of JSON, or none at all [public reports].
constexpr std::string_view kUnknown = "Unknown error parsing request body";

/// Of a body that is refused for what there are no words for (docs/fidelity.md tells where).
constexpr std::string_view kRefused = "the model does not accept it";

/// Of a body that nothing is decided of; own rule (docs/fidelity.md).
constexpr std::string_view kTooMuch = "checking the body by the model takes more steps than are allowed";

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
        SchemaReview review = schema.review(schemas_);
        if (review.problem.empty()) {
            review.problem = judges_.try_emplace(name, schema, schemas_).first->second.problem();
        }
        reviews_.emplace(name, std::move(review));
    }
}

std::optional<BodyFault> Models::find_fault(const std::string& model, std::string_view body) const {
    if (const std::string unusable = problem(model); !unusable.empty()) {
        const std::string words = "the model " + model + ": " + unusable;
        return BodyFault{words, words};
    }
    const auto document = parse_json(body.empty() ? "{}" : body, kMaxDepth);
    if (!document) return BodyFault{std::string(kUnknown), "the body is no JSON"};
    const Judged judged = judges_.at(model).judge(*document);
    if (judged == Judged::accepts) return std::nullopt;
    if (judged == Judged::gives_up) return BodyFault{std::string(kTooMuch), std::string(kTooMuch)};
    const auto complaints = check_by_schema(*document, schemas_.at(model), schemas_);
    BodyFault fault{std::string(kRefused), std::string(kRefused)};
    if (!complaints.empty()) fault = to_fault(complaints);
    if (body.empty()) fault.words = kUnknown;
    return fault;
}

std::string Models::problem(const std::string& model) const {
    const auto found = reviews_.find(model);
    return found == reviews_.end() ? "it does not exist" : found->second.problem;
}

std::vector<std::string> Models::remarks(const std::string& model) const {
    const auto found = reviews_.find(model);
    if (found == reviews_.end() || !found->second.problem.empty()) return {};
    return found->second.remarks;
}

}  // namespace understudy::access
