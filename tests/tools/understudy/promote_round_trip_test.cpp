// What is recorded in every protocol behind every front, made into scenarios that pass.
#include "client/http_exchange.hpp"
#include "tests/support/program.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
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

constexpr const char* kOldCall = R"(    protocol: ${protocol}
    request: &message
      id: a
      inner: { id: b, "[old.note]": n, "[old.deeper]": { id: c, "[old.Scoped.scoped]": { secret: s } } }
      address: { street: x }
      line: [{ text: first, count: 1 }, {}]
      "[old.numbers]": [1, -2]
      "[old.more]": [{ id: d, line: [{ count: 5 }] }, { id: e, "[old.numbers]": [3] }]
      "[old.extra]": { secret: s }
    expect: { response: *message }
)";

TEST(Promote, ExtensionsAndGroupsPassAsTheyWereRecorded) {
    test::TempFolder folder;
    const std::string handler = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";
    const std::string schemas = UNDERSTUDY_SOURCE_DIR "/tests/tools/scenario/schemas";
    const std::string scenario = folder.write(
        "old.yaml", "schema: { proto_files: [old/old.proto], import_paths: [" + schemas +
                        "] }\napplication: { command: [" + handler + "], environment: { ORDER: mirror } }\n" +
                        "matrix: { protocol: [connect, connect-json, twirp, twirp-json, plain] }\n" +
                        "steps:\n  - method: old.Old/Keep\n" + kOldCall);
    const std::string recording = folder.file("r.jsonl");
    const auto tested = run({"test", scenario});
    EXPECT_EQ(tested.code, 0) << tested.out;
    Program served({"serve", "--port", "0", "--lambda-port", "0", "--quiet", "--record", recording, "--env",
                    "ORDER=mirror", "--", handler});
    const std::string url(boost::json::parse(served.read_line()).as_object().at("gateway").as_string());
    const auto recorded = run({"test", scenario, "--against", url});
    EXPECT_EQ(recorded.code, 0) << recorded.out;
    served.send(SIGTERM);
    served.wait();
    const auto promoted = run(
        {"promote", recording, "--limit", "9", "--proto", "old/old.proto", "--import-path", schemas, "--", handler});
    ASSERT_EQ(promoted.code, 0) << promoted.out;
    EXPECT_THAT(promoted.out, Not(HasSubstr("- http:")));
    for (const char* written : {"\"[old.note]\": n", "\"[old.Scoped.scoped]\":", "street: x", "count: \"5\"",
                                "\"[old.numbers]\":", "\"[old.extra]\":"})
        EXPECT_THAT(promoted.out, HasSubstr(written)) << promoted.out;
    const auto passed = run({"test", folder.write("promoted.yaml", promoted.out)});
    EXPECT_EQ(passed.code, 0) << passed.out << promoted.out;
    EXPECT_THAT(passed.out, HasSubstr("1 scenario"));
}

/// The example's template, with the example that was built here.
std::string example_template() {
    std::string text = test::read_file(UNDERSTUDY_SOURCE_DIR "/template.yaml");
    const auto replace = [&text](const std::string& from, const std::string& to) {
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        text.replace(at, from.size(), to);
    };
    replace("CodeUri: build/bin/bootstrap", "CodeUri: " + kBootstrap);
    replace("Default: ../../../scenarios/logs",
            "Default: " +
                std::filesystem::relative(UNDERSTUDY_SOURCE_DIR "/scenarios/logs", UNDERSTUDY_PROGRAM_DIR).string());
    return text;
}

TEST(Promote, ACallOfTheExamplesTemplatePassesWithItsCommand) {
    test::TempFolder folder;
    const std::string template_file = folder.write("t.yaml", example_template()), recording = folder.file("r.jsonl");
    Program served({"serve", template_file, "--port", "0", "--lambda-port", "0", "--quiet", "--record", recording});
    const std::string url(boost::json::parse(served.read_line()).as_object().at("gateway").as_string());
    const auto reply = client::HttpClient(*client::parse_url(url))
                           .exchange({.method = "POST",
                                      .target = "/_apis/HttpApi/logquery.v1.LogQueryService/CheckWindow",
                                      .headers = {{"Content-Type", "application/json"}},
                                      .body = R"({"time":"2026-01-05T10:00:00Z"})"},
                                     std::chrono::seconds(30));
    EXPECT_EQ(reply.value().body, R"({"found":true})");
    served.send(SIGTERM);
    served.wait();
    const auto promoted = run(
        {"promote", recording, "--proto", "logquery/v1/logquery.proto", "--import-path", kProtos, "--", kBootstrap});
    EXPECT_EQ(promoted.code, 0) << promoted.out;
    EXPECT_THAT(promoted.out, HasSubstr("directory: "));
    const auto tested = run({"test", folder.write("it.yaml", promoted.out)});
    EXPECT_EQ(tested.code, 0) << tested.out << promoted.out;
}

/// A template with two functions, each behind an API of its own.
std::string two_apis() {
    std::string text = "Transform: AWS::Serverless-2016-10-31\nResources:\n";
    const auto add = [&](const std::string& name, const std::string& type) {
        text += "  " + name + ":\n    Type: AWS::Serverless::Function\n    Properties:\n      FunctionName: " + name +
                "\n      Runtime: provided.al2023\n      Handler: bootstrap\n      CodeUri: " + kBootstrap +
                "\n      Environment: { Variables: { LOGQUERY_LOGS: " UNDERSTUDY_SOURCE_DIR "/scenarios/logs } }\n" +
                "      Events: { Any: { Type: " + type + ", Properties: { Method: ANY, Path: '/{path+}' } } }\n";
    };
    add("modern", "HttpApi");
    add("classic", "Api");
    return text;
}

/// A call of the example through each of the two, in each way that a request can name them.
void record_both(const std::string& template_file, const std::string& recording) {
    Program served({"serve", template_file, "--port", "0", "--lambda-port", "0", "--quiet", "--record", recording});
    const std::string url(boost::json::parse(served.read_line()).as_object().at("gateway").as_string());
    client::HttpClient http(*client::parse_url(url));
    const auto call = [&](const std::string& prefix, const std::string& host) {
        client::HeaderLines headers{{"Content-Type", "application/json"}, {"Connect-Protocol-Version", "1"}};
        if (!host.empty()) headers.emplace_back("Host", host);
        const auto reply = http.exchange({.method = "POST",
                                          .target = prefix + "/logquery.v1.LogQueryService/CheckWindow",
                                          .headers = headers,
                                          .body = R"({"time":"2026-01-05T10:00:00Z"})"},
                                         std::chrono::seconds(30));
        EXPECT_EQ(reply.value().status, 200) << prefix << host;
    };
    call("/_apis/ServerlessHttpApi", "");
    call("/_apis/ServerlessRestApi/Prod", "");
    call("", "ServerlessHttpApi.execute-api.localhost");
    call("/Prod", "ServerlessRestApi.execute-api.localhost");
    served.send(SIGTERM);
    served.wait();
}

TEST(Promote, CallsOfSeveralApisBecomeAScenarioOfEachThatPasses) {
    test::TempFolder folder;
    const std::string template_file = folder.write("t.yaml", two_apis()), recording = folder.file("r.jsonl");
    record_both(template_file, recording);
    const std::vector<std::string> with_command{"--", kBootstrap}, with_template{template_file};
    for (const auto& target : {with_command, with_template}) {
        std::vector<std::string> words{"promote",       recording,
                                       "--limit",       "9",
                                       "--proto",       "logquery/v1/logquery.proto",
                                       "--import-path", kProtos,
                                       "--output",      folder.path() + "/all"};
        words.insert(words.end(), target.begin(), target.end());
        const auto promoted = run(words);
        EXPECT_EQ(promoted.code, 0) << promoted.out;
        const auto tested = run({"test", folder.path() + "/all"});
        EXPECT_EQ(tested.code, 0) << tested.out << promoted.out;
        EXPECT_THAT(tested.out, HasSubstr("2 scenarios"));
        for (const auto& file : std::filesystem::directory_iterator(folder.path() + "/all")) {
            const auto text = test::read_file(file.path().string());
            EXPECT_THAT(text,
                        HasSubstr("  - method: logquery.v1.LogQueryService/CheckWindow\n    protocol: connect-json\n"));
            EXPECT_THAT(text, Not(HasSubstr("- http:")));
        }
        std::filesystem::remove_all(folder.path() + "/all");
        words.erase(words.begin() + 8, words.begin() + 10);
        const auto first = run(words);
        EXPECT_EQ(first.code, 0);
        EXPECT_THAT(first.out,
                    HasSubstr("left out because they came another way:\n  2 exchanges of the API Serverless"));
    }
}

/// APIs of each kind that answer by themselves, in front of a function and of one that is throttled.
std::string refusing_apis() {
    const std::string properties =
        "      Runtime: provided.al2023\n      Handler: bootstrap\n      Timeout: 1\n      "
        "CodeUri: " UNDERSTUDY_PROGRAM_DIR "/scripted_handler\n";
    return "Transform: AWS::Serverless-2016-10-31\nResources:\n"
           "  Fn:\n    Type: AWS::Serverless::Function\n    Properties:\n      FunctionName: fn\n" +
           properties +
           "      FunctionUrlConfig: { AuthType: NONE }\n"
           "      Events:\n"
           "        A: { Type: HttpApi, Properties: { ApiId: !Ref Modern, Method: GET, Path: /a } }\n"
           "        B: { Type: Api, Properties: { RestApiId: !Ref Classic, Method: GET, Path: /a } }\n"
           "        C: { Type: Api, Properties: { RestApiId: !Ref Classic, Method: GET, Path: /keyed, Auth: "
           "{ ApiKeyRequired: true } } }\n"
           "  Busy:\n    Type: AWS::Serverless::Function\n    Properties:\n      FunctionName: busy\n"
           "      ReservedConcurrentExecutions: 0\n" +
           properties +
           "      Events:\n"
           "        A: { Type: HttpApi, Properties: { ApiId: !Ref Modern, Method: GET, Path: /busy } }\n"
           "  Modern:\n    Type: AWS::Serverless::HttpApi\n"
           "    Properties: { CorsConfiguration: { AllowOrigins: ['https://a.example'], AllowMethods: [GET] } }\n"
           "  Classic:\n    Type: AWS::Serverless::Api\n    Properties: { StageName: prod }\n"
           "  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Type: application } }\n"
           "  Listener:\n    Type: AWS::ElasticLoadBalancingV2::Listener\n    Properties:\n"
           "      LoadBalancerArn: !Ref Balancer\n      Port: 80\n      Protocol: HTTP\n"
           "      DefaultActions: [{ Type: redirect, RedirectConfig: { StatusCode: HTTP_301, Path: /b } }]\n";
}

/// What each of these answers by itself, how functions fail, and calls of the Lambda API.
void record_refusals(const std::string& template_file, const std::string& recording) {
    Program served({"serve", template_file, "--port", "0", "--lambda-port", "0", "--quiet", "--record", recording});
    const auto ready = boost::json::parse(served.read_line()).as_object();
    const auto send = [&](const char* edge, const std::string& method, const std::string& target,
                          const client::HeaderLines& headers, const std::string& body) {
        const std::string url(ready.at(edge).as_string());
        const auto reply = client::HttpClient(*client::parse_url(url))
                               .exchange({.method = method, .target = target, .headers = headers, .body = body},
                                         std::chrono::seconds(30));
        EXPECT_TRUE(reply) << target;
    };
    for (const char* target : {"Modern/none", "Modern/busy", "Modern/%FF", "Modern/\xC3\xA9", "Classic/prod/none",
                               "Classic/prod/keyed", "Listener/a", "Classic/other/a"})
        send("gateway", "GET", std::string("/_apis/") + target, {}, "");
    send("gateway", "OPTIONS", "/_apis/Modern/a",
         {{"Origin", "https://a.example"}, {"Access-Control-Request-Method", "GET"}}, "");
    for (const char* order : {"exit3", "hang", "throw", "malformed", "mirror"}) {
        for (const char* api : {"Modern", "Classic/prod", "fn"})
            send("gateway", "GET", std::string("/_apis/") + api + "/a",
                 {{"do", order}, {"Origin", "https://a.example"}}, "");
        send("lambda", "POST", "/2015-03-31/functions/fn/invocations", {}, R"({"do":")" + std::string(order) + "\"}");
    }
    send("lambda", "POST", "/2015-03-31/functions/none/invocations", {}, "{}");
    send("lambda", "POST", "/2015-03-31/functions/fn/invocations", {}, "no json");
    send("lambda", "POST", "/2015-03-31/functions/busy/invocations", {}, "{}");
    send("lambda", "POST", "/2015-03-31/functions/fn/invocations", {{"X-Amz-Invocation-Type", "DryRun"}}, "{}");
    send("lambda", "GET", "/2015-03-31/functions/fn", {}, "");
    served.send(SIGTERM);
    served.wait();
}

TEST(Promote, EventsAloneNeedNoneOfATemplatesApis) {
    test::TempFolder folder;
    const std::string template_file = folder.write("t.yaml", refusing_apis());
    const std::string event = folder.write(
        "r.jsonl", R"({"exchange":{"id":"a","front":"runtime","invocations":[{"function":"fn","event":{"json":)"
                   R"({"do":"log"}},"reply":{"text":"\"logged\""}}]}})"
                   "\n");
    const std::string scenario = folder.file("s.yaml");
    const auto promoted = run({"promote", event, template_file, "--output", scenario});
    EXPECT_EQ(promoted.code, 0) << promoted.out;
    const auto tested = run({"test", scenario});
    EXPECT_EQ(tested.code, 0) << tested.out;
    std::ofstream(scenario, std::ios::app) << "  - http: { target: /a }\n";
    EXPECT_THAT(run({"test", scenario}).out, HasSubstr("the template has several APIs, and 'api' names none of them"));
}

TEST(Promote, ATemplateThatCannotBeServedIsNoneOfAScenario) {
    test::TempFolder folder;
    const std::string event = folder.write("e.json", "{}"), scenario = folder.file("s.yaml");
    const std::string broken = folder.write("t.yaml", "Resources: []\n");
    const std::string asking = folder.write("p.yaml", "Parameters: { Stage: { Type: String } }\n" + refusing_apis());
    for (const auto& [file, said] : std::vector<std::pair<std::string, std::string>>{
             {folder.file("none.yaml"), "none.yaml"}, {broken, "t.yaml:1:1"}}) {
        const auto promoted = run({"promote", event, "--template", file, "--output", scenario});
        EXPECT_EQ(promoted.code, 2);
        EXPECT_THAT(promoted.out, HasSubstr(said));
        EXPECT_FALSE(std::filesystem::exists(scenario));
    }
    EXPECT_THAT(run({"promote", event, asking}).out, HasSubstr("the parameter 'Stage' has no value"));
    const auto given = run({"promote", event, asking, "--parameter-overrides", "Stage=\"a b\""});
    EXPECT_EQ(given.code, 0) << given.out;
    EXPECT_THAT(given.out, HasSubstr("p.yaml\n  parameters:\n    Stage: \"a b\"\n"));
    EXPECT_EQ(run({"promote", event, "--parameter-overrides", "A=b", "--", "x"}).code, 1);
}

TEST(Promote, WhatNoFunctionAnsweredPassesAsItWasRecorded) {
    test::TempFolder folder;
    const std::string template_file = folder.write("t.yaml", refusing_apis()), recording = folder.file("r.jsonl");
    record_refusals(template_file, recording);
    const std::vector<std::string> with_template{template_file},
        with_command{"--", UNDERSTUDY_PROGRAM_DIR "/scripted_handler"};
    for (const auto& target : {with_template, with_command}) {
        const std::string all = folder.path() + "/all";
        std::vector<std::string> words{"promote", recording, "--limit", "99", "--output", all};
        words.insert(words.end(), target.begin(), target.end());
        const auto promoted = run(words);
        EXPECT_EQ(promoted.code, 0) << promoted.out;
        EXPECT_THAT(promoted.out, HasSubstr("a call of the Lambda API that no step makes"));
        EXPECT_THAT(promoted.out, target == with_template ? HasSubstr("in front of the API's stage")
                                                          : HasSubstr("a command has no routes: name the template"));
        const auto tested = run({"test", all});
        EXPECT_EQ(tested.code, 0) << tested.out << promoted.out;
        std::filesystem::remove_all(all);
    }
}

/// A folder with a function that finds its program and its logs from there on, and a call of it.
class FunctionFolder {
  public:
    FunctionFolder() {
        namespace fs = std::filesystem;
        char name[] = "/tmp/understudy-promote-XXXXXX";
        path_ = fs::canonical(::mkdtemp(name)).string();
        fs::create_symlink(kBootstrap, path_ + "/bootstrap");
        fs::create_directory(path_ + "/app");
        fs::create_symlink(UNDERSTUDY_SOURCE_DIR "/scenarios/logs", path_ + "/logs");
        fs::create_symlink(kProtos, path_ + "/proto");
        for (const auto* script : {"/run.sh", "/app/run.sh"}) std::ofstream(path_ + script) << "exec ./bootstrap\n";
        std::ofstream(path_ + "/r.jsonl")
            << R"({"session":{"format":1,"functions":[{"name":"f","environment":{"LOGQUERY_LOGS":"logs"},"directory":")"
            << path_ << R"("}]}})" << '\n'
            << R"({"exchange":{"id":"a","front":"http","request":{"startLine":"POST )"
            << R"(/logquery.v1.LogQueryService/CheckWindow HTTP/1.1","headers":["Content-Type: application/json"],)"
            << R"("body":{"text":"{\"time\":\"2026-01-05T10:00:00Z\"}"}},"response":{"startLine":"HTTP/1.1 200 OK",)"
            << R"("headers":["Content-Type: application/json"],"body":{"text":"{\"found\":true}"}},)"
            << R"("invocations":[{"function":"f"}]}})" << '\n';
    }
    ~FunctionFolder() { std::filesystem::remove_all(path_); }
    FunctionFolder(const FunctionFolder&) = delete;
    FunctionFolder& operator=(const FunctionFolder&) = delete;

    const std::string& path() const { return path_; }
    /// `promote` there, as a shell reads it.
    test::Ended promote(const std::string& before, const std::string& behind) const {
        return test::run_file("/bin/sh",
                              {"-c", "cd " + path_ +
                                         " && " UNDERSTUDY_PROGRAM_DIR "/understudy promote r.jsonl --proto "
                                         "logquery/v1/logquery.proto --import-path proto " +
                                         before + " -- " + behind},
                              {"PATH=/usr/bin:/bin"});
    }

  private:
    std::string path_;
};

TEST(Promote, PathsBeginAtTheScenariosFolder) {
    const FunctionFolder folder;
    struct Row {
        std::string scenario, before, behind;
    };
    std::filesystem::create_directories(folder.path() + "/a/b");
    for (const auto& [scenario, before, behind] : std::vector<Row>{
             {"a/b/file.yaml", "-o a/b/file.yaml", "./bootstrap"},
             {"new/b/http-f.yaml", "--output new/b", "./bootstrap"},
             {"a/shell.yaml", "", "./bootstrap > a/shell.yaml"},
             {"a/b/word.yaml", "-o a/b/word.yaml", "/bin/sh run.sh"},
             {"a/b/path.yaml", "-o a/b/path.yaml", "/bin/sh app/run.sh"},
             {"beside.yaml", "-o beside.yaml", "/bin/sh ./app/run.sh"},
         }) {
        const auto promoted = folder.promote(before, behind);
        ASSERT_EQ(promoted.exit_code, 0) << promoted.err;
        const auto tested = run({"test", folder.path() + '/' + scenario});
        const auto text = test::read_file(folder.path() + '/' + scenario);
        EXPECT_EQ(tested.code, 0) << tested.out << text;
        EXPECT_THAT(text, Not(HasSubstr(folder.path()))) << "it can be passed on";
    }
}

TEST(Promote, AScenarioThatIsThereStays) {
    const FunctionFolder folder;
    std::ofstream(folder.path() + "/mine.yaml") << "mine";
    const auto promoted = folder.promote("-o mine.yaml", "./bootstrap");
    EXPECT_EQ(promoted.exit_code, 3);
    EXPECT_EQ(promoted.err, "understudy promote: 'mine.yaml' is there already: name another file, or a folder\n");
    EXPECT_EQ(test::read_file(folder.path() + "/mine.yaml"), "mine");
}

}  // namespace
}  // namespace understudy::promote_round_trip_test
