#include "client/report.hpp"

#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

namespace understudy::client::report_test {
namespace {

using google::protobuf::util::TimeUtil;
using namespace logquery::v1;

template <class Request>
Request make_request() {
    Request request;
    TimeUtil::FromString("2026-01-05T09:58:55Z", request.mutable_time());
    request.mutable_tolerance()->set_seconds(300);
    return request;
}

TEST(Report, SaysWhetherThereIsAMessage) {
    CheckWindowResponse response;
    EXPECT_EQ(render_check(make_request<CheckWindowRequest>(), response),
              "not found: no message within 300s of 2026-01-05T09:58:55Z\n");
    response.set_found(true);
    EXPECT_EQ(render_check(make_request<CheckWindowRequest>(), response),
              "found: messages within 300s of 2026-01-05T09:58:55Z\n");
}

TEST(Report, ShowsMessagesOneALine) {
    auto request = make_request<FindMessagesRequest>();
    request.set_pattern("boom");
    FindMessagesResponse response;
    EXPECT_EQ(render_messages(request, response),
              "not found: no message within 300s of 2026-01-05T09:58:55Z that match boom\n");
    LogMessage& message = *response.add_messages();
    TimeUtil::FromString("2026-01-05T09:58:55.123Z", message.mutable_time());
    message.set_level("WARN");
    message.set_logger("HelperUtils$");
    message.set_text("boom\nat line 1\nat line 2");
    EXPECT_EQ(render_messages(request, response),
              "2026-01-05T09:58:55.123Z WARN  [HelperUtils$] boom\n    at line 1\n    at line 2\n"
              "found: 1 message within 300s of 2026-01-05T09:58:55Z that match boom\n");
    message.clear_logger();
    message.set_text("a\x1b[31mb\tc\x7f é");
    *response.add_messages() = message;
    response.set_truncated(true);
    request.clear_pattern();
    EXPECT_EQ(
        render_messages(request, response),
        "2026-01-05T09:58:55.123Z WARN  a?[31mb\tc? é\n2026-01-05T09:58:55.123Z WARN  a?[31mb\tc? é\n"
        "found: 2 messages within 300s of 2026-01-05T09:58:55Z; there are more: raise --limit or narrow the window\n");
}

TEST(Report, OfAFailureLeavesNothingForTheTerminalToObey) {
    EXPECT_EQ(render_failure({wire::Code::unavailable, "try\tagain\nlater"}), "unavailable: try\tagain\nlater");
    EXPECT_EQ(render_failure({wire::Code::internal,
                              "\x1b]0;title\x07 \x1b[2J\r \xc2\x9b"
                              "31m \x7f \xc2\xb5 \xc3\xa9"}),
              "internal: ?]0;title? ?[2J? ?31m ? \xc2\xb5 \xc3\xa9");
}

TEST(Report, ForProgramsShowsDefaults) {
    EXPECT_EQ(render_json(CheckWindowResponse()), "{\"found\":false}\n");
    EXPECT_EQ(render_json(FindMessagesResponse()), "{\"messages\":[],\"truncated\":false}\n");
    FindMessagesResponse response;
    response.add_messages()->set_offset(7);
    EXPECT_EQ(
        render_json(response),
        R"({"messages":[{"level":"","logger":"","text":"","thread":"","file":"","offset":"7"}],"truncated":false})"
        "\n");
}

}  // namespace
}  // namespace understudy::client::report_test
