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
#include <set>
#include <sstream>

namespace understudy::emulator_test {
namespace {

using app::FrontKind;
using testing::HasSubstr;
using testing::Not;

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
