#include "recorder/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <arpa/inet.h>

#include "recorder/api_address.hpp"
#include "recorder/child.hpp"
#include "recorder/runtime_target.hpp"

namespace understudy::recorder {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Settings read(const std::map<std::string, std::string>& variables) {
    return read_settings([&](const char* name) {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

TEST(RecorderSettings, WithoutVariablesEverythingGoesToTheLog) {
    const Settings settings = read({});
    EXPECT_EQ(settings.sample, 1);
    EXPECT_EQ(settings.file, "");
    EXPECT_EQ(settings.most_body_bytes, 1U << 20);
    EXPECT_THAT(settings.redaction.headers, Contains("authorization"));
}

TEST(RecorderSettings, VariablesSayWhatIsRecordedAndWhere) {
    const Settings settings = read({{"UNDERSTUDY_SAMPLE", "0.25"},
                                    {"UNDERSTUDY_RECORD", "/tmp/recording.jsonl"},
                                    {"UNDERSTUDY_RECORD_MAX_BODY", "1000"},
                                    {"UNDERSTUDY_REDACT", "X-Session, user.password,,"},
                                    {"AWS_LAMBDA_FUNCTION_NAME", "greeter"},
                                    {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"},
                                    {"_HANDLER", "a.b"}});
    EXPECT_EQ(settings.sample, 0.25);
    EXPECT_EQ(settings.file, "/tmp/recording.jsonl");
    EXPECT_EQ(settings.most_body_bytes, 1000U);
    EXPECT_THAT(settings.redaction.fields, ElementsAre("X-Session", "user.password"));
    EXPECT_THAT(settings.redaction.headers, Contains("x-session"));
    EXPECT_EQ(settings.function, "greeter");
    EXPECT_EQ(settings.memory_mb, 512U);
    EXPECT_THAT(settings.faults, IsEmpty());
    EXPECT_EQ(read({{"UNDERSTUDY_RECORD", "log"}}).file, "");
}

TEST(RecorderSettings, WhatCannotBeReadTurnsRecordingOff) {
    for (const auto& [name, word] :
         std::map<std::string, std::string>{{"UNDERSTUDY_SAMPLE", "half"}, {"UNDERSTUDY_RECORD_MAX_BODY", "1k"}}) {
        const Settings settings = read({{name, word}});
        EXPECT_EQ(settings.sample, 0);
        EXPECT_THAT(settings.faults, ElementsAre(HasSubstr("'" + word + "'")));
    }
    for (const std::string word : {"-0.1", "1.1", "", "0.5 "})
        EXPECT_EQ(read({{"UNDERSTUDY_SAMPLE", word}}).faults.size(), 1U);
}

TEST(RecorderSettings, NamesThatTakeNothingTurnRecordingOff) {
    for (const std::string word :
         {"a..password", "user.password.", ".password", "user[password", "user]", "x-tok password", "x-tok;password",
          "\"x-tok\"", "'x-tok'", "x-tok: ", "pass*", "*", "$", "a\nb"}) {
        const Settings settings = read({{"UNDERSTUDY_REDACT", "good, " + word}});
        EXPECT_EQ(settings.sample, 0) << word;
        EXPECT_THAT(settings.faults, ElementsAre(HasSubstr("UNDERSTUDY_REDACT: '"))) << word;
    }
    EXPECT_THAT(
        read({{"UNDERSTUDY_REDACT", "a..b,c..d"}}).faults,
        ElementsAre(HasSubstr("'a..b' has a dot without a name (names are separated by one dot"), HasSubstr("'c..d'")));
    const std::string good =
        "x-tok,$.password,items[*].card,user.e-mail,[shop.v1.note],stra\xC3\x9F"
        "e,soap:Body,a,\n";
    EXPECT_THAT(read({{"UNDERSTUDY_REDACT", good}}).faults, IsEmpty());
    EXPECT_EQ(read({{"UNDERSTUDY_REDACT", good}}).sample, 1);
}

TEST(RecorderApiAddress, IsAnAddressAndAPort) {
    const auto address = parse_api_address("169.254.100.1:9001/prefix");
    ASSERT_TRUE(address);
    EXPECT_EQ(ntohs(address->sin_port), 9001);
    EXPECT_EQ(ntohl(address->sin_addr.s_addr), 0xA9FE6401U);
    EXPECT_EQ(ntohl(parse_api_address("localhost:1")->sin_addr.s_addr), 0x7F000001U);
    for (const std::string_view bad :
         {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:70000", "api:9001", ":1", "127.0.0.1:1x"})
        EXPECT_FALSE(parse_api_address(bad)) << bad;
}

TEST(RuntimeTarget, TheCallsOfAnInvocationAreKnown) {
    struct Row {
        std::string_view method;
        std::string_view target;
        RuntimeTarget meaning;
    };
    const Row rows[] = {
        {"GET", "/2018-06-01/runtime/invocation/next", {CallKind::next, ""}},
        {"GET", "/prefix/2018-06-01/runtime/invocation/next", {CallKind::next, ""}},
        {"POST", "/2018-06-01/runtime/invocation/8476a536/response", {CallKind::response, "8476a536"}},
        {"POST", "/2018-06-01/runtime/invocation/8476a536/error?x=y", {CallKind::error, "8476a536"}},
        {"POST", "/2018-06-01/runtime/invocation/next", {}},
        {"GET", "/2018-06-01/runtime/invocation/8476a536/response", {}},
        {"POST", "/2018-06-01/runtime/invocation//response", {}},
        {"POST", "/2018-06-01/runtime/invocation/8476a536/other", {}},
        {"POST", "/2018-06-01/runtime/init/error", {}},
        {"GET", "/2020-01-01/extension/event/next", {}},
    };
    for (const Row& row : rows) EXPECT_EQ(parse_runtime_target(row.method, row.target), row.meaning) << row.target;
}

TEST(RecorderChild, AnEndIsToldInLambdasWords) {
    EXPECT_EQ(describe_end(0), "Runtime exited without providing a reason");
    EXPECT_EQ(describe_end(3 << 8), "Runtime exited with error: exit status 3");
    EXPECT_EQ(describe_end(SIGKILL), "Runtime exited with error: signal: killed");
    EXPECT_EQ(describe_end(SIGSEGV | 0x80), "Runtime exited with error: signal: segmentation fault");
    EXPECT_EQ(describe_end(SIGUSR1), "Runtime exited with error: signal: user defined signal 1");
    EXPECT_EQ(describe_end(SIGXCPU), "Runtime exited with error: signal: signal 24");
}

}  // namespace
}  // namespace understudy::recorder
