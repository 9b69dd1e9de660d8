// Traffic that is recorded and replayed through the fronts it came through, streams that fail among it.
#include "client/http_exchange.hpp"
#include "tests/support/program.hpp"
#include "tests/tools/understudy/running_program.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <string>
#include <vector>

namespace understudy::recorded_streams_test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kHandler = UNDERSTUDY_PROGRAM_DIR "/scripted_handler";
const std::string kRecorder = UNDERSTUDY_PROGRAM_DIR "/understudy-recorder";

struct Ended {
    int code;
    std::string out;
    std::string err;
};
Ended run(std::vector<std::string> words) {
    test::RunningProgram program(std::move(words));
    std::string out = program.read_rest();
    const int code = program.wait();
    return {code, std::move(out), program.err()};
}

/// `understudy serve` of the scripted handler, recording.
class Serving {
  public:
    Serving(const std::string& file, std::vector<std::string> options)
        : program_(to_words(file, std::move(options))),
          gateway_(boost::json::parse(program_.read_line()).as_object().at("gateway").as_string()) {}

    const std::string& gateway() const { return gateway_; }
    /// What comes of it, a part of an answer included.
    client::ExchangeResult ask(const std::string& order, client::HeaderLines headers = {}) const {
        client::HttpClient client(*client::parse_url(gateway_));
        client::HttpRequest request{
            .method = "GET", .target = order.empty() ? "/" : "/?do=" + order, .headers = std::move(headers)};
        request.accepts_part = true;
        return client.exchange(request, std::chrono::seconds(30));
    }
    int stop() {
        program_.send(SIGTERM);
        return program_.wait();
    }

  private:
    static std::vector<std::string> to_words(const std::string& file, std::vector<std::string> options) {
        std::vector<std::string> words{"serve", "--port", "0", "--lambda-port", "0", "--quiet", "--record", file};
        words.insert(words.end(), options.begin(), options.end());
        words.insert(words.end(), {"--", kHandler});
        return words;
    }

    test::RunningProgram program_;
    std::string gateway_;
};

void replace_all(std::string& text, const std::string& what, const std::string& by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

Ended replay(const std::string& file, const std::string& edge, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"replay", file, "--edge", edge};
    words.insert(words.end(), more.begin(), more.end());
    words.insert(words.end(), {"--", kHandler});
    return run(words);
}

TEST(RecordedStreams, ThatEndInAnErrorReplayTheSameAndNameWhatIsAnother) {
    test::TempFolder folder;
    const std::string file = folder.file("streams.jsonl");
    Serving serving(file, {"--front", "url", "--streaming"});
    for (const char* order : {"stream", "stream-error", "stream-told", "stream-cut"}) {
        const auto answer = serving.ask(order);
        ASSERT_TRUE(answer) << order;
        EXPECT_EQ(answer->cut_off, order != std::string("stream"));
    }
    EXPECT_EQ(serving.stop(), 0);
    for (const char* edge : {"event", "http"}) {
        const auto same = replay(file, edge);
        EXPECT_EQ(same.code, 0) << edge << same.out << same.err;
        EXPECT_THAT(same.out, HasSubstr("4 exchanges replayed: 4 the same"));
    }
    std::string text = test::read_file(file);
    replace_all(text, R"("errorType":"Oops")", R"("errorType":"Else")");
    replace_all(text, R"(\"errorMessage\":\"in words\")", R"(\"errorMessage\":\"otherwise\")");
    const std::string edited = folder.write("edited.jsonl", text);
    const auto types = replay(edited, "event");
    EXPECT_EQ(types.code, 4);
    EXPECT_THAT(types.out, HasSubstr("2 exchanges: errorType changed"));
    EXPECT_THAT(types.out, HasSubstr(R"(error.errorMessage: expected "otherwise", got "in words")"));
    replace_all(text, R"(,"cutOff":true)", "");
    const auto whole = replay(folder.write("whole.jsonl", text), "http");
    EXPECT_THAT(whole.out, HasSubstr("response: expected a whole response, got one that was cut off"));
}

TEST(RecordedStreams, OfThePackagedRecorderReplayTheSame) {
    test::TempFolder folder;
    std::string log;
    for (const std::string order : {"stream", "stream-error", "stream-told", "stream-cut", "break-off"}) {
        const std::string event = folder.write("event.json", R"({"do":")" + order + "\"}");
        log += run({"invoke", "-e", event, "--", kRecorder, kHandler}).err;
    }
    const auto replayed = replay(folder.write("log", log), "event");
    EXPECT_EQ(replayed.code, 0) << replayed.out << replayed.err;
    EXPECT_THAT(replayed.out, HasSubstr("5 exchanges replayed: 5 the same"));
}

// Callers get no cause: neither recording may have it.
TEST(RecordedErrors, WithACauseAreTheSameWhoeverRecordedThem) {
    test::TempFolder folder;
    const std::string event = folder.write("event.json", R"({"do":"cause"})");
    const std::string log = run({"invoke", "-e", event, "--", kRecorder, kHandler}).err;
    EXPECT_THAT(log, Not(HasSubstr("why")));
    const auto replayed = replay(folder.write("log", log), "event");
    EXPECT_EQ(replayed.code, 0) << replayed.out << replayed.err;
    EXPECT_THAT(replayed.out, HasSubstr("1 exchange replayed: 1 the same"));
}

TEST(RecordedFronts, RequestsToACommandGoThroughAFrontThatIsSetUpAsTheRecordedOne) {
    test::TempFolder folder;
    const std::string file = folder.file("rest.jsonl");
    Serving serving(file, {"--front", "rest", "--binary-media-type", "application/proto"});
    const auto answer = serving.ask("bytes", {{"Accept", "application/proto"}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, std::string("\0\xff\1", 3));
    EXPECT_EQ(serving.stop(), 0);
    const auto same = replay(file, "http");
    EXPECT_EQ(same.code, 0) << same.out << same.err;
    EXPECT_THAT(same.out, HasSubstr("1 exchange replayed: 1 the same"));
    const auto other = replay(file, "http", {"--binary-media-type", "image/png"});
    EXPECT_EQ(other.code, 4) << "the user's word goes before the recording's";
}

TEST(RecordedFronts, SessionsOfOtherFrontsAreReplayedThroughThose) {
    test::TempFolder folder;
    const std::string file = folder.file("both.jsonl");
    const std::vector<std::vector<std::string>> fronts{
        {"--front", "alb", "--multi-value-headers", "--env", "ORDER=bytes"},
        {"--front", "http1", "--env", "ORDER=bytes"},
        {"--front", "url", "--streaming", "--env", "ORDER=stream"}};
    for (const auto& options : fronts) {
        Serving serving(file, options);
        ASSERT_TRUE(serving.ask(""));
        EXPECT_EQ(serving.stop(), 0);
    }
    for (const char* jobs : {"1", "4"}) {
        const auto same = replay(file, "http", {"--recorded-environment", "-j", jobs});
        EXPECT_EQ(same.code, 0) << same.out << same.err;
        EXPECT_THAT(same.out, HasSubstr("3 exchanges replayed: 3 the same"));
    }
}

TEST(RecordedFronts, OfAnArchiveTheFrontMayBeSaid) {
    test::TempFolder folder;
    const std::string har = folder.write(
        "a.har", R"({"log":{"entries":[{"request":{"method":"GET","url":"http://h/?do=bytes","headers":[)"
                 R"({"name":"Accept","value":"application/proto"}]},"response":{"status":200,"headers":[],)"
                 R"("content":{"text":"AP8B","encoding":"base64"}}}]}})");
    const std::vector<std::string> ignored{"--ignore", "headers", "--front", "rest"};
    const auto text = replay(har, "http", ignored);
    EXPECT_EQ(text.code, 4) << text.out << text.err;
    std::vector<std::string> binary = ignored;
    binary.insert(binary.end(), {"--binary-media-type", "*/*"});
    const auto same = replay(har, "http", binary);
    EXPECT_EQ(same.code, 0) << same.out << same.err;
}

TEST(Replay, AgainstTheServerThatRecordsIntoTheSameFileComesToItsEnd) {
    test::TempFolder folder;
    const std::string file = folder.file("growing.jsonl");
    Serving recorder(file, {});
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(recorder.ask("reply-" + std::to_string(i)));
    EXPECT_EQ(recorder.stop(), 0);
    Serving serving(file, {});
    const auto replayed = run({"replay", file, "--against", serving.gateway(), "--ignore", "body"});
    EXPECT_THAT(replayed.out, HasSubstr("3 exchanges replayed")) << replayed.err;
    EXPECT_EQ(serving.stop(), 0);
}

TEST(Replay, NoSecretOfAnArchiveIsShown) {
    test::TempFolder folder;
    const std::string har = folder.write(
        "a.har",
        R"({"log":{"entries":[{"request":{"method":"GET","url":"http://h/?do=reply&X-Amz-Signature=TOPSECRET",)"
        R"("headers":[{"name":"Authorization","value":"TOPSECRET"}]},"response":{"status":201,"headers":[)"
        R"({"name":"Set-Cookie","value":"a=TOPSECRET"},{"name":"X-Kind","value":"old"},)"
        R"({"name":"Location","value":"https://b/k?X-Amz-Signature=TOPSECRET&c=d"}],)"
        R"("content":{"text":"x"}}}]}})");
    const std::string reply = R"(REPLY={"statusCode":200,"headers":{"Set-Cookie":"b=TOPSECRET","X-Kind":"new",)"
                              R"("X-Api-Key":"TOPSECRET"},"body":"x"})";
    const auto shown = replay(har, "http", {"--env", reply, "--json", folder.file("j"), "--junit", folder.file("x")});
    EXPECT_EQ(shown.code, 4) << shown.err;
    EXPECT_THAT(shown.out, HasSubstr(R"(headers.x-kind: expected "old", got "new")"));
    EXPECT_THAT(shown.out, HasSubstr(R"(headers.x-api-key: expected absent, got "[redacted]")"));
    EXPECT_THAT(shown.out, HasSubstr("X-Amz-Signature=[redacted]&c=d"));
    const auto nobody = run({"replay", har, "--against", "http://127.0.0.1:1"});
    const std::string all = shown.out + shown.err + test::read_file(folder.file("j")) +
                            test::read_file(folder.file("x")) + nobody.out + nobody.err;
    EXPECT_THAT(all, Not(HasSubstr("TOPSECRET")));
}

}  // namespace
}  // namespace understudy::recorded_streams_test
