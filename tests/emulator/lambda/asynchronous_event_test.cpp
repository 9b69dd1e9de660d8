#include "emulator/lambda/asynchronous_event.hpp"

#include "emulator/lambda/destination_record.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::lambda::asynchronous_event_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Each attempt at its moment: `f` fails, `t` is throttled, `s` succeeds. Each word: what is done after it.
std::string run(app::AsynchronousTerms terms, std::string_view attempts) {
    AsynchronousEvent event(std::move(terms));
    milliseconds age{};
    std::string course;
    for (const char attempt : attempts) {
        const OutcomeKind kind = attempt == 'f'   ? OutcomeKind::function_error
                                 : attempt == 't' ? OutcomeKind::throttled
                                                  : OutcomeKind::succeeded;
        const auto next = event.on_outcome(kind, age);
        if (const auto* end = std::get_if<EventEnd>(&next)) {
            return course + std::string(condition_name(*end)) + " after " + std::to_string(event.attempts());
        }
        age += std::get<RetryAfter>(next).wait;
        course += std::to_string(std::chrono::duration_cast<seconds>(std::get<RetryAfter>(next).wait).count()) + ' ';
    }
    return course;
}

TEST(AsynchronousEvent, GoesThroughItsAttempts) {
    struct Row {
        app::AsynchronousTerms terms;
        const char* attempts;
        const char* course;
    };
    const Row rows[] = {
        {{}, "s", "Success after 1"},
        {{}, "fs", "60 Success after 2"},
        {{}, "fff", "60 120 RetriesExhausted after 3"},
        {{.retries = 1}, "ff", "60 RetriesExhausted after 2"},
        {{.retries = 0}, "f", "RetriesExhausted after 1"},
        {{}, "tttttttttttfs", "1 2 4 8 16 32 64 128 256 300 300 60 Success after 2"},
        {{.retries = 0}, "ttf", "1 2 RetriesExhausted after 1"},
        {{.maximum_age = seconds(60)}, "ff", "60 EventAgeExceeded after 2"},
        {{.maximum_age = seconds(100)}, "ff", "60 EventAgeExceeded after 2"},
        {{.maximum_age = seconds(60)}, "ttttttt", "1 2 4 8 16 EventAgeExceeded after 0"},
    };
    for (const Row& row : rows) EXPECT_EQ(run(row.terms, row.attempts), row.course) << row.attempts;
}

TEST(DestinationRecord, TellsOfSuccessAndFailure) {
    Invocation invocation;
    invocation.id = "id-1";
    invocation.payload = std::make_shared<const std::string>(R"({"n":1.0})");
    invocation.function_arn = "arn:aws:lambda:us-east-1:123456789012:function:shop";
    const std::chrono::system_clock::time_point now{std::chrono::milliseconds(1573755365568)};
    const auto render = [&](const Outcome& outcome, EventEnd end, int attempts) {
        return render_destination_record(invocation, outcome, end, attempts, now);
    };
    EXPECT_EQ(render({.payload = "\"done\""}, EventEnd::succeeded, 1),
              R"({"version":"1.0","timestamp":"2019-11-14T18:16:05.568Z","requestContext":{"requestId":"id-1",)"
              R"("functionArn":"arn:aws:lambda:us-east-1:123456789012:function:shop:$LATEST","condition":"Success",)"
              R"("approximateInvokeCount":1},"requestPayload":{"n":1.0},)"
              R"("responseContext":{"statusCode":200,"executedVersion":"$LATEST"},"responsePayload":"done"})");
    invocation.function_arn += ":live";
    invocation.version = "3";
    EXPECT_EQ(render({OutcomeKind::function_error, R"({"errorMessage":"x"})"}, EventEnd::retries_exhausted, 3),
              R"({"version":"1.0","timestamp":"2019-11-14T18:16:05.568Z","requestContext":{"requestId":"id-1",)"
              R"("functionArn":"arn:aws:lambda:us-east-1:123456789012:function:shop:live",)"
              R"("condition":"RetriesExhausted","approximateInvokeCount":3},"requestPayload":{"n":1.0},)"
              R"("responseContext":{"statusCode":200,"executedVersion":"3","functionError":"Unhandled"},)"
              R"("responsePayload":{"errorMessage":"x"}})");
    const std::string untried = render({}, EventEnd::no_concurrency, 0);
    EXPECT_TRUE(untried.ends_with(R"("approximateInvokeCount":0},"requestPayload":{"n":1.0}})")) << untried;
    const std::string plain = render({.payload = "no JSON"}, EventEnd::succeeded, 1);
    EXPECT_TRUE(plain.ends_with(R"("responsePayload":"no JSON"})")) << plain;
}

}  // namespace
}  // namespace understudy::lambda::asynchronous_event_test
