#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "emulator/source/text_edit.hpp"
#include "tools/match/compare.hpp"
#include "tools/match/update.hpp"

#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::match {

/// How values are compared, but for what an expectation itself says.
struct Rules {
    Mode mode = Mode::exact;
    UnknownFields unknown_fields = UnknownFields::by_mode;
    std::vector<std::string> ignore;  ///< Paths as IgnorePath reads them; those it cannot read are left out.
};

/// Of one type, in order.
using Messages = std::vector<std::unique_ptr<google::protobuf::Message>>;

/// What a value must be, read once and compared as often as needed. The rules of its parts are those of
/// `Expectation.response` in proto/understudy/v1/scenario.proto. Cheap to copy.
/// Lifetime: the document it was read from outlives it.
class Expectation {
  public:
    Expectation(Pattern pattern, Rules rules);

    Comparison compare(const google::protobuf::Message& actual) const;
    Comparison compare(const Messages& actual) const;
    /// A message that was read already.
    Comparison compare(const Value& actual) const;
    /// JSON by value. Errors: malformed where `actual` is no JSON.
    source::Result<Comparison> compare_json(std::string_view actual) const;
    Comparison compare_text(std::string_view actual) const;
    /// A number as it is written: `12.5`.
    Comparison compare_number(std::string_view actual) const;
    Comparison compare_absent() const;

    /// What has to be written so that the same is met, as `update_pattern` has it. `place`: where it was read from.
    PatternUpdate update(const google::protobuf::Message& actual, source::Node place) const;
    PatternUpdate update(const Messages& actual, source::Node place) const;
    PatternUpdate update(const Value& actual, source::Node place) const;
    /// The edits alone: of these an expectation can say everything. For JSON none where `actual` is no JSON.
    std::vector<source::TextEdit> update_json(std::string_view actual, source::Node place) const;
    std::vector<source::TextEdit> update_text(std::string_view actual, source::Node place) const;
    std::vector<source::TextEdit> update_number(std::string_view actual, source::Node place) const;

    /// As JSON, matchers in words.
    std::string text() const;
    bool has_matchers() const;

  private:
    std::shared_ptr<const Pattern> pattern_;
    UpdateRules rules_;
};

/// An expectation, or everything that is wrong with it, in the order of the text.
struct ReadExpectation {
    std::optional<Expectation> expectation;
    std::vector<source::Problem> problems;
};

/// A message in protobuf's JSON mapping, written as YAML, with matchers in it.
ReadExpectation read_message_expectation(source::Node node, const google::protobuf::Message& prototype,
                                         const Rules& rules);
/// A list of such messages, with matchers in it or in its place. What the rules ignore is below each of them.
ReadExpectation read_messages_expectation(source::Node node, const google::protobuf::Message& prototype, Rules rules);
/// A value of JSON, written as YAML, with matchers in it.
ReadExpectation read_json_expectation(source::Node node, const Rules& rules);
/// A text, whatever a plain scalar looks like; or a matcher.
ReadExpectation read_text_expectation(source::Node node);

/// A text that another one contains, or `/…/`: a pattern of RE2 that is found in it; or a matcher.
ReadExpectation read_part_expectation(source::Node node);

/// A text, or bytes, with this in it; `node` is where it is written.
Expectation to_containing(std::string_view part, source::Node node);

/// What equals a message, for whoever has two: replay, tests in C++.
Expectation to_expectation(const google::protobuf::Message& expected, const Rules& rules);
/// The same of a text of JSON. Errors: malformed.
source::Result<Expectation> to_json_expectation(std::string_view expected, const Rules& rules);

/// Where two runs of bytes part, with what is around there in hex; nullopt where they are equal.
std::optional<Difference> compare_bytes(std::string_view expected, std::string_view actual,
                                        std::optional<source::Node> node);

}  // namespace understudy::match
