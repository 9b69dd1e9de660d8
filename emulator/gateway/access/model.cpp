#include "emulator/gateway/access/model.hpp"

#include "emulator/gateway/access/fault_words.hpp"
#include "emulator/gateway/access/schema_check.hpp"
#include "emulator/gateway/access/shortened.hpp"

#include <algorithm>
#include <set>
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

/// How many complaints are explained, and how many bytes of each: clients write what they quote.
constexpr std::size_t kMostExplained = 8;
constexpr std::size_t kMostOfOne = 300;

/// A place with `*` for each index of a list, and for names made of digits.
std::string without_indexes(const std::string& place) {
    std::string general;
    for (std::size_t at = 0; at < place.size();) {
        const std::size_t end = std::min(place.find('/', at + 1), place.size());
        const bool index = place.find_first_not_of("0123456789", at + 1) >= end;
        general += index ? "/*" : place.substr(at, end - at);
        at = end;
    }
    return general;
}

BodyFault to_fault(const std::vector<SchemaComplaint>& complaints) {
    BodyFault fault;
    std::vector<std::string> words;
    std::set<std::string> reasons;
    std::size_t explained = 0;
    for (const SchemaComplaint& each : complaints) {
        words.push_back(each.words);
        if (!each.refuses) continue;
        reasons.insert(without_indexes(each.place) + ' ' + std::string(each.keyword));
        if (++explained > kMostExplained) continue;
        fault.explained += (explained == 1 ? "" : ", ") +
                           shortened(each.place + (each.place.empty() ? "" : ": ") + each.words, kMostOfOne);
    }
    if (explained > kMostExplained) fault.explained += " and " + std::to_string(explained - kMostExplained) + " more";
    for (const std::string& reason : reasons) {
        if (fault.reason.size() < kMostOfOne) fault.reason += reason + ',';
    }
    fault.words = list_words(words);
    return fault;
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
        return BodyFault{words, words, words};
    }
    const auto document = parse_json(body.empty() ? "{}" : body, kMaxDepth);
    if (!document) return BodyFault{std::string(kUnknown), "the body is no JSON", std::string(kUnknown)};
    const Judged judged = judges_.at(model).judge(*document);
    if (judged == Judged::accepts) return std::nullopt;
    if (judged == Judged::gives_up)
        return BodyFault{std::string(kTooMuch), std::string(kTooMuch), std::string(kTooMuch)};
    const auto complaints = check_by_schema(*document, schemas_.at(model), schemas_);
    BodyFault fault{std::string(kRefused), std::string(kRefused), std::string(kRefused)};
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
