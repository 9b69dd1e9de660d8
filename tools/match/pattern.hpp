#pragma once

#include "emulator/source/document.hpp"
#include "tools/match/ignore_path.hpp"
#include "tools/match/value.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace re2 {
class RE2;
}

namespace understudy::match {

/// How much of a value an expectation speaks of.
enum class Mode : std::uint8_t {
    exact,    ///< What is not written must not be set.
    partial,  ///< What is not written may be anything. Lists keep their length.
};

struct Pattern;
struct PatternMember;

/// What can be asked of a value: one struct for each.
struct Equals {
    Value value;
};
struct Fields {
    Mode mode = Mode::exact;
    std::string type;  ///< Of the message in a google.protobuf.Any; empty: in mode `exact` there is none.
    std::optional<source::Node> type_node;
    std::vector<PatternMember> members;
};
struct Items {
    std::vector<Pattern> items;
};
struct Absent {};
struct Present {};
struct Anything {};
/// Never met: what it must be is yet to be written.
struct Unwritten {};
struct Regex {
    std::string written;
    std::shared_ptr<const re2::RE2> expression;
};
struct Range {
    std::string shown;  ///< `5 ± 0.1`
    long double least = 0;
    long double most = 0;
    Kind kind = Kind::number;  ///< `instant`: a text of JSON that spells a time is one, too.
};
struct Length {
    std::size_t least = 0;
    std::size_t most = 0;
};
/// Of a text or bytes: parts of it.
struct HasText {
    std::vector<Value> parts;
};
/// Elements in any order: all of them, or among others.
struct Elements {
    enum class Others : std::uint8_t { refused, allowed } others = Others::refused;
    std::vector<Pattern> items;
};
/// Of JSON, where only the value that comes tells what its parts are.
struct Parts {
    std::optional<HasText> text;  ///< Absent where what is written is no text.
    Elements elements;
    std::vector<Pattern> object;  ///< What an object must be like; none where what is written is no object.
};
struct OfType {
    std::string name;
};
/// Several at once.
struct All {
    std::vector<Pattern> parts;
};

using Rule = std::variant<Equals, Fields, Items, Absent, Present, Anything, Unwritten, Regex, Range, Length, HasText,
                          Elements, Parts, OfType, All>;

/// An expectation, read: what is asked, where that is written, and what below it is not looked at.
struct Pattern {
    Rule rule;
    std::optional<source::Node> node;
    std::vector<IgnorePath> ignore;
};

struct PatternMember {
    std::string name;
    Naming naming = Naming::field;
    Pattern pattern;
    std::string json_name = {};  ///< As `Member` has it.
};

/// In words, or as JSON where it is a value: `a text that matches /^a/`, `{"name":"a"}`.
std::string to_text(const Pattern& pattern);

/// The pattern that is met by a value and what equals it; in mode `partial`, by what has the same in what is set.
Pattern to_pattern(const Value& value, Mode mode);

}  // namespace understudy::match
