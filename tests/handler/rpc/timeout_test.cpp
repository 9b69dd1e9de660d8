#include "handler/rpc/method_table.hpp"
#include "tests/support/wait_until.hpp"

#include <gmock/gmock.h>

#include <logquery/v1/logquery.pb.h>

#include <atomic>
#include <future>
#include <map>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace understudy::rpc::timeout_test {
namespace {

using logquery::v1::CheckWindowRequest;
using logquery::v1::CheckWindowResponse;
using testing::Contains;
using testing::Pair;

constexpr const char* kCheckWindow = "logquery.v1.LogQueryService/CheckWindow";

TEST(Timeout, IsKeptByTheTableWhileTheMethodGoesOn) {
    MethodTable methods;
    const auto release = std::make_shared<std::promise<void>>();
    const auto ended = std::make_shared<std::promise<void>>();
    auto released = release->get_future().share();
    methods.add<CheckWindowRequest, CheckWindowResponse>(
        kCheckWindow, [released, ended](const CheckWindowRequest&, CheckWindowResponse&) {
            released.wait();
            ended->set_value();
            return wire::Status();
        });
    const ProxyRequest request{.method = "POST",
                               .path = std::string("/") + kCheckWindow,
                               .headers = {{"content-type", "application/grpc-web"}, {"grpc-timeout", "20m"}},
                               .body = std::string(5, '\0')};
    const auto reply = methods.answer(request);
    EXPECT_EQ(reply.status.code(), wire::Code::deadline_exceeded);
    EXPECT_THAT(reply.headers, Contains(Pair("grpc-status", "4")));
    release->set_value();
    ended->get_future().wait();
}

ProxyRequest make_timed_request(const std::string& timeout) {
    return {.method = "POST",
            .path = std::string("/") + kCheckWindow,
            .headers = {{"content-type", "application/grpc-web"}, {"grpc-timeout", timeout}},
            .body = std::string(5, '\0')};
}

TEST(Timeout, TheLongestOfGrpcIsKept) {
    MethodTable methods;
    methods.add<CheckWindowRequest, CheckWindowResponse>(
        kCheckWindow, [](const CheckWindowRequest&, CheckWindowResponse&) { return wire::Status(); });
    EXPECT_EQ(methods.answer(make_timed_request("99999999H")).status, wire::Status());
}

/// Methods that wait until they are released, and how many of them have ended.
struct Held {
    Held() {
        methods.add<CheckWindowRequest, CheckWindowResponse>(
            kCheckWindow,
            [this, released = release.get_future().share()](const CheckWindowRequest&, CheckWindowResponse&) {
                released.wait();
                ++ended;
                return wire::Status();
            });
    }

    std::atomic<int> ended = 0;
    MethodTable methods;
    std::promise<void> release;  ///< Its end releases them too: the table waits for them.
};

TEST(Timeout, TheTablesEndWaitsForWhatGoesOn) {
    Held held;
    {
        const MethodTable last = std::exchange(held.methods, {});
        for (int i = 0; i < 3; ++i)
            EXPECT_EQ(last.answer(make_timed_request("1m")).status.code(), wire::Code::deadline_exceeded);
        held.release.set_value();
    }
    EXPECT_EQ(held.ended, 3);
}

TEST(Timeout, ManyThatGoOnLeaveNoRoomForMore) {
    Held held;
    for (int i = 0; i < 64; ++i)
        ASSERT_EQ(held.methods.answer(make_timed_request("1m")).status.code(), wire::Code::deadline_exceeded);
    const auto status = held.methods.answer(make_timed_request("1m")).status;
    EXPECT_EQ(status.code(), wire::Code::resource_exhausted);
    EXPECT_EQ(status.message(), "64 calls with timeouts go on, within them or beyond");
    held.release.set_value();
    test::wait_until("64 calls that have ended", [&] { return held.ended == 64; });
    // The last of them may not yet have left its thread.
    wire::Status later = status;
    test::wait_until("room for a call", [&] {
        later = held.methods.answer(make_timed_request("99999999H")).status;
        return later != status;
    });
    EXPECT_EQ(later, wire::Status());
}

TEST(Timeout, NoMoreGoOnHoweverManyBeginAtOnce) {
    Held held;
    for (int i = 0; i < 63; ++i)
        ASSERT_EQ(held.methods.answer(make_timed_request("1m")).status.code(), wire::Code::deadline_exceeded);
    std::vector<std::future<wire::Code>> callers;
    for (int i = 0; i < 8; ++i)
        callers.push_back(std::async(
            std::launch::async, [&held] { return held.methods.answer(make_timed_request("200m")).status.code(); }));
    std::map<wire::Code, int> codes;
    for (auto& caller : callers) ++codes[caller.get()];
    EXPECT_EQ(codes[wire::Code::deadline_exceeded], 1);
    EXPECT_EQ(codes[wire::Code::resource_exhausted], 7);
}

TEST(Timeout, IsTheMethodsToSeeAndItsExceptionsStayItsOwn) {
    MethodTable methods;
    std::optional<std::chrono::milliseconds> seen;
    methods.add<CheckWindowRequest, CheckWindowResponse>(
        kCheckWindow, [&seen](const CheckWindowRequest& request, CheckWindowResponse&, CallContext& context) {
            seen = context.timeout;
            if (request.has_tolerance()) throw std::runtime_error("thrown");
            return wire::Status();
        });
    ProxyRequest request{.method = "POST",
                         .path = std::string("/") + kCheckWindow,
                         .headers = {{"content-type", "application/json"}, {"connect-timeout-ms", "60000"}},
                         .body = "{}"};
    EXPECT_TRUE(methods.answer(request).status.ok());
    EXPECT_EQ(seen, std::chrono::milliseconds(60'000));
    request.body = R"({"tolerance":"1s"})";
    EXPECT_THROW(methods.answer(request), std::runtime_error);
}

}  // namespace
}  // namespace understudy::rpc::timeout_test
