#pragma once

#include "emulator/source/document.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::app::templates {

/// What a resolved value is. `none` is what `AWS::NoValue` leaves: the key is as if it were not written. `unknown` is
/// what a mistake leaves: something was written, the mistake has been told, and nothing more is to be said of it.
enum class ValueKind : std::uint8_t { none, null, text, list, map, unknown };

struct Value;

/// A member of a map with the node of its key. A template, since a value holds members and a member a value.
template <class T>
struct BasicEntry {
    std::string key;
    T value;
    std::optional<source::Node> node = {};
};

using Entry = BasicEntry<Value>;

/// A value of a template with its intrinsic functions resolved, and where in which file it was written.
struct Value {
    ValueKind kind = ValueKind::none;
    std::string text = {};
    bool plain = false;          ///< A scalar without quotes: may be a number or a boolean.
    bool computed = false;       ///< By an intrinsic function, which Globals do not look into.
    bool made_up = false;        ///< What only AWS knows, its kind and form included; a name stands for it.
    std::string resource = {};   ///< The logical id that a Ref or GetAtt names.
    std::string attribute = {};  ///< What GetAtt asks of it.
    std::vector<Value> items = {};
    std::vector<Entry> members = {};
    std::optional<source::Node> node = {};

    bool is_text() const { return kind == ValueKind::text; }
    bool is_list() const { return kind == ValueKind::list; }
    bool is_map() const { return kind == ValueKind::map; }
    bool is_unknown() const { return kind == ValueKind::unknown; }
    /// Neither left out nor null.
    bool present() const { return kind != ValueKind::none && kind != ValueKind::null; }

    /// A member of a map; nullptr where there is none.
    const Value* find(std::string_view key) const;
    /// A member of a map, or a value that is none; those of what is unknown are unknown.
    const Value& get(std::string_view key) const;
    /// A list's items; anything else present counts as a list of one, as CloudFormation takes it.
    std::vector<const Value*> each() const;
    /// Whether it is a plain or quoted `true`, in the words of YAML 1.1.
    bool is_true() const;
    std::uint32_t line() const;
};

/// A value of which a mistake has been told.
Value unknown_value();

/// A text that no file holds.
Value to_text(std::string text);

/// As SAM lays a resource's properties over those of Globals: maps merge deeply and the resource wins, lists are
/// joined with Globals' first, anything else is the resource's. What an intrinsic function gives is no map and no list.
Value merge_globals(const Value& global, const Value& local);

/// About how many bytes a value takes.
std::size_t weigh(const Value& value);

/// Takes out the members that `AWS::NoValue` stands for; until then they win over those of Globals.
void drop_none(Value& value);

/// JSON text of a value: plain scalars that are JSON numbers or booleans stay what they are.
std::string render_json(const Value& value);

/// Appends a JSON string with its quotes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace understudy::app::templates
