#include "client/input.hpp"

#include "client/arguments.hpp"
#include "client/console.hpp"
#include "tests/support/program.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <sstream>

namespace understudy::client::input_test {
namespace {

using google::protobuf::util::TimeUtil;
using testing::HasSubstr;
using testing::StartsWith;

TEST(TimeInput, IsReadInItsForms) {
    const std::pair<const char*, const char*> rows[] = {
        {"2026-01-05T09:58:55Z", "2026-01-05T09:58:55Z"},
        {"2026-01-05T09:58:55.123Z", "2026-01-05T09:58:55.123Z"},
        {"2026-01-05T09:58:55.123456789Z", "2026-01-05T09:58:55.123456789Z"},
        {"2026-01-05t09:58:55z", "2026-01-05T09:58:55Z"},
        {"2026-01-05T11:58:55+02:00", "2026-01-05T09:58:55Z"},
        {"2026-01-04T22:28:55-11:30", "2026-01-05T09:58:55Z"},
        {"2026-01-05 09:58:55", "2026-01-05T09:58:55Z"},
        {"2026-01-05 09:58:55.5", "2026-01-05T09:58:55.500Z"},
        {"2026-01-05 11:58:55+02:00", "2026-01-05T09:58:55Z"},
        {"2026-01-05T09:58:55", "2026-01-05T09:58:55Z"},
        {"  2026-01-05 09:58:55\n", "2026-01-05T09:58:55Z"},
        {"2024-02-29 00:00:00", "2024-02-29T00:00:00Z"},
        {"1969-12-31T23:59:59.001Z", "1969-12-31T23:59:59.001Z"},
        {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
        {"9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"},
    };
    for (const auto& [text, expected] : rows) {
        const auto time = parse_time(text);
        ASSERT_TRUE(time.has_value()) << text << ": " << time.error();
        EXPECT_EQ(TimeUtil::ToString(*time), expected) << text;
    }
}

TEST(TimeInput, ThatIsWrongSaysWhatAndShowsAForm) {
    const std::pair<const char*, const char*> rows[] = {
        {"", "missing"},
        {"   ", "missing"},
        {"yesterday", "has no time of day"},
        {"2026-01-05", "has no time of day"},
        {"09:58:55", "has no date"},
        {"2026-02-30T00:00:00Z", "no valid date and time"},
        {"2025-02-29 00:00:00", "no valid date and time"},
        {"2026-13-05 09:58:55", "no valid date and time"},
        {"2026-01-05 24:00:00", "no valid date and time"},
        {"2026-01-05 09:60:00", "no valid date and time"},
        {"2026-01-05 09:58", "no valid date and time"},
        {"2026-01-05 09:58:55 pm", "no valid date and time"},
        {"2026-01-05T09:58:55+0200", "no valid date and time"},
        {"2026-01-05T09:58:55,5Z", "no valid date and time"},
        {"2026-01-05T09:58:55Z\"", "no valid date and time"},
        {"05/01/2026 09:58:55", "no valid date and time"},
        {"9999-12-31T23:59:59-23:59", "no valid date and time"},
        {"0000-01-01T00:00:00Z", "no valid date and time"},
        {"T", "has no time of day"},
    };
    for (const auto& [text, expected] : rows) {
        const auto time = parse_time(text);
        ASSERT_TRUE(time.has_error()) << text;
        EXPECT_EQ(time.error().code(), wire::Code::invalid_argument);
        EXPECT_THAT(time.error().message(), HasSubstr(expected)) << text;
        EXPECT_THAT(time.error().message(), HasSubstr("2026-01-05T09:58:55.123Z"));
    }
}

TEST(ToleranceInput, IsReadInItsForms) {
    const std::pair<const char*, const char*> rows[] = {
        {"0", "0s"},
        {"5m", "300s"},
        {"5min", "300s"},
        {"90s", "90s"},
        {"1h30m", "5400s"},
        {"1h30m15s", "5415s"},
        {"250ms", "0.250s"},
        {"1s500ms", "1.500s"},
        {"1.5s", "1.500s"},
        {"1.5h", "5400s"},
        {"10us", "0.000010s"},
        {"1ns", "0.000000001s"},
        {"2d", "172800s"},
        {"366d", "31622400s"},
        {"00:01:00", "60s"},
        {"1:00:00", "3600s"},
        {"00:00:01.5", "1.500s"},
        {"24:00:00", "86400s"},
        {" 5m ", "300s"},
        {"0s", "0s"},
    };
    for (const auto& [text, expected] : rows) {
        const auto tolerance = parse_tolerance(text);
        ASSERT_TRUE(tolerance.has_value()) << text << ": " << tolerance.error();
        EXPECT_EQ(TimeUtil::ToString(*tolerance), expected) << text;
    }
}

TEST(ToleranceInput, ThatIsWrongSaysWhatAndShowsAForm) {
    const std::pair<const char*, const char*> rows[] = {
        {"", "missing"},
        {"60", "has no unit"},
        {"-5m", "is negative"},
        {"5x", "no duration"},
        {"m", "no duration"},
        {"5 m", "no duration"},
        {"1:00", "no duration"},
        {"a:b:c", "no duration"},
        {"5m-3s", "no duration"},
        {"1..5s", "no duration"},
        {".5s", "no duration"},
        {"5.s", "no duration"},
        {"366d1ns", "366 days"},
        {"367d", "366 days"},
        {"5M", "no duration"},
        {"00:01:00:00", "no duration"},
        {"99999999999999999999999d", "366 days"},
        {"soon", "no duration"},
        {"00:01:", "no duration"},
    };
    for (const auto& [text, expected] : rows) {
        const auto tolerance = parse_tolerance(text);
        ASSERT_TRUE(tolerance.has_error()) << text;
        EXPECT_THAT(tolerance.error().message(), HasSubstr(expected)) << text;
        EXPECT_THAT(tolerance.error().message(), HasSubstr("00:01:00"));
    }
}

TEST(TimeLimitInput, IsMoreThanNothing) {
    EXPECT_EQ(*parse_time_limit("1.5s"), std::chrono::milliseconds(1500));
    EXPECT_TRUE(parse_time_limit("0").has_error());
    EXPECT_TRUE(parse_time_limit("1us").has_error());
    EXPECT_TRUE(parse_time_limit("ten").has_error());
}

TEST(PatternInput, IsARegularExpression) {
    EXPECT_EQ(*parse_pattern(""), "");
    EXPECT_EQ(*parse_pattern("time(d )?out|é"), "time(d )?out|é");
    for (const char* text : {"(", "[a", "a{2,1}", "(?=a)", "\\1", "\xff"}) {
        EXPECT_THAT(parse_pattern(text).error().message(), HasSubstr("no regular expression")) << text;
    }
}

TEST(CodecInput, IsAShortNameOrAContentType) {
    EXPECT_EQ(*parse_codec("proto"), wire::kConnectProto);
    EXPECT_EQ(*parse_codec("json"), wire::kConnectJson);
    EXPECT_EQ(parse_codec("application/x-protobuf")->name, "application/x-protobuf");
    EXPECT_THAT(parse_codec("xml").error().message(), HasSubstr("application/grpc+proto"));
}

TEST(ServerInput, ThatIsWrongShowsAForm) {
    EXPECT_EQ(parse_server("http://127.0.0.1:3000")->port, "3000");
    EXPECT_THAT(parse_server("127.0.0.1:3000").error().message(), HasSubstr("http://127.0.0.1:3000"));
}

TEST(OutputInput, IsTextOrJson) {
    EXPECT_EQ(*parse_output("text"), Output::text);
    EXPECT_EQ(*parse_output("json"), Output::json);
    EXPECT_EQ(parse_output("xml").error().message(), "'xml' is no form of output; write it like text or json");
}

TEST(AuthoritiesInput, IsAFileWithACertificateOrNothing) {
    EXPECT_EQ(*parse_authorities(""), "");
    test::TempFolder folder;
    for (const char* kind : {"", "X509 ", "TRUSTED "}) {
        const std::string path =
            folder.write("ca.pem", "# ours\n-----BEGIN " + std::string(kind) + "CERTIFICATE-----\nMII=\n");
        EXPECT_EQ(*parse_authorities(path), path);
    }
    EXPECT_THAT(parse_authorities("/dev/null").error().message(),
                HasSubstr("'/dev/null' holds no certificate in PEM form; write it like /etc/ssl"));
    EXPECT_FALSE(parse_authorities(folder.write("key.pem", "-----BEGIN PRIVATE KEY-----\n")));
    EXPECT_THAT(parse_authorities("/no/such.pem").error().message(), HasSubstr("'/no/such.pem' cannot be opened"));
}

TEST(Arguments, AnOptionWithoutAValueGetsAnEmptyOne) {
    using Words = std::vector<std::string>;
    const Words options{"--time", "--pattern"};
    const std::tuple<Words, Words, Words> rows[] = {
        {{"find", "--time", "x", "--pattern", "y"}, {"find", "--time", "x", "--pattern", "y"}, {}},
        {{"find", "--time"}, {"find", "--time", ""}, {"--time"}},
        {{"find", "--time", "--pattern", "y"}, {"find", "--time", "", "--pattern", "y"}, {"--time"}},
        {{"--pattern", "--time=x"}, {"--pattern", "", "--time", "x"}, {"--pattern"}},
        {{"--pattern=", "--time", "--other"}, {"--pattern", "", "--time", "--other"}, {}},
        {{"--pattern=--time=x"}, {"--pattern", "--time=x"}, {}},
        {{"--pattern", "", "--other"}, {"--pattern", "", "--other"}, {}},
        {{}, {}, {}},
    };
    for (const auto& [words, complete, without_value] : rows) {
        const Arguments arguments = complete_arguments(words, options);
        EXPECT_EQ(arguments.words, complete);
        EXPECT_EQ(arguments.without_value, without_value);
    }
}

constexpr Question kTime{"--time", kTimeForms};

TEST(Console, AnEmptyAnswerIsOneWhereItMeansSomething) {
    std::istringstream in("(\n\n");
    std::ostringstream out;
    EXPECT_EQ(resolve({in, out, Interaction::terminal}, {"--pattern", kPatternForms}, std::nullopt, parse_pattern), "");
    EXPECT_THAT(out.str(), StartsWith("--pattern: missing; write it like ERROR|WARN"));
    EXPECT_THAT(out.str(), HasSubstr("'(' is no regular expression"));
}

TEST(Console, AsksAgainUntilTheAnswerIsRight) {
    std::istringstream in("2026-01-05\n\n2026-01-05 09:58:55\nnever read\n");
    std::ostringstream out;
    const auto time = resolve({in, out, Interaction::terminal}, kTime, std::nullopt, parse_time);
    ASSERT_TRUE(time.has_value());
    EXPECT_EQ(TimeUtil::ToString(*time), "2026-01-05T09:58:55Z");
    EXPECT_THAT(out.str(), HasSubstr("--time: missing; write it like"));
    EXPECT_THAT(out.str(), HasSubstr("--time> --time: '2026-01-05' has no time of day"));
}

TEST(Console, EndsWithTheAnswers) {
    std::istringstream in("");
    std::ostringstream out;
    EXPECT_FALSE(resolve({in, out, Interaction::terminal}, kTime, std::string("x"), parse_time).has_value());
}

TEST(Console, AsksNobodyWhereThereIsNoTerminal) {
    std::istringstream in("2026-01-05 09:58:55\n");
    std::ostringstream out;
    EXPECT_FALSE(resolve({in, out, Interaction::none}, kTime, std::nullopt, parse_time).has_value());
    EXPECT_EQ(out.str().find("> "), std::string::npos);
    EXPECT_TRUE(
        resolve({in, out, Interaction::none}, kTime, std::string("2026-01-05 09:58:55"), parse_time).has_value());
}

}  // namespace
}  // namespace understudy::client::input_test
