// Responses that a runtime streams to a caller who takes them so (RIE internal/lambda/core/directinvoke).

#include "tests/emulator/lambda/scripted_environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::lambda::environment_stream_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kAccepted = R"(reply 1: 202 {"status":"OK"})";

/// An environment that runs an invocation whose caller takes a stream.
class StreamingEnvironment : public ScriptedEnvironment {
  public:
    explicit StreamingEnvironment(EnvironmentTerms terms = quiet_terms()) : ScriptedEnvironment(terms) {
        next(100);
        Invocation invocation = make_invocation("id-1");
        invocation.reply = ReplyMode::streamed;
        invoke(std::move(invocation));
    }
    Lines begin(std::uint64_t ticket, std::string id = "id-1") {
        return call(ticket, StreamBegin{.id = std::move(id), .content_type = "text/plain"});
    }
    Lines bytes(std::uint64_t ticket, std::string_view bytes) { return call(ticket, StreamBytes{bytes}); }
    Lines end(std::uint64_t ticket) { return call(ticket, StreamEnd{}); }
};

TEST(EnvironmentStream, BytesArePassedAsTheyComeAndTheEndIsTheOutcome) {
    StreamingEnvironment script;
    EXPECT_TRUE(script.environment.streams());
    EXPECT_THAT(script.begin(1), ElementsAre("start text/plain"));
    EXPECT_THAT(script.bytes(1, "one"), ElementsAre("pass one"));
    EXPECT_THAT(script.bytes(1, "two"), ElementsAre("pass two"));
    EXPECT_THAT(script.end(1), ElementsAre("complete succeeded: ", kAccepted));
    EXPECT_THAT(script.next(2), ElementsAre("idle"));
    EXPECT_FALSE(script.environment.streams());
}

TEST(EnvironmentStream, AnErrorInTheTrailersEndsItAndIsAcceptedAllTheSame) {
    StreamingEnvironment script;
    script.begin(1);
    script.bytes(1, "some");
    const Actions actions =
        script.environment.on_call(StreamEnd{StreamError{"My.Error", R"({"e":1})"}}, Ticket(1), script.now, 0);
    EXPECT_THAT(describe(actions), ElementsAre(R"(complete function_error: {"e":1})", kAccepted));
    EXPECT_EQ(std::get<Complete>(actions[0]).outcome.error_type, "My.Error");
}

TEST(EnvironmentStream, AWholeReplyOrAnErrorIsTheOutcomeWithoutAStream) {
    StreamingEnvironment whole;
    EXPECT_THAT(whole.respond(1, "id-1", "all"), ElementsAre("complete succeeded: all", kAccepted));
    StreamingEnvironment failed;
    EXPECT_THAT(failed.post_error(1, "id-1", "{}"), ElementsAre("complete function_error: {}", kAccepted));
}

TEST(EnvironmentStream, AWrongIdOrStateIsRefusedAtTheHeadAndTheRestGoesNowhere) {
    StreamingEnvironment script;
    EXPECT_THAT(script.begin(1, "other"), ElementsAre(HasSubstr("reply 1: 400")));
    EXPECT_THAT(script.bytes(1, "lost"), IsEmpty());
    EXPECT_THAT(script.end(1), IsEmpty());
    script.begin(2);
    EXPECT_THAT(script.begin(3), ElementsAre(HasSubstr("from InvocationResponse to InvocationResponse")));
    EXPECT_THAT(script.bytes(3, "lost"), IsEmpty());
    EXPECT_THAT(script.bytes(2, "kept"), ElementsAre("pass kept"));
}

TEST(EnvironmentStream, NothingElseIsAllowedWhileItLasts) {
    StreamingEnvironment script;
    script.begin(1);
    EXPECT_THAT(script.next(2), ElementsAre(HasSubstr("403")));
    EXPECT_THAT(script.respond(2, "id-1", "r"), ElementsAre(HasSubstr("403")));
    EXPECT_THAT(script.post_error(2, "id-1", "r"), ElementsAre(HasSubstr("403")));
    EXPECT_THAT(script.end(1), ElementsAre("complete succeeded: ", kAccepted));
}

TEST(EnvironmentStream, AnUploadThatBreaksOffIsATruncatedResponse) {
    StreamingEnvironment script;
    script.begin(1);
    script.bytes(1, "some");
    EXPECT_THAT(script.call(1, StreamCut{}),
                ElementsAre(HasSubstr(R"("errorType":"Runtime.TruncatedResponse")"), HasSubstr("reply 1: 400")));
    EXPECT_THAT(script.next(2), ElementsAre("idle"));
}

TEST(EnvironmentStream, ExitsAndTimeoutsEndItWithTheirError) {
    StreamingEnvironment crashed;
    crashed.begin(1);
    EXPECT_THAT(crashed.exit(3),
                ElementsAre(HasSubstr("complete function_error: {\"errorType\":\"Runtime.ExitError\""), "dead"));
    EXPECT_THAT(crashed.bytes(1, "late"), IsEmpty());

    StreamingEnvironment late;
    late.begin(1);
    late.wait(std::chrono::seconds(3));
    EXPECT_THAT(late.reach_deadline(), ElementsAre(HasSubstr("Task timed out after 3.00 seconds"), "kill"));
    EXPECT_THAT(late.bytes(1, "late"), IsEmpty());
    EXPECT_THAT(late.end(1), IsEmpty());
}

TEST(EnvironmentStream, TwoHundredMebibytesPassAndNoMore) {
    const std::string piece(50 * 1024 * 1024, 'x');
    for (const std::size_t more : {0, 1}) {
        StreamingEnvironment script;
        script.begin(1);
        std::size_t passed = 0;
        for (int i = 0; i < 4; ++i) passed += script.bytes(1, piece).size();
        EXPECT_EQ(passed, 4u);
        EXPECT_THAT(script.bytes(1, std::string(more, 'y')), IsEmpty());
        const auto lines = script.end(1);
        EXPECT_THAT(lines[0], HasSubstr(more == 0 ? "complete succeeded: " : "Function.ResponseSizeTooLarge"));
        EXPECT_THAT(lines[1], HasSubstr(more == 0 ? "202" : "413"));
    }
}

TEST(EnvironmentStream, TheLogsTailComesWithTheEnd) {
    StreamingEnvironment script;
    script.begin(1);
    script.end(1);
    script.next(2);
    Invocation invocation = make_invocation("id-2");
    invocation.reply = ReplyMode::streamed;
    invocation.wants_log_tail = true;
    script.invoke(std::move(invocation));
    EXPECT_THAT(script.begin(3, "id-2"), ElementsAre("start text/plain"));
    EXPECT_THAT(script.end(3), ElementsAre(HasSubstr("202")));
    EXPECT_THAT(script.next(4), ElementsAre("complete succeeded: ", "idle"));
}

}  // namespace
}  // namespace understudy::lambda::environment_stream_test
