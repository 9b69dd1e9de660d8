#pragma once

#include <google/protobuf/message.h>
#include <gtest/gtest-matchers.h>

#include <iosfwd>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace understudy {

/// What a message must be, for EXPECT_THAT; made by the functions below. What differs is told by its path:
/// `items[2].count: expected 6, got 5`.
class ProtoMatcher {
  public:
    using is_gtest_matcher = void;
    enum class Form { text, yaml };

    explicit ProtoMatcher(std::shared_ptr<const google::protobuf::Message> expected) : message_(std::move(expected)) {}
    ProtoMatcher(Form form, std::string expected) : form_(form), text_(std::move(expected)) {}

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

    std::shared_ptr<const google::protobuf::Message> message_;  ///< Null: a text is read as the actual message's type.
    Form form_ = Form::text;
    std::string text_;
    bool partial_ = false;
    std::vector<std::string> ignored_;
};

/// Equal by meaning: presence counts where a field has it, NaN equals NaN, maps by key, google.protobuf.Any unpacked,
/// timestamps by value. A message of another type is not equal.
ProtoMatcher EqualsProto(const google::protobuf::Message& expected);
/// The same of a message in protobuf's text format. A text that is none of the actual message's type does not match,
/// and says why.
ProtoMatcher EqualsProto(const char* expected);
ProtoMatcher EqualsProto(const std::string& expected);

/// What `response` of a scenario file may be: protobuf's JSON mapping as YAML, with matchers such as
/// `{ found: true, id: { $type: uuid } }`. See proto/understudy/v1/scenario.proto.
ProtoMatcher MatchesProto(std::string expected);

/// Only what `matcher` sets is compared: `Partially(EqualsProto("found: false"))`. See ProtoMatcher::partially.
ProtoMatcher Partially(ProtoMatcher matcher);

}  // namespace understudy
