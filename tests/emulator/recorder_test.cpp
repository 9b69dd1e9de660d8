#include "emulator/record/read_line.hpp"
#include "emulator/recording_settings.hpp"
#include "tests/emulator/served.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

namespace understudy::recorder_test {
namespace {

using app::FrontKind;
using testing::HasSubstr;
using testing::Not;

/// The scripted handler with the recorder before it, as a package has it.
Settings recorded(FrontKind front, std::vector<std::pair<std::string, std::string>> variables = {}) {
    Settings settings = scripted(front);
    app::Function& function = settings.application.functions[0];
    function.command.insert(function.command.begin(), UNDERSTUDY_PROGRAM_DIR "/understudy-recorder");
    function.environment = std::move(variables);
    for (app::Route& route : settings.application.apis[0].routes) {
        if (front == FrontKind::url)
            std::get<app::LambdaIntegration>(route.integration).transfer = app::TransferMode::stream;
    }
    return settings;
}

Settings without_recorder(Settings settings) {
    auto& command = settings.application.functions[0].command;
    command.erase(command.begin());
    return settings;
}

/// What a client sees that does not change from call to call: of a reply that is cut off, that it is.
std::string see(const Served& served, const std::string& order) {
    try {
        const client::Exchange exchange = served.order(order);
        std::string seen = std::to_string(exchange.status) + '\n';
        for (const auto& [name, value] : exchange.headers) {
            if (value.size() < 30 && name != "Date" && name != "Apigw-Requestid") seen += name + ": " + value + '\n';
        }
        return seen + exchange.body;
    } catch (const std::runtime_error&) {
        return "cut off";
    }
}

/// The exchanges of a log, the pieces of each joined.
std::vector<std::string> read_exchanges(const std::string& log) {
    std::map<std::string, std::string> joined;
    std::vector<std::string> order;
    std::istringstream lines(log);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string mark, name, part;
        if (!(words >> mark >> name >> part) || mark != "UNDERSTUDY" || name.starts_with("session-")) continue;
        if (part.starts_with("1/")) order.push_back(name);
        joined[name] += line.substr(mark.size() + name.size() + part.size() + 3);
    }
    std::vector<std::string> exchanges;
    for (const std::string& name : order) exchanges.push_back(joined[name]);
    return exchanges;
}

TEST(Recorder, AClientSeesTheSameWithAndWithoutIt) {
    for (const FrontKind front : {FrontKind::http, FrontKind::url}) {
        const Served with(recorded(front));
        const Served without(without_recorder(recorded(front)));
        for (const std::string order : {"bytes", "throw", "malformed", "exit3", "abort", "kill", "stream",
                                        "stream-error", "stream-crash", "break-off", "too-large"}) {
            SCOPED_TRACE(order);
            EXPECT_EQ(see(with, order), see(without, order));
        }
    }
}

TEST(Recorder, TheFunctionIsCalledWithTheSameBytesAndHeaders) {
    const Served with(recorded(FrontKind::http));
    const Served without(without_recorder(recorded(FrontKind::http)));
    const std::string odd = " {\"do\" :\t\"echo\", \"a\":1.0, \"a\":\"\\u00e9\xC3\xA9\" }\r\n";
    const client::HeaderLines context = {{"X-Amz-Client-Context", "eyJhIjoxfQ=="}};
    EXPECT_EQ(with.invoke(odd).body, odd);
    const std::string asked = R"({"do":"context"})";
    EXPECT_EQ(with.invoke(asked, context).body, without.invoke(asked, context).body);
    EXPECT_THAT(with.invoke(asked, context).body, HasSubstr("{\"a\":1}\narn:aws:lambda:"));
    EXPECT_EQ(with.invoke(R"({"do":"largest"})").body.size(), 6'291'556U);
}

TEST(Recorder, EachInvocationIsInTheLogHoweverItEnds) {
    struct Row {
        std::string order;
        std::string words;
    };
    const Row rows[] = {
        {"id", R"("replyType":"text/plain","handlerUs":)"},
        {"throw", R"("outcome":"function_error","errorType":"std::runtime_error")"},
        {"exit3",
         R"(Runtime exited with error: exit status 3\"}"},"outcome":"function_error","errorType":"Runtime.ExitError")"},
        {"abort", R"(signal: aborted)"},
        {"too-large", R"("errorType":"Function.ResponseSizeTooLarge")"},
        {"stream", R"("streamed":true,"handlerUs":)"},
        {"stream-error", R"("streamed":true,"outcome":"function_error","errorType":"Oops")"},
        {"stream-told", R"("errorType":"Oops","streamError":{"text":"{\"errorType\":\"Told\")"},
        {"stream-crash", R"("streamed":true,"outcome":"function_error","errorType":"Runtime.TruncatedResponse")"},
        {"stream-cut", R"("streamed":true,"outcome":"function_error","errorType":"Runtime.TruncatedResponse")"},
        {"break-off", R"("outcome":"function_error","errorType":"Runtime.TruncatedResponse")"},
        {"hang", R"("outcome":"unknown")"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.order);
        Settings settings = recorded(FrontKind::url);
        if (row.order == "hang") settings.application.functions[0].timeout = std::chrono::milliseconds(400);
        Served served(std::move(settings));
        see(served, row.order);
        served.record().wait_for_log("REPORT RequestId: ");
        served.record().wait_for_log(R"("front":"runtime")");
        served.stop();
        const auto exchanges = read_exchanges(served.record().log());
        ASSERT_EQ(exchanges.size(), 1U) << served.record().log();
        EXPECT_THAT(exchanges[0], HasSubstr(row.words));
        EXPECT_THAT(exchanges[0], HasSubstr(R"("front":"runtime")"));
        EXPECT_EQ(exchanges[0].back(), '}');
    }
}

/// How an invocation ended, as its caller was told who takes a stream where `streams`.
std::string to_ending(const std::string& line, bool streams) {
    const auto read = record::read_line(line);
    const auto* exchange = std::get_if<record::Exchange>(&read);
    if (exchange == nullptr) return "no exchange: " + line;
    const record::Invocation& invocation = exchange->invocations.at(0);
    const std::string outcome = std::to_string(static_cast<int>(invocation.outcome)) + ' ' + invocation.error_type;
    if (streams)
        return outcome + (invocation.streamed ? " streamed " : " whole ") + invocation.reply + invocation.stream_error;
    const bool has_document = invocation.streamed && !invocation.stream_error.empty();
    return outcome + ' ' + (has_document ? invocation.stream_error : invocation.reply);
}

TEST(Recorder, ItTellsTheSameOfAnEndAsTheEmulatorsOwnRecording) {
    const test::ScratchFolder folder;
    for (const FrontKind front : {FrontKind::url, FrontKind::http}) {
        for (const std::string order :
             {"stream", "stream-error", "stream-told", "stream-crash", "stream-cut", "break-off", "throw", "exit3"}) {
            SCOPED_TRACE(order);
            const std::string file = folder.file(order + std::string(app::front_name(front)));
            Settings settings = recorded(front);
            settings.recording =
                std::make_shared<const RecordingSettings>(RecordingSettings{file, 0, {}, "understudy 1.2.3", ""});
            std::string log;
            {
                const Served served(std::move(settings));
                see(served, order);
                served.record().wait_for_log(R"("front":"runtime")");
                log = served.record().log();
            }
            const auto packaged = read_exchanges(log);
            std::ifstream in(file);
            std::string session, own;
            std::getline(in, session);
            std::getline(in, own);
            ASSERT_EQ(packaged.size(), 1U) << log;
            EXPECT_EQ(to_ending(packaged[0], front == FrontKind::url), to_ending(own, front == FrontKind::url));
        }
    }
}

TEST(Recorder, ALongEventIsInTheLogInPiecesWhileTheFunctionWritesToo) {
    const Served served(recorded(FrontKind::http));
    const std::string text(100'000, 'x');
    served.invoke(R"({"do":"log","text":")" + text + "\"}");
    served.record().wait_for_log(R"("handlerUs":)");
    const auto exchanges = read_exchanges(served.record().log());
    ASSERT_GE(exchanges.size(), 1U);
    EXPECT_THAT(exchanges[0], HasSubstr(text));
    EXPECT_THAT(served.record().log(), HasSubstr("\nto stdout\n"));
}

TEST(Recorder, NoSecretReachesTheLog) {
    const Served served(recorded(FrontKind::http, {{"UNDERSTUDY_REDACT", "password,X-Session"}}));
    client::HttpRequest request;
    request.method = "POST";
    request.target = "/?do=echo";
    request.headers = {{"Authorization", "Bearer TOPSECRET"},
                       {"Cookie", "a=TOPSECRET"},
                       {"X-Session", "TOPSECRET"},
                       {"Content-Type", "application/json"}};
    request.body = R"({"password":"TOPSECRET","deep":[{"password":["TOPSECRET"]}],"kept":"this"})";
    EXPECT_EQ(served.ask(request).status, 200);
    served.record().wait_for_log(R"("handlerUs":)");
    EXPECT_THAT(served.record().log(), HasSubstr("kept"));
    EXPECT_THAT(served.record().log(), Not(HasSubstr("TOPSECRET")));
}

TEST(Recorder, OneThatIsKilledTakesTheFunctionWithItAndTheNextCallIsServed) {
    Settings settings = recorded(FrontKind::http);
    settings.max_environments = 1;
    const Served served(std::move(settings));
    EXPECT_THAT(served.invoke(R"({"do":"kill-parent"})").body, HasSubstr("Runtime exited with error: signal: killed"));
    EXPECT_EQ(served.order("id").status, 200);
}

TEST(Recorder, ASampleOfNoneWritesNothing) {
    const Served served(recorded(FrontKind::http, {{"UNDERSTUDY_SAMPLE", "0"}}));
    EXPECT_EQ(served.order("echo").status, 200);
    EXPECT_EQ(served.order("throw").status, 500);
    EXPECT_THAT(served.record().log(), Not(HasSubstr("UNDERSTUDY")));
}

}  // namespace
}  // namespace understudy::recorder_test
