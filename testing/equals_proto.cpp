#include "emulator/source/document.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/match/match.hpp"
#include "tools/match/path_check.hpp"
#include "tools/match/text_format.hpp"

#include <gtest/gtest.h>

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

/// The first path that no value of such a message can have, and why; empty where there is none.
std::string find_wrong_path(const std::vector<std::string>& paths, const protobuf::Descriptor& type) {
    for (const auto& path : paths) {
        if (!match::IgnorePath::parse(path)) return "'" + path + "' is no path";
        if (const auto problem = match::check_path(path, type)) return to_string(*problem);
    }
    return {};
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

bool ProtoMatcher::refuse(const std::string& mistake, ::testing::MatchResultListener& listener) const {
    ADD_FAILURE_AT(where_.file_name(), static_cast<int>(where_.line())) << "a wrong expectation: " << mistake;
    listener << "but the expectation is wrong: " << mistake;
    return false;
}

bool ProtoMatcher::MatchAndExplain(const protobuf::Message& actual, ::testing::MatchResultListener* listener) const {
    const auto& type = *actual.GetDescriptor();
    if (message_ && type.full_name() != message_->GetDescriptor()->full_name()) {
        *listener << "which is a " << type.full_name();
        return false;
    }
    if (const auto wrong = find_wrong_path(ignored_, type); !wrong.empty()) return refuse(wrong, *listener);
    match::Rules rules;
    rules.mode = partial_ ? match::Mode::partial : match::Mode::exact;
    rules.ignore = ignored_;
    if (message_) return tell(match::to_expectation(*message_, rules).compare(actual), *listener);
    if (form_ == Form::text) {
        const auto expected = match::to_text_format_expectation(text_, actual, rules);
        if (expected) return tell(expected->compare(actual), *listener);
        return refuse("the text is no " + type.full_name() + ": " + expected.error().message(), *listener);
    }
    const auto document = source::parse_document(text_, "expected");
    if (!document) return refuse(to_string(document.error()), *listener);
    const auto read = match::read_message_expectation(document->root(), actual, rules);
    if (!read.problems.empty()) return refuse(to_string(read.problems.front()), *listener);
    return tell(read.expectation->compare(actual), *listener);
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

ProtoMatcher EqualsProto(const protobuf::Message& expected, std::source_location where) {
    std::shared_ptr<protobuf::Message> copy(expected.New());
    copy->CopyFrom(expected);
    return {std::move(copy), where};
}

ProtoMatcher EqualsProto(const char* expected, std::source_location where) {
    return {ProtoMatcher::Form::text, expected, where};
}

ProtoMatcher EqualsProto(const std::string& expected, std::source_location where) {
    return {ProtoMatcher::Form::text, expected, where};
}

ProtoMatcher MatchesProto(std::string expected, std::source_location where) {
    return {ProtoMatcher::Form::yaml, std::move(expected), where};
}

ProtoMatcher Partially(ProtoMatcher matcher) {
    return std::move(matcher).partially();
}

}  // namespace understudy
