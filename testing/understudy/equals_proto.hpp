#pragma once

#include <google/protobuf/message.h>
#include <gtest/gtest-matchers.h>

#include <iosfwd>
#include <memory>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

namespace understudy {

/// What a message must be, for EXPECT_THAT; made by the functions below. What differs is told by its path:
/// `items[2].count: expected 6, got 5`. A mistake in it, such as a text that is no message of the type, an unknown
/// matcher or a path of fields that there are not, fails the test where it was made, within `Not(…)` too.
class ProtoMatcher {
  public:
    using is_gtest_matcher = void;
    enum class Form { text, yaml };

    ProtoMatcher(std::shared_ptr<const google::protobuf::Message> expected, std::source_location where)
        : message_(std::move(expected)), where_(where) {}
    ProtoMatcher(Form form, std::string expected, std::source_location where)
        : form_(form), text_(std::move(expected)), where_(where) {}

    /// Only what the expectation sets is compared; the rest may be anything. Lists keep their length. A text sets what
    /// it writes, `count: 0` too; a message does not set a field without presence to its default.
    ProtoMatcher partially() &&;
    /// Paths that are not compared: `messages[2].time`, `messages.time` for all of them, `counts["a"]`.
    ProtoMatcher ignoring(std::vector<std::string> paths) &&;

    bool MatchAndExplain(const google::protobuf::Message& actual, ::testing::MatchResultListener* listener) const;
    void DescribeTo(std::ostream* out) const;
    void DescribeNegationTo(std::ostream* out) const;

  private:
    std::string shown() const;
    bool refuse(const std::string& mistake, ::testing::MatchResultListener& listener) const;

    std::shared_ptr<const google::protobuf::Message> message_;  ///< Null: a text is read as the actual message's type.
    Form form_ = Form::text;
    std::string text_;
    bool partial_ = false;
    std::vector<std::string> ignored_;
    std::source_location where_;  ///< Where it was made.
};

/// Equal by meaning: presence counts where a field has it, NaN equals NaN, maps by key, google.protobuf.Any unpacked,
/// timestamps by value. A message of another type is not equal.
ProtoMatcher EqualsProto(const google::protobuf::Message& expected,
                         std::source_location where = std::source_location::current());
/// The same of a message of the actual one's type, in protobuf's text format.
ProtoMatcher EqualsProto(const char* expected, std::source_location where = std::source_location::current());
ProtoMatcher EqualsProto(const std::string& expected, std::source_location where = std::source_location::current());

/// What `response` of a scenario file may be: protobuf's JSON mapping as YAML, with matchers such as
/// `{ found: true, id: { $type: uuid } }`. See proto/understudy/v1/scenario.proto.
ProtoMatcher MatchesProto(std::string expected, std::source_location where = std::source_location::current());

/// Only what `matcher` sets is compared: `Partially(EqualsProto("found: false"))`. See ProtoMatcher::partially.
ProtoMatcher Partially(ProtoMatcher matcher);

}  // namespace understudy
