#include "emulator/http/base64.hpp"
#include "emulator/process/memory.hpp"
#include "tests/emulator/emulator_runs.hpp"
#include "tests/emulator/process/running.hpp"
#include "tests/emulator/served.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace understudy::emulator_test {
namespace {

using app::FrontKind;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

constexpr const char* kUuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

TEST(Emulator, AnHttpApiCarriesBytesBothWays) {
    const Served served(scripted(FrontKind::http));
    const auto exchange = served.order("bytes");
    EXPECT_EQ(exchange.status, 200);
    EXPECT_EQ(header(exchange, "content-type"), "application/proto");
    EXPECT_EQ(exchange.body, std::string("\x00\xff\x01", 3));
}

TEST(Emulator, ARestApiSendsBase64AsTextUnlessAcceptMatches) {
    Settings settings = scripted(FrontKind::rest);
    settings.application.apis[0].binary_media_types = {"application/proto"};
    const Served served(settings);
    EXPECT_EQ(served.order("bytes").body, "AP8B");
    const auto matched = served.ask({"GET", "/?do=bytes", {{"Accept", "application/proto"}}, {}});
    EXPECT_EQ(matched.body, std::string("\x00\xff\x01", 3));
    EXPECT_THAT(served.record().advice(), testing::Contains(HasSubstr("Accept")));
}

TEST(Emulator, AMistakeInTrafficIsToldOnceUntilAReloadAndChangedBinaryTypesWithIt) {
    Settings settings = scripted(FrontKind::rest);
    app::Api& api = settings.application.apis[0];
    api.name = "Shop";
    api.binary_media_types = {"application/proto"};
    Served served(settings);
    const auto told = [&](const std::string& part) {
        return std::ranges::count_if(served.record().advice(),
                                     [&](const std::string& text) { return text.find(part) != std::string::npos; });
    };
    const auto ask_twice = [&] {
        for (const char* accept : {"a/b", "c/d"}) served.ask({"GET", "/?do=bytes", {{"Accept", accept}}, {}});
    };
    ask_twice();
    EXPECT_EQ(told("left as base64 text"), 1);
    EXPECT_EQ(told("changed with this reload"), 0);
    ASSERT_TRUE(served.replace(settings.application));
    EXPECT_EQ(told("changed with this reload"), 0);
    ask_twice();
    EXPECT_EQ(told("left as base64 text"), 2) << "the reload may have mended it";
    api.binary_media_types.push_back("image/png");
    ASSERT_TRUE(served.replace(settings.application));
    EXPECT_EQ(told("changed with this reload, which adds image/png"), 1);
}

TEST(Emulator, ADamagedBodyIsToldOnceForEachOfAFewMediaTypes) {
    const Served served(scripted(FrontKind::rest));
    const auto send = [&](const std::string& type) {
        served.ask({"POST", "/?do=show", {{"Content-Type", type}}, "\xff"});
    };
    for (const char* type : {"image/png", "application/x-protobuf", "image/png"}) send(type);
    EXPECT_THAT(served.record().advice(),
                testing::ElementsAre(HasSubstr("--binary-media-type image/png"),
                                     HasSubstr("--binary-media-type application/x-protobuf")));
    for (int i = 0; i < 30; ++i) send("made/up" + std::to_string(i));
    EXPECT_EQ(served.record().advice().size(), 16U);
}

TEST(Emulator, EachKeyThatBreaksAReplyIsToldOnce) {
    const Served served(scripted(FrontKind::rest));
    for (const char* order : {"echo", "malformed", "echo", "malformed"}) EXPECT_EQ(served.order(order).status, 502);
    EXPECT_THAT(served.record().advice(), testing::ElementsAre(HasSubstr("The reply holds the key \"resource\""),
                                                               HasSubstr("statusCode is no HTTP status: none")));
}

TEST(Emulator, EachOfAFewReasonsForWhichBodiesAreRefusedIsToldOnce) {
    Settings settings = scripted(FrontKind::rest);
    app::Api& api = settings.application.apis[0];
    api.models = {{"Item", R"({"type":"object","required":["name"],"properties":{"name":{"maxLength":2}},
                               "additionalProperties":{"type":"integer"}})"}};
    api.routes.push_back({.method = "POST", .path = "/items", .integration = app::MockIntegration{}});
    api.routes.back().validation = app::RequestValidation{.body = true, .models = {{"application/json", "Item"}}};
    const Served served(settings);
    const auto send = [&](const std::string& body) {
        return served.ask({"POST", "/items", {{"Content-Type", "application/json"}}, body}).status;
    };
    for (const char* body : {"{}", R"({"name":"long"})", "{}", R"({"name":"long"})"}) EXPECT_EQ(send(body), 400);
    EXPECT_THAT(served.record().advice(), testing::ElementsAre(HasSubstr("refuses the body"), HasSubstr("\"long\"")));
    for (int i = 0; i < 30; ++i) send(R"({"name":"made up )" + std::to_string(i) + "\"}");
    EXPECT_EQ(served.record().advice().size(), 2U) << "one reason, whatever stands there";
    for (int i = 0; i < 30; ++i) send(R"({"name":"","m)" + std::to_string(i) + "\":true}");
    EXPECT_EQ(served.record().advice().size(), 16U);
}

TEST(Emulator, AMockThatBinaryTypesBreakIsToldAtTheStartAndNotAgain) {
    Settings settings = scripted(FrontKind::rest);
    app::Api& api = settings.application.apis[0];
    api.binary_media_types = {"*/*"};
    api.routes.push_back({.method = "OPTIONS", .path = "/x", .integration = app::MockIntegration{}});
    const Served served(settings);
    EXPECT_EQ(served.ask({"OPTIONS", "/x", {}, {}}).status, 500);
    EXPECT_THAT(served.record().advice(), testing::ElementsAre(HasSubstr("OPTIONS /x is answered by the gateway")));
}

TEST(Emulator, AFailureIsToldTogetherWithTheBodyThatWasSent) {
    const Served served(scripted(FrontKind::http));
    const auto fail = [&](const std::string& order) {
        return served.ask({"POST", "/?do=" + order, {{"Content-Type", "application/x-protobuf"}}, "\x08\x01"}).status;
    };
    EXPECT_EQ(fail("throw"), 500);
    EXPECT_EQ(fail("unparsed"), 500);
    served.record().wait_for_advice("Decode the event's body before");
    EXPECT_THAT(served.record().advice(), testing::ElementsAre(HasSubstr("Decode the event's body before")));
}

TEST(Emulator, TheRequestIdIsTheSameForCallerFunctionAndLog) {
    const Served served(scripted(FrontKind::rest));
    const auto exchange = served.invoke(R"({"do":"id"})");
    EXPECT_THAT(exchange.body, MatchesRegex(kUuid));
    EXPECT_EQ(header(exchange, "x-amzn-RequestId"), exchange.body);
    served.record().wait_for_log("REPORT RequestId: " + exchange.body);
}

TEST(Emulator, TheEndOfACallIsToldBeforeItsCallerHasTheReply) {
    const Served served(scripted(FrontKind::http));
    const std::string id = served.invoke(R"({"do":"id"})").body;
    EXPECT_THAT(served.record().ends(), testing::ElementsAre(testing::Pair(id, Begun::yes)));
}

TEST(Emulator, AnEnvironmentIsReusedWhileItLives) {
    const Served served(scripted_alone(FrontKind::http));
    const std::string first = served.invoke(R"({"do":"pid"})").body;
    EXPECT_EQ(served.invoke(R"({"do":"pid"})").body, first);
}

TEST(Emulator, InvokeReturnsTheFunctionsBytesAndHeaders) {
    const Served served(scripted(FrontKind::http));
    const auto exchange = served.invoke(R"({"n": 1.0, "do":"echo"})");
    EXPECT_EQ(exchange.status, 200);
    EXPECT_EQ(exchange.body, R"({"n": 1.0, "do":"echo"})");
    EXPECT_EQ(header(exchange, "X-Amz-Executed-Version"), "$LATEST");
    EXPECT_EQ(header(exchange, "X-Amz-Function-Error"), "(absent)");
}

TEST(Emulator, InvokeTailsTheLogOfItsOwnCall) {
    const Served served(scripted(FrontKind::http));
    served.invoke(R"({"do":"echo"})");
    const auto exchange = served.invoke(R"({"do":"log"})", {{"X-Amz-Log-Type", "Tail"}});
    const std::string id = header(exchange, "x-amzn-RequestId");
    const auto tail = http::parse_base64(header(exchange, "X-Amz-Log-Result"));
    ASSERT_TRUE(tail);
    EXPECT_THAT(*tail, testing::StartsWith("START RequestId: " + id));
    EXPECT_THAT(*tail, HasSubstr("to stdout\n"));
    EXPECT_THAT(*tail, HasSubstr("to stderr\n"));
    EXPECT_THAT(*tail, HasSubstr("END RequestId: " + id));
    EXPECT_THAT(*tail, HasSubstr("REPORT RequestId: " + id));
}

TEST(Emulator, AnInvocationOverItsMemoryIsToldOnce) {
    Settings settings = scripted_alone(FrontKind::http);
    settings.application.functions[0].environment = {{"ON_INIT", "grow"}};
    settings.application.functions[0].memory_megabytes = 32;
    const Served served(settings);
    for (int i = 0; i < 2; ++i) {
        const std::string id = served.invoke(R"({"do":"id"})").body;
        served.record().wait_for_log("REPORT RequestId: " + id);
        served.invoke(R"({"do":"exit0"})");  // The next one meets a fresh environment.
    }
    EXPECT_THAT(served.record().advice(),
                testing::ElementsAre(testing::AllOf(HasSubstr("its memory size is 32 MB"), HasSubstr("signal: killed"),
                                                    HasSubstr("--memory"))));
}

TEST(Emulator, AnUnfinishedLineBelongsToTheLogOfItsOwnCall) {
    const Served served(scripted_alone(FrontKind::http));
    const auto exchange = served.invoke(R"({"do":"unfinished"})", {{"X-Amz-Log-Type", "Tail"}});
    const auto tail = http::parse_base64(header(exchange, "X-Amz-Log-Result"));
    ASSERT_TRUE(tail);
    EXPECT_THAT(*tail, HasSubstr("no newline\nEND RequestId: "));
}

TEST(Emulator, AnExceptionOfTheHandlerIsItsOwnDocumentAndKeepsTheEnvironment) {
    const Served served(scripted_alone(FrontKind::http));
    const std::string before = served.invoke(R"({"do":"pid"})").body;
    const auto exchange = served.invoke(R"({"do":"throw"})");
    EXPECT_EQ(header(exchange, "X-Amz-Function-Error"), "Unhandled");
    EXPECT_THAT(exchange.body, HasSubstr(R"("errorMessage":"as ordered")"));
    EXPECT_EQ(served.invoke(R"({"do":"pid"})").body, before);
}

TEST(Emulator, FailuresOfTheInitReachTheWaitingCaller) {
    for (const auto& [order, text] :
         std::vector<std::pair<std::string, std::string>>{{"exit0", "Runtime exited without providing a reason"},
                                                          {"exit3", "Runtime exited with error: exit status 3"},
                                                          {"throw", "no luck in init"}}) {
        Settings settings = scripted(FrontKind::http);
        settings.application.functions[0].environment = {{"ON_INIT", order}};
        const Served served(settings);
        const auto exchange = served.invoke("{}");
        EXPECT_EQ(header(exchange, "X-Amz-Function-Error"), "Unhandled");
        EXPECT_THAT(exchange.body, HasSubstr(text));
    }
}

TEST(Emulator, AFunctionOfATemplateIsCalledByItsNameWhateverThatIs) {
    Settings settings = scripted(FrontKind::http);
    app::Function& function = settings.application.functions[0];
    function.command = {"/nowhere/bootstrap"};
    function.logical_id = "Shop";
    ASSERT_EQ(function.name, "function");
    const Served served(settings);
    EXPECT_THAT(served.record().advice(), testing::Contains(testing::StartsWith("function function: ")));
}

TEST(Emulator, AMissingProgramIsAdvisedAtOnceAndAnsweredInAwsWords) {
    Settings settings = scripted(FrontKind::http);
    settings.application.functions[0].command = {"/nowhere/bootstrap"};
    const Served served(settings);
    EXPECT_THAT(served.record().advice(),
                testing::Contains("the function: Couldn't find valid bootstrap(s): [/nowhere/bootstrap]"));
    EXPECT_THAT(served.invoke("{}").body, HasSubstr("Couldn't find valid bootstrap(s): [/nowhere/bootstrap]"));
    EXPECT_EQ(served.get("/").status, 500);
}

TEST(Emulator, AProgramThatCannotRunIsAdvisedAtOnceToo) {
    Settings settings = scripted(FrontKind::http);
    settings.application.functions[0].command = {"/etc/passwd"};
    const Served served(settings);
    EXPECT_THAT(served.record().advice(), testing::Contains(HasSubstr("fork/exec /etc/passwd: permission denied")));
}

TEST(Emulator, SettingsThatCannotWorkAreRefused) {
    boost::asio::io_context context(1);
    Record record;
    const auto refuse = [&](const Settings& settings) {
        const auto started = Emulator(context, settings, record).start();
        return started ? std::string("started") : started.error().message();
    };
    Settings one_port = scripted(FrontKind::http);
    one_port.gateway_port = one_port.lambda_port = 41'000;
    EXPECT_THAT(refuse(one_port), HasSubstr("cannot both listen on port 41000; choose another with --port or "));
    Settings reserved = scripted(FrontKind::http);
    reserved.application.functions[0].environment = {{"FINE", "1"}, {"AWS_REGION", "eu-west-1"}};
    EXPECT_THAT(refuse(reserved), HasSubstr("function function: variable 'AWS_REGION': AWS refuses it"));
}

TEST(Emulator, AProgramThatStaysBusyIsAnsweredInAwsWords) {
    const std::string path = testing::TempDir() + "busy-" + std::to_string(::getpid());
    std::filesystem::copy_file("/bin/true", path, std::filesystem::copy_options::overwrite_existing);
    std::ofstream writer(path, std::ios::app);
    Settings settings = scripted(FrontKind::http);
    settings.application.functions[0].command = {path};
    const Served served(settings);
    EXPECT_THAT(served.invoke("{}").body, HasSubstr("fork/exec " + path + ": text file busy"));
    writer.close();
    EXPECT_THAT(served.invoke("{}").body, Not(HasSubstr("text file busy")));
    std::filesystem::remove(path);
}

TEST(Emulator, TheLargestResponsePassesAndOneByteMoreIsAnError) {
    const Served served(scripted(FrontKind::http));
    EXPECT_EQ(served.invoke(R"({"do":"largest"})").body.size(), 6u * 1024 * 1024 + 100);
    const auto exchange = served.invoke(R"({"do":"too-large"})");
    EXPECT_EQ(exchange.body,
              R"({"errorMessage":"Response payload size exceeded maximum allowed payload size (6291556 bytes).",)"
              R"("errorType":"Function.ResponseSizeTooLarge"})");
    EXPECT_EQ(served.invoke("{}").status, 200);
}

TEST(Emulator, SizesOverALimitAreToldOfLiveTraffic) {
    for (const FrontKind front : {FrontKind::http, FrontKind::rest, FrontKind::url}) {
        const Served served(scripted(front));
        EXPECT_GE(served.order("too-large").status, 500);
        served.record().wait_for_advice("a reply of 6291557 bytes; the limit is 6291556");
        EXPECT_EQ(served.ask({"POST", "/", {}, std::string(10 * 1024 * 1024 + 1, 'x')}).status, 413);
        served.record().wait_for_advice("A body of 10485761 bytes was refused");
    }
}

TEST(Emulator, TheGatewaysOwnErrorsHaveTheirExactBodies) {
    const Served http(scripted(FrontKind::http));
    EXPECT_EQ(http.order("malformed").body, R"({"message":"Internal Server Error"})");
    EXPECT_EQ(http.order("exit3").body, R"({"message":"Internal Server Error"})");
    const Served rest(scripted(FrontKind::rest));
    EXPECT_EQ(rest.order("malformed").body, R"({"message": "Internal server error"})");
    EXPECT_EQ(rest.order("exit3").status, 502);
}

TEST(Emulator, TheIntegrationTimeoutIsTheGatewaysAndTheFunctionGoesOn) {
    Settings settings = scripted(FrontKind::rest);
    settings.application.functions[0].timeout = std::chrono::seconds(60);
    settings.clock_scale = 100;
    const Served served(settings);
    const auto exchange = served.order("hang");
    EXPECT_EQ(exchange.status, 504);
    EXPECT_EQ(exchange.body, R"({"message": "Endpoint request timed out"})");
    const std::string pid = served.record().wait_for_log("hanging in ");
    EXPECT_EQ(::kill(static_cast<pid_t>(std::stol(pid)), 0), 0);
}

TEST(Emulator, ManyClientsAtOnceGetTheirOwnAnswers) {
    const Served served(scripted(FrontKind::http));
    std::vector<std::future<bool>> answers;
    for (int caller = 0; caller < 64; ++caller) {
        answers.push_back(std::async(std::launch::async, [&served, caller] {
            for (int call = 0; call < 4; ++call) {
                const std::string own = "caller-" + std::to_string(caller) + '-' + std::to_string(call);
                if (served.get("/" + own).body.find("\"rawPath\":\"/" + own + '"') == std::string::npos) return false;
            }
            return true;
        }));
    }
    for (auto& answer : answers) EXPECT_TRUE(answer.get());
}

TEST(Emulator, TheFunctionFindsTheRecordedVariablesAndATempDirectoryOfItsOwn) {
    Settings settings = scripted(FrontKind::http);
    settings.application.functions[0].environment = {{"GREETING", "a=b"}};
    std::string directory;
    {
        const Served served(settings);
        const std::string list = served.invoke(R"({"do":"environment"})").body;
        EXPECT_THAT(list, HasSubstr("GREETING=a=b\n"));
        EXPECT_THAT(list, HasSubstr("_HANDLER=bootstrap\n"));
        EXPECT_THAT(list, HasSubstr("LAMBDA_TASK_ROOT=/\n"));
        EXPECT_THAT(list, HasSubstr("AWS_ENDPOINT_URL_LAMBDA=" + served.endpoints().lambda + "\n"));
        EXPECT_THAT(list, Not(HasSubstr("HOME=")));
        const auto begin = list.find("TMPDIR=") + 7;
        directory = list.substr(begin, list.find('\n', begin) - begin);
        EXPECT_TRUE(std::filesystem::is_directory(directory));
    }
    EXPECT_FALSE(std::filesystem::exists(directory));
}

TEST(Emulator, AWebPageUnderANameOfItsOwnIsRefusedByBothEndpoints) {
    const Served served(scripted(FrontKind::http));
    const client::HeaderLines page{{"Host", "evil.example"}, {"Origin", "http://evil.example"}};
    EXPECT_EQ(served.ask({"GET", "/", page, {}}).status, 403);
    EXPECT_EQ(served.invoke("{}", page).status, 403);
}

}  // namespace
}  // namespace understudy::emulator_test
