#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/match/pattern.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

namespace understudy::match {

/// What a piece of YAML stands for, so that the operands of matchers are read as the field asks: a value of JSON, a
/// text, a message, a list of messages, a field of one, or an element of a repeated field.
class Place {
  public:
    enum class Sort : std::uint8_t { json, text, message, messages, field, element };

    static Place json() { return {Sort::json, nullptr, nullptr}; }
    static Place text() { return {Sort::text, nullptr, nullptr}; }
    static Place message(const google::protobuf::Message& prototype) { return {Sort::message, &prototype, nullptr}; }
    static Place messages(const google::protobuf::Message& prototype) { return {Sort::messages, &prototype, nullptr}; }
    static Place field(const google::protobuf::Message& owner, const google::protobuf::FieldDescriptor& field) {
        return {Sort::field, &owner, &field};
    }
    static Place element(const google::protobuf::Message& owner, const google::protobuf::FieldDescriptor& field) {
        return {Sort::element, &owner, &field};
    }

    Sort sort() const { return sort_; }
    const google::protobuf::Message& prototype() const { return *prototype_; }
    const google::protobuf::FieldDescriptor& descriptor() const { return *field_; }

    bool is_map() const { return sort_ == Sort::field && field_->is_map(); }
    bool is_list() const {
        return sort_ == Sort::messages || (sort_ == Sort::field && field_->is_repeated() && !field_->is_map());
    }
    /// Of a list: that of each of its elements.
    Place element() const;
    /// Whether what is there may be anything: JSON, or a google.protobuf.Value.
    bool is_json() const;
    /// What kind of value is there; `null` where it may be any.
    Kind kind() const;
    /// Whether a google.protobuf.Any is there.
    bool is_any() const;
    /// `count is an int32`, for the note of a problem.
    std::string describe() const;

  private:
    Place(Sort sort, const google::protobuf::Message* prototype, const google::protobuf::FieldDescriptor* field)
        : sort_(sort), prototype_(prototype), field_(field) {}

    const google::protobuf::Descriptor* message_type() const;

    Sort sort_;
    const google::protobuf::Message* prototype_;
    const google::protobuf::FieldDescriptor* field_;
};

/// Reads expectations; what is wrong in them is kept with its place.
class PatternReader {
  public:
    /// What stands at a place: a matcher, or the value itself with matchers in it.
    Pattern read(source::Node node, const Place& place, Mode mode);

    /// A regular expression that is written there; nullopt, and a problem, where it is none.
    std::optional<Regex> read_expression(source::Node node, std::string_view text);

    std::vector<source::Problem> take_problems() { return std::move(problems_); }

  private:
    Pattern read_messages(source::Node node, const Place& place, Mode mode);
    Pattern read_message(source::Node node, const google::protobuf::Message& expected, Mode mode);
    Pattern read_fields(source::Node node, const google::protobuf::Message& expected, Mode mode);
    Pattern read_field(source::Node node, const google::protobuf::Message& expected,
                       const google::protobuf::FieldDescriptor& field, Mode mode);
    Pattern read_element(source::Node node, const google::protobuf::Message& expected,
                         const google::protobuf::FieldDescriptor& field, int index, Mode mode);
    Pattern read_map(source::Node node, const google::protobuf::Message& expected,
                     const google::protobuf::FieldDescriptor& field, Mode mode);
    Pattern read_any(source::Node node, const google::protobuf::Message& expected, Mode mode);
    Pattern read_strange_any(source::Node node, std::string type, Mode mode);
    Pattern read_json(source::Node node, Mode mode);
    Pattern read_text(source::Node node);
    void add_ignored(source::Node list, const Place& place, Pattern& pattern);

    Pattern read_matcher(source::Node node, const Place& place, Mode mode);
    std::optional<Rule> read_rule(const source::Member& member, const Place& place, Mode mode);
    Rule read_word(const source::Member& member, Rule rule);
    std::optional<Rule> read_regex(source::Node node, const Place& place);
    std::optional<Rule> read_approx(source::Node node, const Place& place);
    std::optional<Rule> read_between(source::Node node, const Place& place);
    std::optional<Rule> read_length(source::Node node, const Place& place);
    std::optional<Rule> read_contains(source::Node node, const Place& place, Mode mode);
    Pattern read_entries(source::Node node, const Place& place, Mode mode);
    HasText read_text_parts(source::Node node, Kind kind);
    Parts read_parts(source::Node node, const Place& place, Mode mode);
    std::optional<Rule> read_elements(source::Node node, const Place& place, Mode mode, Elements::Others others);
    std::optional<Rule> read_type(source::Node node, const Place& place);
    std::optional<Rule> read_message_type(source::Node node, const Place& place);
    /// A number or time written for the place; nullopt where it is none.
    std::optional<Value> read_number(source::Node node, const Place& place);
    std::optional<long double> read_tolerance(source::Node node, Kind kind);
    void refuse(source::Node node, std::string message, std::string note);

    std::vector<source::Problem> problems_;
};

}  // namespace understudy::match
