#include "emulator/http/base64.hpp"
#include "emulator/process/memory.hpp"
#include "tests/emulator/process/running.hpp"
#include "tests/emulator/served.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace understudy::emulator_test {
namespace {

using app::FrontKind;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

constexpr const char* kUuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

std::string header(const client::Exchange& exchange, std::string_view name) {
    const std::string* value = exchange.find_header(name);
    return value == nullptr ? "(absent)" : *value;
}

/// The letter of a process's state; empty where there is no such process.
std::string state_of(const std::string& pid) {
    std::ifstream status("/proc/" + pid + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("State:\t")) return line.substr(7, 1);
    }
    return {};
}

/// The bytes that a process has been sent and has not read, over all of its sockets.
std::size_t unread_bytes(const std::string& pid) {
    std::set<std::string> sockets;
    for (const auto& descriptor : std::filesystem::directory_iterator("/proc/" + pid + "/fd")) {
        const std::string target = std::filesystem::read_symlink(descriptor.path());
        if (target.starts_with("socket:[")) sockets.insert(target.substr(8, target.size() - 9));
    }
    std::size_t unread = 0;
    std::ifstream table("/proc/" + pid + "/net/tcp");
    for (std::string line; std::getline(table, line);) {
        std::istringstream words(line);
        std::string number, local, remote, state, queues, timer, retransmits, user, timeout, socket;
        words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> socket;
        if (sockets.contains(socket)) unread += std::stoul(queues.substr(queues.find(':') + 1), nullptr, 16);
    }
    return unread;
}

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

TEST(Emulator, ACrashInTheFirstInvocationIsReportedWithTheMemoryOfItsInit) {
    const std::string ours(256 << 20, 'x');  // The system tells a dead child's memory only where it is more than ours.
    Settings settings = scripted_alone(FrontKind::http);
    settings.application.functions[0].environment = {{"ON_INIT", "grow"}};
    const Served served(settings);
    for (const char* order : {"exit0", "exit3", "abort", "kill"}) {
        SCOPED_TRACE(order);
        const auto exchange = served.invoke(std::string(R"({"do":")") + order + "\"}", {{"X-Amz-Log-Type", "Tail"}});
        const auto tail = http::parse_base64(header(exchange, "X-Amz-Log-Result"));
        ASSERT_TRUE(tail);
        const auto memory = tail->find("Max Memory Used: ");
        ASSERT_NE(memory, std::string::npos) << *tail;
        const int megabytes = std::stoi(tail->substr(memory + 17));
        EXPECT_GE(megabytes, 48);
        // A sanitizer's own memory counts on both sides.
        EXPECT_LT(static_cast<std::uint64_t>(megabytes), process::own_peak_memory() / 1024 / 2) << ours.size();
    }
}

TEST(Emulator, ACrashBeforeAnybodyLookedIsReportedWithTheMostThatItsMemoryCanHaveBeen) {
    const std::string ours(256 << 20, 'x');  // More than the function's memory size, which is no news of the function.
    Settings settings = scripted_alone(FrontKind::http);
    settings.application.functions[0].command = {"/bin/true"};
    const Served served(settings);
    for (int i = 0; i < 20; ++i) {
        const auto exchange = served.invoke("{}", {{"X-Amz-Log-Type", "Tail"}});
        const auto tail = http::parse_base64(header(exchange, "X-Amz-Log-Result"));
        ASSERT_TRUE(tail);
        EXPECT_THAT(*tail, Not(HasSubstr("Max Memory Used: 0 MB")));
    }
    EXPECT_THAT(served.record().advice(), testing::IsEmpty()) << ours.size();
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

struct Ending {
    const char* order;
    const char* type;
    const char* message;
};

class Endings : public testing::TestWithParam<Ending> {};

TEST_P(Endings, TheCallerGetsAwsDocumentAndTheNextCallAFreshEnvironment) {
    Settings settings = scripted_alone(FrontKind::http);
    settings.application.functions[0].timeout = std::chrono::seconds(3);
    settings.clock_scale = 10;
    const Served served(settings);
    const std::string before = served.invoke(R"({"do":"pid"})").body;
    const auto exchange = served.invoke(std::string(R"({"do":")") + GetParam().order + "\"}");
    EXPECT_EQ(exchange.status, 200);
    EXPECT_EQ(header(exchange, "X-Amz-Function-Error"), "Unhandled");
    EXPECT_EQ(exchange.body, std::string(R"({"errorType":")") + GetParam().type + R"(","errorMessage":"RequestId: )" +
                                 header(exchange, "x-amzn-RequestId") + " Error: " + GetParam().message + "\"}");
    const std::string after = served.invoke(R"({"do":"pid"})").body;
    EXPECT_NE(after, before);
}

INSTANTIATE_TEST_SUITE_P(
    Emulator, Endings,
    testing::Values(Ending{"exit0", "Runtime.ExitError", "Runtime exited without providing a reason"},
                    Ending{"exit3", "Runtime.ExitError", "Runtime exited with error: exit status 3"},
                    Ending{"abort", "Runtime.ExitError", "Runtime exited with error: signal: aborted"},
                    Ending{"kill", "Runtime.ExitError", "Runtime exited with error: signal: killed"},
                    Ending{"hang", "Sandbox.Timedout", "Task timed out after 3.00 seconds"},
                    Ending{"hang-with-grandchild", "Sandbox.Timedout", "Task timed out after 3.00 seconds"}),
    [](const auto& ending) {
        std::string name = ending.param.order;
        std::erase(name, '-');
        return name;
    });

TEST(Emulator, AResponseThatBreaksOffIsToldToTheCallerAndToTheRuntime) {
    const Served served(scripted_alone(FrontKind::http));
    const auto exchange = served.invoke(R"({"do":"break-off"})");
    EXPECT_EQ(header(exchange, "X-Amz-Function-Error"), "Unhandled");
    EXPECT_THAT(exchange.body, HasSubstr(R"("errorType":"Runtime.TruncatedResponse")"));
    EXPECT_THAT(served.record().wait_for_log("answered HTTP/1.1 400 "), HasSubstr("TruncatedHTTPRequest"));
    EXPECT_EQ(served.invoke("{}").status, 200);
}

TEST(Emulator, AStopLeavesNoAnsweredInvocationWithoutItsReport) {
    Served served(scripted(FrontKind::http));
    const auto exchange = served.invoke(R"({"do":"unfinished"})");
    served.stop();
    const std::string id = header(exchange, "x-amzn-RequestId");
    EXPECT_THAT(served.record().wait_for_log("no newline\nEND RequestId: " + id + "\nREPORT "), HasSubstr(id));
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

TEST(Emulator, KillingAHandlerFromOutsideHurtsOnlyItsOwnCaller) {
    const Served served(scripted(FrontKind::http));
    auto hanging = std::async(std::launch::async, [&] { return served.invoke(R"({"do":"hang"})"); });
    const std::string pid = served.record().wait_for_log("hanging in ");
    const std::string other = served.invoke(R"({"do":"pid"})").body;
    EXPECT_NE(other, pid);
    ::kill(static_cast<pid_t>(std::stol(pid)), SIGKILL);
    EXPECT_THAT(hanging.get().body, HasSubstr("signal: killed"));
    EXPECT_EQ(::kill(static_cast<pid_t>(std::stol(other)), 0), 0);
    EXPECT_EQ(served.invoke("{}").status, 200);
}

/// The process of the only environment, which waits for its next event and has been stopped: it reads no more.
std::string stop_idle_handler(const Served& served) {
    const auto exchange = served.invoke(R"({"do":"pid"})");
    served.record().wait_for_log("REPORT RequestId: " + header(exchange, "x-amzn-RequestId"));
    ::kill(static_cast<pid_t>(std::stol(exchange.body)), SIGSTOP);
    EXPECT_TRUE(process::look_until([&] { return state_of(exchange.body) == "T"; }));
    return exchange.body;
}

TEST(Emulator, AHandlerThatEndsBehindAWholeResponseHasGivenIt) {
    const Served served(scripted(FrontKind::http));
    for (int round = 0; round < 5; ++round) {
        const auto exchange = served.invoke(R"({"do":"post-and-end"})");
        EXPECT_EQ(header(exchange, "X-Amz-Function-Error"), "(absent)");
        EXPECT_EQ(exchange.body.size(), 0x400000U);
    }
}

TEST(Emulator, AnIdleHandlerThatDiesBeforeItReadsItsEventCostsTheCallerNothing) {
    const Served served(scripted_alone(FrontKind::http));
    const std::string pid = stop_idle_handler(served);
    auto call = std::async(std::launch::async, [&] { return served.invoke(R"({"do":"pid"})"); });
    EXPECT_TRUE(process::look_until([&] { return unread_bytes(pid) > 0; }));
    ::kill(static_cast<pid_t>(std::stol(pid)), SIGKILL);
    const auto exchange = call.get();
    EXPECT_EQ(header(exchange, "X-Amz-Function-Error"), "(absent)") << exchange.body;
    EXPECT_NE(exchange.body, pid);
}

TEST(Emulator, AStopAnswersWhoeverWaits) {
    Served served(scripted(FrontKind::http));
    auto hanging = std::async(std::launch::async, [&] { return served.invoke(R"({"do":"hang"})"); });
    served.record().wait_for_log("hanging in ");
    served.stop();
    EXPECT_THAT(hanging.get().body, HasSubstr("The emulator was stopped"));
}

TEST(Emulator, AWebPageUnderANameOfItsOwnIsRefusedByBothEndpoints) {
    const Served served(scripted(FrontKind::http));
    const client::HeaderLines page{{"Host", "evil.example"}, {"Origin", "http://evil.example"}};
    EXPECT_EQ(served.ask({"GET", "/", page, {}}).status, 403);
    EXPECT_EQ(served.invoke("{}", page).status, 403);
}

/// The scripted handler, with a SIGTERM handler, and an extension in its process where it registers one.
Settings signalled(const std::string& on_init) {
    Settings settings = scripted_alone(FrontKind::http);
    settings.application.functions[0].environment = {{"ON_INIT", on_init}};
    return settings;
}

TEST(Emulator, AStopTellsAFunctionWithAnExtensionInItsProcess) {
    for (const std::string on_init : {"register", "tell-signals"}) {
        Served served(signalled(on_init));
        const std::string pid = served.invoke(R"({"do":"pid"})").body;
        served.end();
        EXPECT_TRUE(process::wait_until_gone(std::stoi(pid)));
        const bool told = served.record().log().find("told to end\n") != std::string::npos;
        EXPECT_EQ(told, on_init == "register") << on_init;
    }
}

/// A process that is stopped takes no signal but SIGKILL until it goes on.
TEST(Emulator, AStopTellsAFunctionThatADisturbanceHasStopped) {
    using Kind = lambda::Disturbance::Kind;
    for (const Kind kind : {Kind::hang, Kind::freeze}) {
        Settings settings = signalled("register");
        settings.max_environments = 1;
        Served served(settings);
        const pid_t pid = std::stoi(served.invoke(R"({"do":"pid"})").body);
        served.disturb_next({kind, std::chrono::hours(1)});
        auto held = std::async(std::launch::async, [&] { return served.invoke("{}"); });
        siginfo_t stopped{};
        ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(pid), &stopped, WSTOPPED | WNOWAIT), 0);
        served.end();
        EXPECT_THAT(held.get().body, HasSubstr("The emulator was stopped"));
        EXPECT_TRUE(process::wait_until_gone(pid));
        EXPECT_THAT(served.record().log(), HasSubstr("told to end\n"));
    }
}

TEST(Emulator, ACallForAnEventThatIsGivenUpDuringASlowInitTakesNone) {
    using std::chrono::steady_clock;
    Settings settings = scripted_alone(FrontKind::http);
    settings.application.functions[0].environment = {{"ON_INIT", "abandon-next"}};
    settings.clock_scale = 10;
    Served served(settings);
    const auto delay = std::chrono::milliseconds(50);
    served.disturb_next({lambda::Disturbance::Kind::slow_init, delay});
    const std::string pid = served.invoke(R"({"do":"pid"})").body;
    // Nobody tells that the delay is over.
    const auto over = steady_clock::now() + 2 * delay;
    EXPECT_TRUE(process::look_until([over] { return steady_clock::now() > over; }));
    for (int call = 0; call < 3; ++call) EXPECT_EQ(served.invoke(R"({"do":"pid"})").body, pid);
}

TEST(Emulator, ATimeoutTellsAFunctionWithAnExtensionInItsProcess) {
    Settings settings = signalled("register");
    settings.clock_scale = 10;
    const Served served(settings);
    EXPECT_THAT(served.invoke(R"({"do":"hang"})").body, HasSubstr("Sandbox.Timedout"));
    served.record().wait_for_log("told to end");
    EXPECT_EQ(served.invoke("{}").status, 200) << "a fresh environment";
}

TEST(Emulator, AReplacedFunctionWithAnExtensionInItsProcessIsTold) {
    const Settings settings = signalled("register");
    Served served(settings);
    EXPECT_EQ(served.invoke("{}").status, 200);
    app::Application next = settings.application;
    next.functions[0].memory_megabytes += 1;
    ASSERT_TRUE(served.replace(next).has_value());
    served.record().wait_for_log("told to end");
    EXPECT_EQ(served.invoke("{}").status, 200);
}

TEST(Emulator, AStopLeavesNoDaemonEither) {
    for (const std::string order : {"daemon", "forgetful-daemon"}) {
        SCOPED_TRACE(order);
        std::string pid;
        {
            const Served served(scripted_alone(FrontKind::http));
            EXPECT_EQ(served.invoke(R"({"do":")" + order + "\"}").status, 200);
            pid = served.record().wait_for_log("daemon ");
            EXPECT_EQ(::kill(static_cast<pid_t>(std::stol(pid)), 0), 0);
        }
        // Whoever reaps orphans here may take its time.
        EXPECT_THAT(state_of(pid), testing::AnyOf("", "Z", "X"));
    }
}

TEST(Emulator, AStopLeavesNoProcess) {
    std::string pid;
    {
        const Served served(scripted(FrontKind::http));
        pid = served.invoke(R"({"do":"pid"})").body;
        EXPECT_EQ(::kill(static_cast<pid_t>(std::stol(pid)), 0), 0);
    }
    EXPECT_EQ(::kill(static_cast<pid_t>(std::stol(pid)), 0), -1);
}

}  // namespace
}  // namespace understudy::emulator_test
