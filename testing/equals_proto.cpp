#include "emulator/source/document.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/match/match.hpp"
#include "tools/match/text_format.hpp"

#include <ostream>
#include <understudy/equals_proto.hpp>

namespace understudy {
namespace {

namespace protobuf = google::protobuf;

bool tell(const match::Comparison& comparison, ::testing::MatchResultListener& listener) {
    if (comparison.equal()) return true;
    listener << "which differs:";
    for (const auto& difference : comparison.differences) {
        listener << "\n  " << (difference.path.empty() ? "the message" : difference.path) << ": expected "
                 << difference.expected << ", got " << difference.actual;
    }
    return false;
}

bool refuse(::testing::MatchResultListener& listener, const std::string& why) {
    listener << why;
    return false;
}

bool match_text(const std::string& text, const protobuf::Message& actual, const match::Rules& rules,
                ::testing::MatchResultListener& listener) {
    const auto expected = match::to_text_format_expectation(text, actual, rules);
    if (!expected) {
        return refuse(listener, "but the expected text is no " + actual.GetDescriptor()->full_name() + ": " +
                                    expected.error().message());
    }
    return tell(expected->compare(actual), listener);
}

bool match_yaml(const std::string& text, const protobuf::Message& actual, const match::Rules& rules,
                ::testing::MatchResultListener& listener) {
    const auto document = source::parse_document(text, "expected");
    if (!document) return refuse(listener, "but " + to_string(document.error()));
    const auto read = match::read_message_expectation(document->root(), actual, rules);
    if (!read.problems.empty()) return refuse(listener, "but " + to_string(read.problems.front()));
    return tell(read.expectation->compare(actual), listener);
}

}  // namespace

ProtoMatcher ProtoMatcher::partially() && {
    partial_ = true;
    return std::move(*this);
}

ProtoMatcher ProtoMatcher::ignoring(std::vector<std::string> paths) && {
    ignored_.insert(ignored_.end(), paths.begin(), paths.end());
    return std::move(*this);
}

bool ProtoMatcher::MatchAndExplain(const protobuf::Message& actual, ::testing::MatchResultListener* listener) const {
    match::Rules rules;
    rules.mode = partial_ ? match::Mode::partial : match::Mode::exact;
    rules.ignore = ignored_;
    if (!message_) {
        return form_ == Form::text ? match_text(text_, actual, rules, *listener)
                                   : match_yaml(text_, actual, rules, *listener);
    }
    const auto& type = actual.GetDescriptor()->full_name();
    if (type != message_->GetDescriptor()->full_name()) return refuse(*listener, "which is a " + type);
    return tell(match::to_expectation(*message_, rules).compare(actual), *listener);
}

std::string ProtoMatcher::shown() const {
    if (!message_) return '{' + text_ + '}';
    return message_->GetDescriptor()->full_name() + ' ' + convert::to_json_text(*message_, convert::Defaults::hidden);
}

void ProtoMatcher::DescribeTo(std::ostream* out) const {
    *out << (partial_ ? "has what is set in " : "equals ") << shown();
}

void ProtoMatcher::DescribeNegationTo(std::ostream* out) const {
    *out << (partial_ ? "has not all that is set in " : "does not equal ") << shown();
}

ProtoMatcher EqualsProto(const protobuf::Message& expected) {
    std::shared_ptr<protobuf::Message> copy(expected.New());
    copy->CopyFrom(expected);
    return ProtoMatcher(std::move(copy));
}

ProtoMatcher EqualsProto(const char* expected) {
    return ProtoMatcher(ProtoMatcher::Form::text, expected);
}

ProtoMatcher EqualsProto(const std::string& expected) {
    return ProtoMatcher(ProtoMatcher::Form::text, expected);
}

ProtoMatcher MatchesProto(std::string expected) {
    return ProtoMatcher(ProtoMatcher::Form::yaml, std::move(expected));
}

ProtoMatcher Partially(ProtoMatcher matcher) {
    return std::move(matcher).partially();
}

}  // namespace understudy
