#include "emulator/gateway/access/schema_judge.hpp"

#include "emulator/gateway/access/exact_number.hpp"
#include "emulator/gateway/access/pattern.hpp"
#include "emulator/gateway/access/text_format.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iterator>
#include <limits>
#include <regex>
#include <stdexcept>
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
using BoostAdapter = valijson::adapters::BoostJsonAdapter;
using AnyAdapter = valijson::adapters::Adapter;

/// Names in a body up to here are matched by `patternProperties`.
constexpr std::size_t kLongestName = 1024;

/// The keywords of draft 4 that the library reads as they stand.
constexpr std::string_view kPlainKeywords[] = {
    "enum",          "exclusiveMaximum", "exclusiveMinimum", "maxItems", "maxLength", "maxProperties", "maximum",
    "minProperties", "minItems",         "minLength",        "minimum",  "required",  "type",          "uniqueItems"};
constexpr std::string_view kSchemaKeywords[] = {
    "additionalItems", "additionalProperties", "allOf", "anyOf", "items", "not", "oneOf"};
constexpr std::string_view kSchemaMapKeywords[] = {"dependencies", "patternProperties", "properties"};

bool is_among(const auto& names, std::string_view name) {
    return std::ranges::find(names, name) != std::end(names);
}

json::string_view to_view(std::string_view text) {
    return {text.data(), text.size()};
}

json::string to_text(std::string_view text) {
    return json::string(to_view(text));
}

/// Whole numbers that the library cannot hold become the nearest one that it can: they stay whole.
json::value to_number(std::string_view source) {
    if (!is_written_whole(source)) return std::strtod(std::string(source).c_str(), nullptr);
    std::int64_t whole = 0;
    const auto read = std::from_chars(source.data(), source.data() + source.size(), whole);
    if (read.ec != std::errc::result_out_of_range) return whole;
    using Limits = std::numeric_limits<std::int64_t>;
    return source.starts_with('-') ? Limits::min() : Limits::max();
}

json::value to_document(const Json& value) {
    switch (value.kind) {
        case Json::Kind::boolean:
            return value.source == "true";
        case Json::Kind::number:
            return to_number(value.source);
        case Json::Kind::string:
            return to_text(value.text);
        case Json::Kind::array: {
            json::array list;
            for (const Json& item : value.items) list.push_back(to_document(item));
            return list;
        }
        case Json::Kind::object: {
            json::object object;
            for (const auto& [name, member] : value.members) object[to_view(name)] = to_document(member);
            return object;
        }
        case Json::Kind::null:
            break;
    }
    return nullptr;
}

/// Writes a schema anew for the library: with the keywords of draft 4 alone, those of ours under names that it does not
/// know, and what is referred to, in whichever schema it stands, as `definitions` by number.
class Rewrite {
  public:
    explicit Rewrite(const Schema::ByName& others) : others_(others) {}

    /// Errors: std::runtime_error, for an expression that the library could not match names by.
    json::value whole(SchemaPlace root) {
        json::object document = reference(root);
        json::object definitions;
        for (std::size_t i = 0; i < targets_.size(); ++i) {
            // Whatever it refers to goes to the end of the list.
            const SchemaPlace target = targets_[i];
            definitions[std::to_string(i)] = body(target);
        }
        document["definitions"] = std::move(definitions);
        return document;
    }

    bool matches_names() const { return matches_names_; }

  private:
    json::object reference(SchemaPlace place) {
        const SchemaPlace target = follow_references(place, others_);
        const auto found = std::ranges::find(targets_, target);
        const auto number = static_cast<std::size_t>(found - targets_.begin());
        if (found == targets_.end()) targets_.push_back(target);
        json::object out;
        out["$ref"] = to_text("#/definitions/" + std::to_string(number));
        return out;
    }

    json::value one(SchemaPlace place) {
        if (place.node->is(Json::Kind::object) && place.node->find("$ref") != nullptr) return reference(place);
        return body(place);
    }

    json::value body(SchemaPlace place) {
        if (!place.node->is(Json::Kind::object)) return to_document(*place.node);
        json::object out;
        for (const auto& [name, argument] : place.node->members) {
            if (is_among(kPlainKeywords, name)) out[name] = to_document(argument);
            if (is_among(kSchemaKeywords, name)) out[name] = schemas({place.schema, &argument});
            if (is_among(kSchemaMapKeywords, name)) out[name] = schema_map({place.schema, &argument});
            if (name == "patternProperties") note_names(argument);
            if (name == "pattern" && argument.is(Json::Kind::string)) out["x-pattern"] = to_text(argument.text);
            if (name == "format" && argument.is(Json::Kind::string)) out["x-format"] = to_text(argument.text);
            if (name == "multipleOf" && argument.is(Json::Kind::number))
                out["x-multiple-of"] = to_text(argument.source);
        }
        return out;
    }

    json::value schemas(SchemaPlace argument) {
        if (!argument.node->is(Json::Kind::array)) return one(argument);
        json::array list;
        for (const Json& each : argument.node->items) list.push_back(one({argument.schema, &each}));
        return list;
    }

    /// The lists of names among `dependencies` are no schemas.
    json::value schema_map(SchemaPlace argument) {
        if (!argument.node->is(Json::Kind::object)) return to_document(*argument.node);
        json::object out;
        for (const auto& [name, each] : argument.node->members) out[name] = one({argument.schema, &each});
        return out;
    }

    void note_names(const Json& by_pattern) {
        matches_names_ = true;
        for (const auto& [expression, unused] : by_pattern.members) {
            try {
                const std::regex readable(expression);
            } catch (const std::regex_error&) {
                throw std::runtime_error("its pattern cannot be read: " + expression);
            }
        }
    }

    const Schema::ByName& others_;
    std::vector<SchemaPlace> targets_;
    bool matches_names_ = false;
};

/// A keyword of ours in the library's shape: whether its argument lets a value pass.
template <typename Keyword>
class OwnConstraint : public valijson::constraints::PolyConstraint {
  public:
    explicit OwnConstraint(const std::string& argument) : keyword_(std::make_shared<const Keyword>(argument)) {}

    bool validate(const AnyAdapter& target, const std::vector<std::string>& /*context*/,
                  valijson::ValidationResults* /*results*/) const override {
        return keyword_->accepts(target);
    }

  private:
    Constraint* cloneInto(void* memory) const override { return new (memory) OwnConstraint(*this); }
    std::size_t sizeOf() const override { return sizeof(OwnConstraint); }

    std::shared_ptr<const Keyword> keyword_;
};

template <typename Keyword>
class OwnBuilder : public valijson::ConstraintBuilder {
  public:
    valijson::constraints::Constraint* make(const AnyAdapter& value) const override {
        return new OwnConstraint<Keyword>(value.getString());
    }
};

struct PatternKeyword {
    explicit PatternKeyword(const std::string& expression) : pattern(expression) {}
    bool accepts(const AnyAdapter& target) const {
        return !target.isString() || pattern.matches_part(target.getString());
    }
    Pattern pattern;
};

struct FormatKeyword {
    explicit FormatKeyword(std::string name) : format(std::move(name)) {}
    bool accepts(const AnyAdapter& target) const {
        return !target.isString() || !find_format_fault(format, target.getString());
    }
    std::string format;
};

struct MultipleKeyword {
    explicit MultipleKeyword(std::string text) : divisor(std::move(text)) {}
    bool accepts(const AnyAdapter& target) const {
        if (target.isInteger()) return is_multiple(std::to_string(target.getInteger()), divisor);
        if (!target.isDouble() || !std::isfinite(target.getDouble())) return true;
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), target.getDouble()).ptr;
        return is_multiple({digits.data(), end}, divisor);
    }
    std::string divisor;
};

bool has_long_name(const Json& value) {
    return std::ranges::any_of(value.items, has_long_name) ||
           std::ranges::any_of(value.members, [](const Json::Member& member) {
               return member.first.size() > kLongestName || has_long_name(member.second);
           });
}

}  // namespace

struct SchemaJudge::Compiled {
    valijson::Schema schema;
    std::string problem;
    bool matches_names = false;
};

SchemaJudge::SchemaJudge(const Schema& schema, const Schema::ByName& others) : compiled_(std::make_unique<Compiled>()) {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft4);
    parser.addConstraintBuilder("x-pattern", new OwnBuilder<PatternKeyword>);
    parser.addConstraintBuilder("x-format", new OwnBuilder<FormatKeyword>);
    parser.addConstraintBuilder("x-multiple-of", new OwnBuilder<MultipleKeyword>);
    try {
        Rewrite rewrite(others);
        const json::value document = rewrite.whole({&schema, &schema.root()});
        compiled_->matches_names = rewrite.matches_names();
        parser.populateSchema(BoostAdapter(document), compiled_->schema);
    } catch (const std::exception& error) {
        compiled_->problem = error.what();
    }
}

SchemaJudge::SchemaJudge(SchemaJudge&&) noexcept = default;
SchemaJudge& SchemaJudge::operator=(SchemaJudge&&) noexcept = default;
SchemaJudge::~SchemaJudge() = default;

const std::string& SchemaJudge::problem() const {
    return compiled_->problem;
}

bool SchemaJudge::accepts(const Json& value) const {
    if (compiled_->matches_names && has_long_name(value)) return false;
    const json::value document = to_document(value);
    valijson::Validator validator;
    return validator.validate(compiled_->schema, BoostAdapter(document), nullptr);
}

}  // namespace understudy::access
