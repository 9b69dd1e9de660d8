// The front doors' own answers, over sockets: one application whose functions show what reaches them.

#include "tests/emulator/doors.hpp"
#include "tests/emulator/net/loopback.hpp"
#include "tests/emulator/served.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scripted_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::doors_test {
namespace {

using app::FrontKind;
using testing::HasSubstr;

TEST(Doors, ALoadBalancerAnswersAClientThatPausesInItsRequest) {
    Settings settings = scripted(FrontKind::alb);
    settings.clock_scale = 1000;
    settings.application.apis[0].idle_timeout = std::chrono::seconds(30);  // 30 ms
    const Served served(settings);
    const std::string page =
        "<html>\r\n<head><title>408 Request Time-out</title></head>\r\n<body>\r\n"
        "<center><h1>408 Request Time-out</h1></center>\r\n</body>\r\n</html>\r\n";
    for (const std::string_view part : {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf", "POST / HT"}) {
        net::RawClient client(served.port());
        client.write(part);
        const net::WireReply reply = client.read_reply();
        EXPECT_EQ(reply.status, 408) << part;
        EXPECT_TRUE(reply.has_line("Server: awselb/2.0")) << reply.head;
        EXPECT_TRUE(reply.has_line("Connection: close")) << reply.head;
        EXPECT_EQ(reply.body, page);
        EXPECT_TRUE(client.reads_end());
    }
    EXPECT_EQ(served.record().log(), "") << "the function was never called";
    EXPECT_EQ(served.record().statuses(), std::vector{408}) << "what has a head is told";
}

TEST(Doors, AWholeUrlInTheRequestLineGoesBeforeHost) {
    const Served served(house());
    net::RawClient client(served.port());
    client.write("GET http://http.execute-api.localhost/signed?a=b HTTP/1.1\r\nHost: foo\r\n\r\n");
    const net::WireReply reply = client.read_reply();
    EXPECT_EQ(reply.status, 200);
    EXPECT_THAT(reply.body, HasSubstr(R"("rawPath":"/signed","rawQueryString":"a=b")"));
    EXPECT_THAT(reply.body, HasSubstr(R"("host":"http.execute-api.localhost")"));
}

TEST(Doors, NoOtherFrontMindsAPause) {
    Settings settings = house();
    settings.clock_scale = 10;
    for (app::Function& function : settings.application.functions) function.timeout = std::chrono::seconds(900);
    app::Api balancer = app::to_single_function_api(FrontKind::alb, {}, "show");
    balancer.name = "Balancer";
    balancer.idle_timeout = std::chrono::seconds(1);
    settings.application.apis.push_back(balancer);
    const Served served(settings);
    net::RawClient rest(served.port()), no_head(served.port()), balanced(served.port());
    rest.write("POST /_apis/Rest/prod/checked HTTP/1.1\r\nHost: localhost\r\nNeed: x\r\nContent-Length: 2\r\n\r\n[");
    no_head.write("GET /_apis/Url/ HTTP/1.1\r\n");
    balanced.write("POST /_apis/Balancer/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n[");
    EXPECT_EQ(balanced.read_reply().status, 408) << "a second is 100 ms";
    rest.write("]");
    EXPECT_EQ(rest.read_reply().status, 200);
    no_head.write("Host: localhost\r\n\r\n");
    EXPECT_EQ(no_head.read_reply().status, 200);
}

TEST(Doors, WhatNeverSaysForWhichApiItIsIsAnsweredAsALoadBalancerWould) {
    Settings settings = house();
    settings.clock_scale = 2000;  // a minute is 30 ms
    const Served served(settings);
    for (const std::string_view part :
         {"GET /_apis/Ur", "POST /_apis/None/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n["}) {
        net::RawClient client(served.port());
        client.write(part);
        const net::WireReply reply = client.read_reply();
        EXPECT_EQ(reply.status, 408) << part;
        EXPECT_EQ(reply.body, "The request stopped before it said for which API it is.\n");
        EXPECT_TRUE(client.reads_end());
    }
}

TEST(Doors, AMalformedRequestIsAnsweredByTheApiThatItsHeadNamesAndIsTold) {
    Settings settings = house();
    app::Api balancer = app::to_single_function_api(FrontKind::alb, {}, "show");
    balancer.name = "Balancer";
    settings.application.apis.insert(settings.application.apis.begin(), balancer);
    const Served served(settings);
    const std::string large = "Content-Length: 10485761\r\n\r\n",
                      broken = "Transfer-Encoding: chunked\r\n\r\nno size\r\n";
    const struct {
        std::string path, rest;
        int status;
        std::string body;
    } rows[] = {
        {"Rest/prod/checked", large, 413, R"({"message":"Request Too Long"})"},
        {"Http/signed", large, 413, R"({"message":"Request Entity Too Large"})"},
        {"Url/", large, 413, R"({"Message":"Request Entity Too Large"})"},
        {"Balancer/", large, 413, "<center><h1>413 Request Entity Too Large</h1></center>"},
        {"Rest/prod/checked", broken, 400, R"({"message")"},
        {"Balancer/", broken, 400, "<center><h1>400 Bad Request</h1></center>"},
        {"None/", large, 404, "This request names no API."},
    };
    std::vector<int> statuses;
    for (const auto& row : rows) {
        net::RawClient client(served.port());
        client.write("POST /_apis/" + row.path + " HTTP/1.1\r\nHost: localhost\r\n" + row.rest);
        const net::WireReply reply = client.read_reply();
        EXPECT_EQ(reply.status, row.status) << row.path;
        EXPECT_THAT(reply.body, HasSubstr(row.body)) << row.path;
        EXPECT_TRUE(client.reads_end());
        statuses.push_back(row.status);
    }
    net::RawClient nothing(served.port());
    nothing.write("no HTTP\r\n\r\n");
    EXPECT_EQ(nothing.read_reply().status, 400);
    EXPECT_EQ(served.record().statuses(), statuses) << "what has a head is told";
}

TEST(Doors, AHeadIsAnsweredByTheApiThatItNamesBeforeItsFault) {
    Settings settings = house();
    app::Api balancer = app::to_single_function_api(FrontKind::alb, {}, "show");
    balancer.name = "Balancer";
    settings.application.apis.push_back(balancer);
    const Served served(settings);
    const std::string page = "<center><h1>400 Bad Request</h1></center>", json = R"({"message")";
    const struct {
        std::string path, lines, body;
    } rows[] = {
        {"/_apis/Balancer/x", "Bad Header: 1\r\n", page},
        {"/x", "Host: balancer.elb.localhost\r\nBad Header: 1\r\n", page},
        {"/_apis/Http/x", "A: b\r\nno line\r\n", R"({"message":"Bad Request"})"},
        {"/x", "Bad Header: 1\r\nHost: balancer.elb.localhost\r\n", json},
        {"/_apis/None/x", "Bad Header: 1\r\n", json},
    };
    for (const auto& row : rows) {
        net::RawClient client(served.port());
        client.write("GET " + row.path + " HTTP/1.1\r\n" + row.lines + "\r\n");
        const net::WireReply reply = client.read_reply();
        EXPECT_EQ(reply.status, 400) << row.path;
        EXPECT_THAT(reply.body, HasSubstr(row.body)) << row.path;
        EXPECT_TRUE(client.reads_end());
    }
    EXPECT_EQ(served.record().statuses(), std::vector<int>(std::size(rows), 400));
}

TEST(Doors, ABodyThatIsNotReadIsRefusedInTheApisOwnWords) {
    Settings settings = house();
    settings.application.apis[0].gateway_responses.push_back(
        {.type = "REQUEST_TOO_LARGE", .headers = {{"X-Large", "context.path"}}});
    const Served served(settings);
    for (const auto& [path, line] : {std::pair("Rest/prod/checked", "X-Large: /prod/checked"),
                                     std::pair("Http/signed", "access-control-allow-origin: https://a.example")}) {
        net::RawClient client(served.port());
        client.write(std::string("POST /_apis/") + path +
                     " HTTP/1.1\r\nOrigin: https://a.example\r\nHost: localhost\r\nContent-Length: 10485761\r\n\r\n");
        const net::WireReply reply = client.read_reply();
        EXPECT_EQ(reply.status, 413);
        EXPECT_TRUE(reply.has_line(line)) << reply.head;
    }
}

TEST(Doors, SamCliTakesABodyOfAnySize) {
    const std::string body(10 * 1024 * 1024 + 1, 'x');
    for (const auto& [front, status] :
         {std::pair(FrontKind::rest, 200), std::pair(FrontKind::http, 200), std::pair(FrontKind::url, 413)}) {
        Settings settings = scripted(front);
        settings.application.profile = app::Profile::sam;
        settings.application.functions[0].environment = {{"ORDER", "reply"}, {"REPLY", R"({"statusCode":200})"}};
        const Served served(settings);
        EXPECT_EQ(served.ask({"POST", "/", {{"Content-Type", "text/plain"}}, body}).status, status);
    }
}

TEST(Doors, AnEdgeApiRefusesAUrlThatIsTooLong) {
    Settings settings = scripted(FrontKind::rest);
    settings.application.apis[0].endpoint = app::EndpointType::edge;
    const Served served(settings);
    const std::string longest = "/?do=show&x=" + std::string(8192 - 12, 'x');
    EXPECT_EQ(served.get(longest).status, 200);
    const auto refused = served.get(longest + 'x');
    EXPECT_EQ(refused.status, 414);
    EXPECT_EQ(refused.body, R"({"message":"Request URI Too Long"})");
    EXPECT_EQ(*refused.find_header("x-amzn-ErrorType"), "BadRequestException");
    EXPECT_EQ(*refused.find_header("X-Cache"), "Error from cloudfront");
    EXPECT_EQ(*refused.find_header("Content-Type"), "application/json");
}

TEST(Doors, AnEdgeApiTellsThatItsClientSpeaksHttp2) {
    Settings settings = scripted(FrontKind::rest);
    settings.application.apis[0].endpoint = app::EndpointType::edge;
    const Served served(settings);
    const auto via = [&](const std::string& version) {
        const std::string url = served.endpoints().gateway + "/?do=show";
        return test::run_file("/usr/bin/curl", {"--silent", version, url}, {}).out;
    };
    EXPECT_THAT(via("--http2-prior-knowledge"), HasSubstr("2.0 d98420743a69852491bbdea73f7680bd.cloudfront.net"));
    EXPECT_THAT(via("--http1.1"), HasSubstr("1.1 d98420743a69852491bbdea73f7680bd.cloudfront.net"));
}

}  // namespace
}  // namespace understudy::doors_test
