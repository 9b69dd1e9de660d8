#include "client/http_exchange.hpp"

#include "tests/support/scripted_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

namespace understudy::client::http_exchange_test {
namespace {

using test::Peer;
using test::RawRequest;
using test::ScriptedServer;
using testing::HasSubstr;

constexpr std::chrono::milliseconds kPatience{20'000};

HttpClient make_client(const ScriptedServer& server) {
    return HttpClient(*parse_url("http://" + server.authority()));
}

/// What a client makes of a reply of these bytes, after which the server closes.
ExchangeResult exchange_with(const std::string& reply, const HttpRequest& request) {
    std::optional<ExchangeResult> result;
    ScriptedServer server([&](ScriptedServer& me) {
        Peer peer = me.accept();
        peer.read_request();
        peer.write(reply);
    });
    HttpClient client = make_client(server);
    return client.exchange(request, kPatience);
}
ExchangeResult exchange_with(const std::string& reply, const std::string& method) {
    return exchange_with(reply, HttpRequest{.method = method});
}

TEST(HttpExchange, KeepsTheRepliesLinesInTheirOrderAndSpelling) {
    const auto result = exchange_with(
        "HTTP/1.1 207 Many\r\nset-cookie: a=1\r\nX-Other:  padded \r\nSet-Cookie: b=2\r\nX-Empty:\r\nx-other: again\r\n"
        "Content-Length: 4\r\n\r\nbody",
        "GET");
    ASSERT_TRUE(result.has_value()) << result.error().message();
    EXPECT_EQ(result->status, 207);
    EXPECT_EQ(result->body, "body");
    EXPECT_EQ(result->headers, (HeaderLines{{"set-cookie", "a=1"},
                                            {"X-Other", "padded"},
                                            {"Set-Cookie", "b=2"},
                                            {"X-Empty", ""},
                                            {"x-other", "again"},
                                            {"Content-Length", "4"}}));
    ASSERT_NE(result->find_header("SET-COOKIE"), nullptr);
    EXPECT_EQ(*result->find_header("SET-COOKIE"), "a=1");
    EXPECT_EQ(result->find_header("X-Missing"), nullptr);
}

TEST(HttpExchange, ReadsBodiesOfEachFraming) {
    const std::tuple<const char*, const char*, const char*> rows[] = {
        {"GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", "hello"},
        {"GET", "HTTP/1.1 200 OK\r\n\r\nuntil the end", "until the end"},
        {"GET", "HTTP/1.1 204 No Content\r\n\r\n", ""},
        {"GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""},
        {"HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", ""},
        {"GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok"},
    };
    for (const auto& [method, reply, body] : rows) {
        const auto result = exchange_with(reply, method);
        ASSERT_TRUE(result.has_value()) << reply << result.error().message();
        EXPECT_EQ(result->body, body);
    }
}

TEST(HttpExchange, ReportsWhatIsNoReply) {
    for (const char* reply :
         {"", "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "HTTP/1.1 200 OK\r\nContent-"}) {
        const auto result = exchange_with(reply, "GET");
        ASSERT_TRUE(result.has_error()) << reply;
        EXPECT_EQ(result.error().code(), TransportCode::broken) << reply;
        EXPECT_THAT(result.error().message(), HasSubstr("127.0.0.1"));
    }
}

TEST(HttpExchange, APartOfAReplyIsTakenWhereItIsAskedFor) {
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n";
    const auto part = exchange_with(head + "\r\nhel", HttpRequest{.accepts_part = true});
    ASSERT_TRUE(part.has_value()) << part.error().message();
    EXPECT_TRUE(part->cut_off);
    EXPECT_EQ(part->body, "hel");
    const auto whole = exchange_with(head + "\r\nhello you", HttpRequest{.accepts_part = true});
    ASSERT_TRUE(whole.has_value()) << whole.error().message();
    EXPECT_FALSE(whole->cut_off);
    for (const auto& problem :
         {exchange_with(head + "\r\nhel", "GET"), exchange_with(head, HttpRequest{.accepts_part = true}),
          exchange_with("HTTP/1.1 100 Continue\r\n\r\n", HttpRequest{.accepts_part = true})}) {
        ASSERT_TRUE(problem.has_error());
        EXPECT_EQ(problem.error().code(), TransportCode::broken);
    }
}

TEST(HttpExchange, ABodyThatIsTooLongIsNotTakenNorAPartOfIt) {
    const std::string head = "HTTP/1.1 200 OK\r\n";
    for (const std::string& reply : {head + "Content-Length: 18446744073709551615\r\n\r\nx", head + "\r\n123456",
                                     head + "Transfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n0\r\n\r\n"}) {
        const auto result = exchange_with(reply, HttpRequest{.accepts_part = true, .most_body = 5});
        ASSERT_TRUE(result.has_error()) << reply;
        EXPECT_EQ(result.error().code(), TransportCode::too_large) << reply;
        EXPECT_THAT(result.error().message(), HasSubstr("too long a reply from 127.0.0.1:"));
    }
    EXPECT_TRUE(exchange_with(head + "\r\n12345", HttpRequest{.most_body = 5}).has_value());
}

TEST(HttpExchange, UsesOneConnectionForManyRequests) {
    ScriptedServer server([](ScriptedServer& me) {
        Peer peer = me.accept();
        for (int i = 0; i < 3; ++i) {
            const RawRequest request = peer.read_request();
            peer.reply("200 OK", "", request.body);
        }
        EXPECT_EQ(peer.try_read_request(), std::nullopt);
    });
    HttpClient client = make_client(server);
    for (const char* body : {"one", "two", "three"}) {
        const auto result = client.exchange({.method = "PUT", .body = body}, kPatience);
        ASSERT_TRUE(result.has_value()) << result.error().message();
        EXPECT_EQ(result->body, body);
    }
}

TEST(HttpExchange, SendsAgainWhereAKeptConnectionWasClosed) {
    ScriptedServer server([](ScriptedServer& me) {
        for (int i = 0; i < 3; ++i) {
            Peer peer = me.accept();
            peer.read_request();
            peer.reply("200 OK", "", "yes");
        }
    });
    HttpClient client = make_client(server);
    for (int i = 0; i < 3; ++i) {
        const auto result = client.exchange({.method = "POST"}, kPatience);
        ASSERT_TRUE(result.has_value()) << result.error().message();
        EXPECT_EQ(result->body, "yes");
    }
}

TEST(HttpExchange, DoesNotSendAgainOnceAReplyHasBegun) {
    ScriptedServer server([](ScriptedServer& me) {
        Peer peer = me.accept();
        peer.read_request();
        peer.reply("200 OK", "", "yes");
        peer.read_request();
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
    });
    HttpClient client = make_client(server);
    EXPECT_TRUE(client.exchange({}, kPatience).has_value());
    const auto second = client.exchange({}, kPatience);
    ASSERT_TRUE(second.has_error());
    EXPECT_EQ(second.error().code(), TransportCode::broken);
}

TEST(HttpExchange, HonoursConnectionClose) {
    ScriptedServer server([](ScriptedServer& me) {
        for (int i = 0; i < 2; ++i) {
            Peer peer = me.accept();
            peer.read_request();
            peer.reply("200 OK", "Connection: close\r\n", "");
            EXPECT_EQ(peer.try_read_request(), std::nullopt);
        }
    });
    HttpClient client = make_client(server);
    EXPECT_TRUE(client.exchange({}, kPatience).has_value());
    EXPECT_TRUE(client.exchange({}, kPatience).has_value());
}

TEST(HttpExchange, CarriesMegabytesBothWays) {
    std::string body(5 * 1024 * 1024, '\xfe');
    for (std::size_t i = 0; i < body.size(); i += 997) body[i] = static_cast<char>(i);
    ScriptedServer server([](ScriptedServer& me) {
        Peer peer = me.accept();
        peer.reply("200 OK", "", peer.read_request().body);
        EXPECT_EQ(peer.try_read_request(), std::nullopt);
    });
    HttpClient client = make_client(server);
    const auto result = client.exchange({.method = "POST", .body = body}, kPatience);
    ASSERT_TRUE(result.has_value()) << result.error().message();
    EXPECT_TRUE(result->body == body);
}

TEST(HttpExchange, ReadsARefusalThatComesBeforeTheBodyIsThrough) {
    ScriptedServer server([](ScriptedServer& me) {
        Peer peer = me.accept();
        peer.read_head();
        peer.reply("413 Content Too Large", "Connection: close\r\n", "too large");
    });
    HttpClient client = make_client(server);
    const auto result = client.exchange({.method = "POST", .body = std::string(16 * 1024 * 1024, 'x')}, kPatience);
    ASSERT_TRUE(result.has_value()) << result.error().message();
    EXPECT_EQ(result->status, 413);
}

TEST(HttpExchange, EndsInTimeAndRecovers) {
    ScriptedServer server([](ScriptedServer& me) {
        {
            Peer silent = me.accept();
            silent.read_request();
            silent.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
            EXPECT_EQ(silent.try_read_request(), std::nullopt);
        }
        Peer peer = me.accept();
        peer.read_request();
        peer.reply("200 OK", "", "later");
    });
    HttpClient client = make_client(server);
    const auto late = client.exchange({}, std::chrono::milliseconds(50));
    ASSERT_TRUE(late.has_error());
    EXPECT_EQ(late.error().code(), TransportCode::timed_out);
    const auto next = client.exchange({}, kPatience);
    ASSERT_TRUE(next.has_value()) << next.error().message();
    EXPECT_EQ(next->body, "later");
}

TEST(HttpExchange, FindsNamesAndReportsUnknownOnes) {
    ScriptedServer server([](ScriptedServer& me) {
        Peer peer = me.accept();
        EXPECT_TRUE(peer.read_request().head.find("Host: localhost:") != std::string::npos);
        peer.reply("200 OK", "", "");
    });
    HttpClient client(*parse_url("http://localhost:" + std::to_string(server.port())));
    EXPECT_TRUE(client.exchange({}, kPatience).has_value());
    HttpClient lost(*parse_url("http://no-such-host.invalid:1"));
    EXPECT_EQ(lost.exchange({}, kPatience).error().code(), TransportCode::unreachable);
}

TEST(HttpExchange, OverHttpsWithoutTlsBehindItIsUntrusted) {
    ScriptedServer server([](ScriptedServer& me) { me.accept().write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    HttpClient client(*parse_url("https://" + server.authority()));
    const auto result = client.exchange({}, kPatience);
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().code(), TransportCode::untrusted);
}

TEST(HttpExchange, OverHttpsWithoutAReadableCaFileIsUntrusted) {
    ScriptedServer server([](ScriptedServer& me) { me.accept(); });
    HttpClient client(*parse_url("https://" + server.authority()), "/no/such/file.pem");
    const auto result = client.exchange({}, kPatience);
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().code(), TransportCode::untrusted);
    EXPECT_THAT(result.error().message(), HasSubstr("certificates"));
}

}  // namespace
}  // namespace understudy::client::http_exchange_test
