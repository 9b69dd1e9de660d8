#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::replay {

/// A value inside a JSON text that was found to be one. Lifetime: the text's.
class JsonView {
  public:
    explicit JsonView(std::string_view raw) : raw_(raw) {}

    /// Its bytes, without white space around them.
    std::string_view raw() const { return raw_; }
    bool is_object() const { return raw_.starts_with('{'); }
    bool is_array() const { return raw_.starts_with('['); }
    bool is_text() const { return raw_.starts_with('"'); }
    /// What a string means; what another value is, as it is written.
    std::string text() const;

    /// A member of an object, the last of its name; nullopt for others.
    std::optional<JsonView> find(std::string_view name) const;
    /// `find` of each name in what the one before it found.
    std::optional<JsonView> find_path(std::initializer_list<std::string_view> path) const;
    /// The text of a member; empty where there is none.
    std::string text_of(std::string_view name) const;

    /// None of what is no object.
    std::vector<std::pair<std::string, JsonView>> members() const;
    /// None of what is no array.
    std::vector<JsonView> items() const;

  private:
    std::string_view raw_;
};

}  // namespace understudy::replay
