#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::match {

/// What a value is, wherever it comes from: a message's field or a text of JSON.
enum class Kind : std::uint8_t {
    null,
    boolean,
    number,
    text,  ///< Also an enum's value: its name.
    bytes,
    instant,  ///< A timestamp or a duration, in seconds.
    list,
    object,  ///< A message, a map or an object of JSON.
};

struct Member;

/// A value as a tree: what messages and JSON are turned into to be compared.
struct Value {
    Kind kind = Kind::null;
    /// Whether somebody would have to send it: false for the default of a field without presence, and for a list or map
    /// without elements.
    bool set = true;
    /// Of a list or map of a message: nothing but its elements, so that it is not set without any. One of JSON is.
    bool only_elements = false;
    /// A number that a message has as a double: further digits that are written for it do not count.
    bool is_double = false;
    /// False for what protobuf's JSON mapping has no form for, and no expectation: a timestamp out of its range.
    bool spellable = true;
    std::string text;   ///< Of a scalar: what it is compared by. Numbers and instants: see `to_canonical_number`.
    std::string shown;  ///< Of a scalar: as JSON.
    std::string type;   ///< Of the message in a google.protobuf.Any: its full name.
    std::vector<Value> items;
    std::vector<Member> members;

    const Member* find(std::string_view name) const;
};

/// What a member of an object is called by.
enum class Naming : std::uint8_t {
    field,    ///< `.name`
    key,      ///< `["name"]`, or `[7]`; also keys of JSON that are no plain names.
    unknown,  ///< A field that the schema does not know.
};

struct Member {
    std::string name;  ///< As it is found by: a field's name, a key's text.
    Naming naming = Naming::field;
    Value value;
    std::string json_name = {};  ///< Of a message's field, where it is another than the name.
};

/// A list or an object.
inline bool is_container(const Value& value) {
    return value.kind == Kind::list || value.kind == Kind::object;
}

Value make_null();
Value make_boolean(bool boolean);
Value make_text(std::string_view text);
Value make_number(std::string_view written);
Value make_bytes(std::string_view bytes);
/// A time, in whole seconds and the nanoseconds to add to them, 0 to 999'999'999.
Value make_instant(std::int64_t seconds, std::int64_t nanoseconds, std::string shown);
/// A timestamp or a duration, as protobuf's JSON mapping spells them; nullopt for other texts.
std::optional<Value> parse_instant(std::string_view written);

/// One spelling for all of a number: `1`, `1.0` and `1e0` are `1`; `NaN`, `Infinity` and `-Infinity` stay. Text that is
/// no number stays too.
std::string to_canonical_number(std::string_view text);
/// The number behind a number's or an instant's text: whole numbers of 64 bits are exact.
long double to_number(const Value& value);

/// Whether a text is `[full.name]`, which is what an extension is found by.
bool is_extension_name(std::string_view text);

/// `field` for what may stand behind a dot, an extension's name among it, `key` for other keys of JSON.
Naming to_naming(std::string_view name);

/// What a step has behind the number of a field that no schema knows.
inline constexpr std::string_view kNotInSchema = " (not in the schema)";

/// How a path goes on to a member: `.name`, `.[full.name]`, `["key"]`.
std::string to_step(const Member& member);
/// The same of any key, whatever it is: `["key"]`.
std::string to_key_step(std::string_view name);
/// Whether a step of a path leads to a member: by its name, in quotes too, or, of a message's field, its name in JSON.
bool leads_to(std::string_view step, const Member& member);
/// The member that a step leads to; null where there is none.
const Member* find_member(const Value& value, std::string_view step);

/// As JSON on one line, without what is not set; bytes as `"hex:0a0b"`.
std::string to_text(const Value& value);
/// `a text`, `a list`: for sentences.
std::string_view to_noun(Kind kind);

}  // namespace understudy::match
