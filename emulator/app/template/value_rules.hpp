#pragma once

#include "emulator/app/template/findings.hpp"
#include "emulator/app/template/value.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace understudy::app::templates {

/// Which part of a property's value a rule is about.
enum class Subject : std::uint8_t {
    value,    ///< The value; of a list, each item, unless the rule takes lists.
    written,  ///< The same where it is written out: what an intrinsic function gives may have another length on AWS.
    keys,     ///< The keys of a map.
    values,   ///< The values of a map.
    count,    ///< How many items a list has.
    repeats,  ///< Each item of a list: whether it is there before.
    bytes,    ///< The names and values of a map together, without the values that are not written out.
};

/// What becomes of a value that a rule does not take.
enum class Verdict : std::uint8_t {
    refused,  ///< AWS would not deploy it.
    noted,    ///< AWS takes it, but hardly means what was meant.
};

/// A row of the table of values: `property` is SHAPE.NAME, as in the tables of properties.
struct ValueRule {
    std::string_view property;
    /// What is taken, in words with blanks between them: a range of whole numbers (`0..3600`), a kind of value
    /// (`map`, `list`, `text`), a form (`$name`, `$mapping`, …: value_forms.cpp); anything else is itself. Of a count
    /// and of bytes a range, and `once` of what may not be there twice.
    std::string_view takes;
    std::string_view remark = {};  ///< What a reader should know besides.
    Subject subject = Subject::value;
    Verdict verdict = Verdict::refused;
};

/// The rules of all shapes.
std::span<const ValueRule> value_rules();

/// Whether a text has a form that rules name: `$name`, `$mapping`, … Of a word that is none: whether it is the text.
bool has_form(std::string_view text, std::string_view form);
/// What messages call it; a word that is no form is itself.
std::string_view describe_form(std::string_view form);

/// Says what of a property's value AWS would refuse or take for something else. What rules say nothing of is taken.
void check_value(const Value& value, std::string_view property, Findings& findings);
/// Whether rules name the kinds of value that a property takes: a map is not all that it may be.
bool names_kinds(std::string_view property);

}  // namespace understudy::app::templates
