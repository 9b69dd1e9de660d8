#include "emulator/gateway/access/model.hpp"

#include "emulator/gateway/access/pattern.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <exception>
#include <utility>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/constraint_builder.hpp>
#include <valijson/constraints/basic_constraint.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#include <vector>

namespace understudy::access {
namespace {

namespace json = boost::json;
using Adapter = valijson::adapters::BoostJsonAdapter;
using Documents = std::map<std::string, json::value>;

/// Stands for `pattern` and `format` in the schemas that the library reads: its own use std::regex, which a client's
/// long text crashes and a bad expression holds up for ever.
constexpr std::string_view kPattern = "x-understudy-pattern";

/// The library still uses it for the names that `patternProperties` speaks of.
constexpr std::size_t kMaxName = 1024;

/// Nesting of a body up to here is read.
constexpr std::size_t kMaxDepth = 128;

/// What the formats mean that are checked; any other passes.
std::string format_pattern(std::string_view format) {
    const std::string date = "([0-9]{4})-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])";
    const std::string time =
        R"(([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60)(\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9]))";
    if (format == "date") return "^" + date + "$";
    if (format == "time") return "^" + time + "$";
    if (format == "date-time") return "^" + date + "[Tt]" + time + "$";
    return "";
}

/// A text must match a part of an expression; what is no text passes.
class PatternConstraint : public valijson::constraints::PolyConstraint {
  public:
    explicit PatternConstraint(std::string expression)
        : expression_(std::move(expression)), pattern_(std::make_shared<Pattern>(expression_)) {}

    bool validate(const valijson::adapters::Adapter& target, const std::vector<std::string>& context,
                  valijson::ValidationResults* results) const override {
        std::string text;
        if (!target.isString() || (target.asString(text) && pattern_->matches_part(text))) return true;
        if (results != nullptr) results->pushError(context, "does not match the pattern " + expression_);
        return false;
    }

  private:
    Constraint* cloneInto(void* memory) const override { return new (memory) PatternConstraint(*this); }
    std::size_t sizeOf() const override { return sizeof(PatternConstraint); }

    std::string expression_;
    std::shared_ptr<const Pattern> pattern_;
};

class PatternBuilder : public valijson::ConstraintBuilder {
  public:
    valijson::constraints::Constraint* make(const valijson::adapters::Adapter& value) const override {
        return new PatternConstraint(value.getString());
    }
};

/// Puts our own keyword in the place of `keyword`, if its value is a text. Errors: the expression that cannot be read.
std::string adopt(json::object& schema, std::string_view keyword, std::string (*to_expression)(std::string_view)) {
    const auto* value = schema.if_contains(json::string_view(keyword.data(), keyword.size()));
    if (value == nullptr || !value->is_string()) return {};
    const json::string text = value->get_string();
    const std::string expression = to_expression({text.data(), text.size()});
    if (!Pattern(expression).valid()) return "its pattern cannot be read: " + expression;
    schema.erase(json::string_view(keyword.data(), keyword.size()));
    const std::string own = std::string(kPattern) + "-" + std::string(keyword);
    schema.emplace(own, expression);
    return {};
}

/// Renames the two keywords wherever they are keywords; below `enum` and `default` stand data. Errors: in words.
std::string adopt_patterns(json::value& schema) {
    if (auto* list = schema.if_array()) {
        for (json::value& item : *list) {
            if (std::string problem = adopt_patterns(item); !problem.empty()) return problem;
        }
    }
    auto* object = schema.if_object();
    if (object == nullptr) return {};
    const auto as_it_is = [](std::string_view text) { return std::string(text); };
    if (std::string problem = adopt(*object, "pattern", as_it_is); !problem.empty()) return problem;
    if (std::string problem = adopt(*object, "format", format_pattern); !problem.empty()) return problem;
    for (auto& [name, value] : *object) {
        if (name == "enum" || name == "default" || name == "example") continue;
        if (std::string problem = adopt_patterns(value); !problem.empty()) return problem;
    }
    return {};
}

bool has_long_name(const json::value& value) {
    if (const auto* list = value.if_array()) return std::ranges::any_of(*list, has_long_name);
    const auto* object = value.if_object();
    if (object == nullptr) return false;
    return std::ranges::any_of(*object, [](const json::key_value_pair& member) {
        return member.key().size() > kMaxName || has_long_name(member.value());
    });
}

std::string last_segment(const std::string& uri) {
    const auto path = uri.substr(0, uri.find('#'));
    return path.substr(path.rfind('/') + 1);
}

/// What is wrong at one place of a body.
struct Faults {
    std::vector<std::string> missing;  ///< Names of members.
    std::vector<std::string> others;   ///< In words.
};

/// Is it said only because something beneath is wrong?
bool is_derived(std::string_view description) {
    return description.starts_with("Failed to validate against schema associated with ") ||
           description.starts_with("Failed to validate item #") ||
           description == "Failed to validate against additional properties schema";
}

std::map<std::vector<std::string>, Faults> to_faults(valijson::ValidationResults& results) {
    std::map<std::vector<std::string>, Faults> places;
    for (valijson::ValidationResults::Error error; results.popError(error);) {
        if (is_derived(error.description)) continue;
        constexpr std::string_view kMissing = "Missing required property '";
        if (!error.description.starts_with(kMissing)) {
            places[error.context].others.push_back(error.description);
            continue;
        }
        const auto end = error.description.rfind('\'');
        places[error.context].missing.push_back(error.description.substr(kMissing.size(), end - kMissing.size()));
    }
    return places;
}

void append_faults(std::string& text, const std::string& place, Faults faults) {
    const auto add = [&text](const std::string& words) { text += (text.empty() ? "" : ", ") + words; };
    if (!faults.missing.empty()) {
        std::ranges::sort(faults.missing);
        json::array names(faults.missing.begin(), faults.missing.end());
        add("object has missing required properties (" + json::serialize(names) + ')');
    }
    for (const std::string& other : faults.others) add((place.empty() ? "" : place + ": ") + other);
}

/// All that is wrong at the body's own level, else all that is wrong beneath, as the Java validator tells it, which
/// does not look beneath what is wrong. The missing members' names are sorted.
std::string describe(valijson::ValidationResults& results) {
    std::string text;
    for (auto& [context, faults] : to_faults(results)) {
        std::string place;
        for (const std::string& step : context) place += step == "<root>" ? "" : step;
        append_faults(text, place, std::move(faults));
        if (context.size() <= 1) break;
    }
    return text.empty() ? "the model does not accept it" : text;
}

}  // namespace

/// A schema, or why there is none.
struct Models::Compiled {
    valijson::Schema schema;
    std::string problem;

    void read(const json::value& document, const Documents& all) {
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft4);
        parser.addConstraintBuilder(std::string(kPattern) + "-pattern", new PatternBuilder);
        parser.addConstraintBuilder(std::string(kPattern) + "-format", new PatternBuilder);
        const auto fetch = [&all](const std::string& uri) -> const json::value* {
            const auto found = all.find(last_segment(uri));
            return found == all.end() ? nullptr : &found->second;
        };
        try {
            parser.populateSchema<Adapter>(Adapter(document), schema, fetch, [](const json::value*) {});
        } catch (const std::exception& error) {
            problem = error.what();
        }
    }
};

Models::Models(const std::map<std::string, std::string>& schemas) {
    Documents documents;
    for (const auto& [name, text] : schemas) {
        json::error_code error;
        json::value document = json::parse(text, error);
        auto& compiled = *models_.emplace(name, std::make_unique<Compiled>()).first->second;
        compiled.problem = error ? "it is no JSON: " + error.message() : adopt_patterns(document);
        if (compiled.problem.empty()) documents.emplace(name, std::move(document));
    }
    for (const auto& [name, document] : documents) models_[name]->read(document, documents);
}

Models::Models(Models&&) noexcept = default;
Models& Models::operator=(Models&&) noexcept = default;
Models::~Models() = default;

std::optional<std::string> Models::find_fault(const std::string& model, std::string_view body) const {
    if (std::string unusable = problem(model); !unusable.empty()) return "the model " + model + ": " + unusable;
    json::error_code error;
    const std::string_view text = body.empty() ? "{}" : body;
    json::parse_options options;
    options.max_depth = kMaxDepth;
    const json::value document = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
    if (error) return "the body is no JSON: " + error.message();
    if (has_long_name(document)) return "the name of a member is longer than 1,024 bytes";
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(models_.at(model)->schema, Adapter(document), &results)) return std::nullopt;
    return describe(results);
}

std::string Models::problem(const std::string& model) const {
    const auto found = models_.find(model);
    return found == models_.end() ? "it does not exist" : found->second->problem;
}

}  // namespace understudy::access
