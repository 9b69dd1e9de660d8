// What is recorded in every protocol behind every front, made into scenarios that pass.
#include "tests/support/program.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::promote_round_trip_test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Program = test::RunningProgram;

const std::string kBootstrap = UNDERSTUDY_PROGRAM_DIR "/bootstrap";
const std::string kProtos = UNDERSTUDY_SOURCE_DIR "/proto";

struct Ran {
    int code;
    std::string out;
};
Ran run(std::vector<std::string> words) {
    Program program(std::move(words));
    std::string out = program.read_rest();
    const int code = program.wait();
    return {code, out + program.err()};
}

/// scenarios/every-protocol.yaml in another folder, without the protocol that no front door carries.
std::string every_protocol() {
    std::string text = test::read_file(UNDERSTUDY_SOURCE_DIR "/scenarios/every-protocol.yaml");
    const auto replace = [&text](const std::string& from, const std::string& to) {
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        text.replace(at, from.size(), to);
    };
    replace("../proto", kProtos);
    replace(" grpc,", "");
    return text;
}

/// The exchanges of every call of the scenario through one front.
void record(const std::string& front, const std::string& scenario, const std::string& recording) {
    std::vector<std::string> words{"serve", "--port", "0", "--lambda-port", "0", "--quiet", "--front", front};
    if (front == "rest") words.insert(words.end(), {"--binary-media-type", "*/*"});
    words.insert(words.end(), {"--record", recording, "--env", "LOGQUERY_LOGS=" UNDERSTUDY_SOURCE_DIR "/scenarios/logs",
                               "--", kBootstrap});
    Program served(std::move(words));
    const std::string url(boost::json::parse(served.read_line()).as_object().at("gateway").as_string());
    const auto tested = run({"test", scenario, "--against", url});
    EXPECT_EQ(tested.code, 0) << tested.out;
    served.send(SIGTERM);
    served.wait();
}

TEST(Promote, WhatWasRefusedBeforeItWasWholeIsLeftOut) {
    test::TempFolder folder;
    const std::string file = folder.write(
        "r.jsonl", R"({"exchange":{"id":"big","front":"http","request":{"startLine":"POST /a HTTP/1.1"},)"
                   R"("response":{"startLine":"HTTP/1.1 413 Payload Too Large"},"missing":"the request's body"}})"
                   "\n"
                   R"({"exchange":{"id":"small","front":"http","request":{"startLine":"POST /b HTTP/1.1"},)"
                   R"("response":{"startLine":"HTTP/1.1 200 OK"}}})"
                   "\n");
    const auto both = run({"promote", file, "--limit", "2"});
    EXPECT_EQ(both.code, 0) << both.out;
    EXPECT_THAT(both.out, AllOf(HasSubstr("the exchange big is left out: it was refused"), HasSubstr("/b"),
                                Not(HasSubstr("/a"))));
    EXPECT_EQ(run({"promote", file, "--id", "big"}).code, 2);
}

TEST(Promote, EveryProtocolBehindEveryFrontPassesAsItWasRecorded) {
    test::TempFolder folder;
    const std::string scenario = folder.write("every.yaml", every_protocol());
    for (const std::string front : {"http", "http1", "rest", "url", "alb"}) {
        const std::string recording = folder.file(front + ".jsonl");
        record(front, scenario, recording);
        const auto promoted = run({"promote", recording, "--limit", "100", "--proto", "logquery/v1/logquery.proto",
                                   "--import-path", kProtos, "--", kBootstrap});
        ASSERT_EQ(promoted.code, 0) << promoted.out;
        EXPECT_THAT(promoted.out, Not(HasSubstr("- http:")));
        EXPECT_THAT(promoted.out, HasSubstr("protocol: grpc-web-text\n    compression: gzip\n"));
        const auto tested = run({"test", folder.write(front + ".yaml", promoted.out)});
        EXPECT_EQ(tested.code, 0) << tested.out << promoted.out;
    }
}

}  // namespace
}  // namespace understudy::promote_round_trip_test
