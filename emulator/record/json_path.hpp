#pragma once

#include "emulator/record/json_redaction.hpp"
#include "emulator/record/json_text.hpp"
#include "emulator/record/query_redaction.hpp"
#include "emulator/record/redaction_rules.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::record {

/// What the members of an object, or the elements of an array, are.
enum class Role : std::uint8_t {
    plain,
    headers,  ///< Members are header lines by name.
    query,    ///< Members are query parameters by name.
    message,  ///< The same of a Connect GET, whose message is one of them.
    secret,   ///< Every value in it is taken.
};

/// Whose query an object of query parameters is.
constexpr QueryOf to_query_of(Role role) {
    return role == Role::message ? QueryOf::connect_get : QueryOf::any_request;
}

/// The way from the root of a JSON text to the value that a scanner is at, and what that value is for its place.
class JsonPath {
  public:
    /// Lifetime: what is passed outlives the path, and so does what stands around the names of its members.
    JsonPath(TextKind kind, const RedactionRules& rules) : kind_(kind), rules_(rules) { frames_.reserve(8); }

    /// The value is an object, or an array, and what follows is in it.
    void enter_object(Role role) { frames_.push_back({.role = role}); }
    void enter_array(Role role) { frames_.push_back({.role = role, .is_array = true}); }
    /// The object or array has ended.
    void leave();
    /// The value has ended.
    void advance();
    /// The next value is the member of this name, as it stands between its quotes.
    void come_to(std::string_view name);

    bool is_root() const { return frames_.empty(); }
    /// Precondition of what follows: the value is not the root.
    std::string_view name() const { return frames_.back().name; }
    bool is_root_member(std::string_view name) const { return frames_.size() == 1 && this->name() == name; }
    bool is_header() const { return frames_.size() == 2 && frames_.back().role == Role::headers; }
    /// What the member is of which the value is the whole, or one of several.
    Role role_of_member() const { return member_frame().role; }
    /// That member's name.
    std::string_view name_of_member() const { return member_frame().name; }

    /// What the value is; `ahead` is behind its first token, in `json`.
    Role role_of_value(std::string_view json, const JsonScanner& ahead) const;
    /// Whether the rules take a field that stands there.
    bool is_field_taken() const;

    /// `.items[3].card`; empty for the root.
    std::string text() const;

  private:
    /// An object or array around the value.
    struct Frame {
        Role role = Role::plain;
        bool is_array = false;
        std::size_t index = 0;
        std::string_view name = {};  ///< Of the member that is being looked at.
    };

    Role role_of_root_member() const;
    /// Where the member stands of which the value is the whole, or one of several.
    const Frame& member_frame() const;

    TextKind kind_;
    const RedactionRules& rules_;
    std::vector<Frame> frames_;
    std::list<std::string> unescaped_names_;
};

}  // namespace understudy::record
