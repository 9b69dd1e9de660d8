#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// The names that `${…}` can ask for, with their values as JSON; and those that only the run will give a value.
class Variables {
  public:
    /// Sets a value, over an earlier one of that name.
    void set(const std::string& name, std::string json) { values_[name] = std::move(json); }
    /// What `${env.NAME}` stands for.
    void set_environment(std::shared_ptr<const std::map<std::string, std::string>> variables) {
        environment_ = std::move(variables);
    }
    /// The name exists, and has no value before the run.
    void announce(const std::string& name) { announced_.insert(name); }

    /// As JSON; nullopt where there is no value.
    std::optional<std::string> find(std::string_view name) const;
    bool is_announced(std::string_view name) const { return announced_.contains(name); }
    std::vector<std::string_view> names() const;

  private:
    std::map<std::string, std::string, std::less<>> values_;
    std::set<std::string, std::less<>> announced_;
    std::shared_ptr<const std::map<std::string, std::string>> environment_;
};

/// A value as a text in the middle of others: a JSON string without its quotes, other JSON as it is.
std::string to_inserted_text(std::string_view json);

/// `K=V` of a command line: V as a plain scalar of YAML would be, or JSON: `5` is a number, `a` a text.
std::string to_json_value(std::string_view text);

}  // namespace understudy::scenario
