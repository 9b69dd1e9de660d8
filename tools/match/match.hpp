#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"

#include <google/protobuf/message.h>

#include <iosfwd>
#include <string>
#include <vector>

namespace understudy::scenario {

/// One thing that is not as it was expected, and the place that expected it.
struct Difference {
    std::string path;      ///< `messages[2].level`, `counts["a"]`, or empty for the message as a whole.
    std::string expected;  ///< As protobuf JSON, or `absent`.
    std::string actual;    ///< The same.
    source::Problem where;

    friend bool operator==(const Difference&, const Difference&) = default;
};

/// A difference at a node; makes the sentence that reports show: `found: expected true, got false`.
Difference make_difference(std::string path, std::string expected, std::string actual, source::Node node);

std::ostream& operator<<(std::ostream& out, const Difference& difference);

/// What is different in `actual` from what was written in `expectation`, in its order; the rules are those of
/// `Expectation.response` in proto/understudy/v1/scenario.proto. `expected` is the message read from `expectation`: the
/// YAML says what was written, the message what that means.
///
/// Preconditions: both messages are of one type, and `expectation` was converted to `expected` without a problem.
std::vector<Difference> compare_messages(source::Node expectation, const google::protobuf::Message& expected,
                                         const google::protobuf::Message& actual);

}  // namespace understudy::scenario
