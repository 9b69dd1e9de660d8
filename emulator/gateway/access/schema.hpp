#pragma once

#include "emulator/gateway/access/ecma_pattern.hpp"
#include "emulator/gateway/access/json.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace understudy::access {

/// What is to be said of a schema before anything is checked by it.
struct SchemaReview {
    std::string problem;               ///< Why nothing can be; empty where it can.
    std::vector<std::string> remarks;  ///< What in it people may not expect, each once.
};

/// A JSON Schema of draft 4, read once.
class Schema {
  public:
    using ByName = std::map<std::string, Schema, std::less<>>;

    explicit Schema(std::string text);
    Schema(Schema&&) = delete;
    Schema& operator=(Schema&&) = delete;
    ~Schema() = default;

    const Json& root() const { return root_; }
    /// One of its expressions. Preconditions: it is one.
    const EcmaPattern& pattern(std::string_view expression) const { return patterns_.find(expression)->second; }
    /// Whether one of the lists of values that stand behind its `enum`s has a value, by its canonical text.
    /// Preconditions: it is such a list.
    bool lists(const Json& enumeration, const std::string& canonical) const;

    /// A member of one of its objects, by its name, as Json::find has it. Errors: null where there is none.
    const Json* member(const Json& object, const std::string& name) const;

    /// Of it and of what it refers to among `others`.
    ///
    /// Tested by: Models.SayWhatKeepsThemFromBeingUsed, Models.OfAnySizeAreReadOrRefused,
    /// Models.RemarkOnWhatTheyDoNotCheck
    SchemaReview review(const ByName& others) const;

  private:
    void collect(const Json& part);

    std::string text_;
    Json root_;
    bool is_json_;
    std::map<std::string, EcmaPattern, std::less<>> patterns_;
    std::map<const Json*, std::unordered_set<std::string>> values_;  ///< By `enum`'s list.
    /// Of objects of many members, which a chain of references would go through over and over.
    std::map<const Json*, std::unordered_map<std::string_view, const Json*>> members_;
};

/// A place in a schema.
struct SchemaPlace {
    const Schema* schema = nullptr;
    const Json* node = nullptr;
    friend bool operator==(const SchemaPlace&, const SchemaPlace&) = default;
};

/// The place that a `$ref`, or a chain of them, stands for: in the same schema behind `#`, else in that of `others`
/// which the last segment of the URL names. Errors: no node where there is none, or behind more than 32 of them.
SchemaPlace follow_references(SchemaPlace place, const Schema::ByName& others);

/// What a schema that stands in another one speaks of.
enum class SubschemaOf : std::uint8_t {
    same_value,  ///< As that one.
    part,        ///< Or of nothing, until it is referred to.
};

/// Calls `take` with the schemas that stand directly in one. Tested by: Draft4.SchemasInSchemasAreVisited
void visit_subschemas(const Json& schema, const std::function<void(const Json&, SubschemaOf)>& take);

}  // namespace understudy::access
