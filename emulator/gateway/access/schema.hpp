#pragma once

#include "emulator/gateway/access/json.hpp"
#include "emulator/gateway/access/pattern.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace understudy::access {

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
    const Pattern& pattern(std::string_view expression) const { return patterns_.find(expression)->second; }

    /// Why nothing can be checked by it, in words; empty where it can.
    std::string find_problem(const ByName& others) const;

  private:
    std::string text_;
    Json root_;
    bool is_json_;
    std::map<std::string, Pattern, std::less<>> patterns_;
};

/// A place in a schema.
struct SchemaPlace {
    const Schema* schema = nullptr;
    const Json* node = nullptr;
    friend bool operator==(const SchemaPlace&, const SchemaPlace&) = default;
};

/// The place that a `$ref`, or a chain of them, stands for: in the same schema behind `#`, else in that of `others`
/// which the last segment of the URL names. Errors: no node where there is none.
SchemaPlace follow_references(SchemaPlace place, const Schema::ByName& others);

/// Calls `take` with the schemas that stand directly in one, and whether they speak of the same value as it.
void visit_subschemas(const Json& schema, const std::function<void(const Json&, bool of_same_value)>& take);

}  // namespace understudy::access
