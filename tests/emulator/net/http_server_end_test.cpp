#include "emulator/net/http_server.hpp"
#include "tests/emulator/net/answering_servers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace understudy::net::http_server_test {
namespace {

using testing::HasSubstr;

TEST(HttpServer, HalfRequestsAndVanishingClientsAreDroppedQuietly) {
    LoopbackServer server(echo);
    const std::vector<std::string> halves{
        "",
        "G",
        "GET / HT",
        "GET / HTTP/1.1\r\nA: b",
        "GET / HTTP/1.1\r\nA: b\r\n\r",
        "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha",
        "POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n" + std::string(900'000, 'x')};
    for (const std::string& half : halves) {
        SCOPED_TRACE(half.substr(0, 80));
        RawClient half_closed(server.port());
        half_closed.write(half);
        half_closed.end_writing();
        EXPECT_EQ(half_closed.read_all(), "");
        RawClient closed(server.port());
        closed.write(half);
        closed.close();
        RawClient torn(server.port());
        torn.write(half);
        torn.reset();
        EXPECT_EQ(ask_once(server), 200);
    }
}

TEST(HttpServer, BodiesThatBreakOffAreHandedOutWhereSomebodyWantsThem) {
    LoopbackServer server(echo);
    std::atomic<int> count = 0;
    server.run([&] {
        server.server().on_truncated([&](http::Request&& request, Responder responder, const Peer&) {
            EXPECT_FALSE(responder.open());
            ++count;
            std::move(responder).send({400, {}, "cut: " + request.target + ' ' + request.body.substr(0, 10)});
        });
    });
    struct Case {
        std::string bytes;
        std::string reply;
    };
    const std::string long_body(900'000, 'x');
    const std::vector<Case> cases{
        {"POST /a HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf", "cut: /a half"},
        {"POST /b HTTP/1.1\r\nContent-Length: 9\r\n\r\n", "cut: /b "},
        {"POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "cut: /c hello"},
        {"POST /d HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n0\r\n", "cut: /d he"},
        {"POST /e HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n" + long_body, "cut: /e xxxxxxxxxx"},
        {"POST /f HTTP/1.1\r\nContent-Length: 1\r\n", ""},
        {"GET /g HT", ""},
        {"", ""},
    };
    int expected = 0;
    for (const auto& [bytes, reply] : cases) {
        SCOPED_TRACE(bytes.substr(0, 80));
        expected += reply.empty() ? 0 : 1;
        RawClient half_closed(server.port());
        half_closed.write(bytes);
        half_closed.end_writing();
        if (reply.empty()) {
            EXPECT_EQ(half_closed.read_all(), "");
        } else {
            const WireReply answer = half_closed.read_reply();
            EXPECT_EQ(answer.status, 400);
            EXPECT_EQ(answer.body, reply);
            EXPECT_TRUE(half_closed.reads_end());
        }
        EXPECT_EQ(count, expected);
    }
    RawClient torn(server.port());
    torn.write(cases.front().bytes);
    torn.reset();
    EXPECT_EQ(ask_once(server), 200);
}

TEST(HttpServer, HalfClosedClientStillGetsAllItsReplies) {
    LoopbackServer server(echo);
    RawClient client(server.port());
    client.write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
    client.end_writing();
    const std::string all = client.read_all();
    EXPECT_THAT(all, HasSubstr("GET /1\n"));
    EXPECT_THAT(all, HasSubstr("GET /2\n"));
}

TEST(HttpServer, PendingReplyOfAHalfClosedClientIsWritten) {
    ParkingServer server;
    RawClient client(server.port());
    client.write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
    client.end_writing();
    server.wait_for_gone(1);
    server.run([&] {
        EXPECT_FALSE(server.parked().front().open());
        std::move(server.parked().front()).send({200, {}, "late"});
        std::move(server.parked().back()).send({200, {}, "later"});
        server.parked().clear();
    });
    EXPECT_EQ(client.read_reply().body, "late");
    EXPECT_EQ(client.read_reply().body, "later");
    EXPECT_TRUE(client.reads_end());
}

/// Replies that their peers did not read, as the server was told.
class UnreadReplies {
  public:
    /// Answers the only request that is parked.
    void answer(ParkingServer& server, std::size_t size = 5) {
        server.parked().front().on_unread([this] {
            ++count_;
            count_.notify_all();
        });
        std::move(server.parked().front()).send({200, {}, std::string(size, 'x')});
        server.parked().pop_front();
    }
    void wait_for(int count) const {
        for (int now; (now = count_) < count;) count_.wait(now);
    }
    int count() const { return count_; }

  private:
    std::atomic<int> count_ = 0;
};

TEST(HttpServer, AReplyWhosePeerClosedWithoutReadingItIsTold) {
    UnreadReplies unread;
    ParkingServer server;
    int parked = 0;
    for (const char* request : {"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"}) {
        for (const std::size_t size : {5, 16 << 20}) {
            RawClient late(server.port());
            late.write(request);
            server.wait_for_parked(++parked);
            server.run([&] { unread.answer(server, size); });
            late.close();
            unread.wait_for(parked);

            RawClient early(server.port());
            early.write(request);
            server.wait_for_parked(++parked);
            // The server is kept from noticing.
            server.run([&] {
                early.close();
                unread.answer(server, size);
            });
            unread.wait_for(parked);
            EXPECT_EQ(unread.count(), parked);
        }
    }
}

TEST(HttpServer, AReplyThatWasReadIsNotToldAsUnread) {
    UnreadReplies unread;
    ParkingServer server;
    RawClient client(server.port());
    client.write("GET /1 HTTP/1.1\r\n\r\n");
    server.wait_for_parked(1);
    server.run([&] { unread.answer(server); });
    EXPECT_EQ(client.read_reply().body, "xxxxx");
    client.write("GET /2 HTTP/1.1\r\n\r\n");
    server.wait_for_parked(2);
    server.run([&] { unread.answer(server); });
    EXPECT_EQ(client.read_reply().body, "xxxxx");
    client.end_writing();
    EXPECT_TRUE(client.reads_end());
    EXPECT_EQ(unread.count(), 0);
}

TEST(HttpServer, ClientThatVanishesWhileItsReplyIsDueIsNoticed) {
    ParkingServer server;
    RawClient stays(server.port());
    stays.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_parked(1);
    RawClient closes(server.port());
    closes.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_parked(2);
    RawClient resets(server.port());
    resets.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_parked(3);
    closes.close();
    server.wait_for_gone(1);
    resets.reset();
    server.wait_for_gone(2);
    server.run([&] {
        std::vector<bool> open;
        for (const Responder& responder : server.parked()) open.push_back(responder.open());
        EXPECT_THAT(open, testing::ElementsAre(true, false, false));
        for (Responder& responder : server.parked()) std::move(responder).send({200, {}, "here"});
        server.parked().clear();
    });
    EXPECT_EQ(stays.read_reply().body, "here");
}

TEST(HttpServer, ClientThatClosesRightBehindItsRequestIsNoticed) {
    ParkingServer server;
    for (int i = 1; i <= 50; ++i) {
        RawClient client(server.port());
        client.write("GET / HTTP/1.1\r\n\r\n");
        client.close();
        server.wait_for_gone(i);
    }
    server.run([&] { server.parked().clear(); });
}

TEST(HttpServer, PeerCallbackMayDropTheResponder) {
    std::optional<Responder> kept;
    std::promise<void> gone;
    LoopbackServer server([&](http::Request&&, Responder responder, const Peer&) {
        kept.emplace(std::move(responder));
        kept->on_peer_gone([&] {
            kept.reset();
            gone.set_value();
        });
    });
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    client.close();
    gone.get_future().wait();
}

TEST(HttpServer, UnansweredResponderClosesTheConnection) {
    LoopbackServer server([](http::Request&&, Responder, const Peer&) {});
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(client.reads_end());
}

TEST(HttpServer, ReplyMayTakeManyWrites) {
    const std::string body = make_bytes(20 * 1024 * 1024);
    const auto shared = std::make_shared<const std::string>(body);
    LoopbackServer server([&](http::Request&&, Responder responder, const Peer&) {
        std::move(responder).send({200, {}, shared});
    });
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(client.read_reply().body == body);
    EXPECT_TRUE(client.read_reply().body == body);
}

TEST(HttpServer, CloseEndsParkedAndIdleConnectionsAndTheirRespondersAnswerNobody) {
    ParkingServer server;
    RawClient parked(server.port());
    parked.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_parked(1);
    RawClient idle(server.port());
    idle.write("GET ");
    server.run([&] {
        server.server().close();
        EXPECT_FALSE(server.parked().front().open());
        std::move(server.parked().front()).send({200, {}, "too late"});
        server.parked().clear();
    });
    EXPECT_TRUE(parked.reads_end());
    EXPECT_TRUE(idle.reads_end());
    EXPECT_THROW(RawClient{server.port()}, std::runtime_error);
    EXPECT_EQ(server.gone(), 0);
}

TEST(HttpServer, CallbackMayCloseTheServer) {
    LoopbackServer* self = nullptr;
    LoopbackServer server([&](http::Request&&, Responder responder, const Peer&) {
        self->server().close();
        std::move(responder).send({});
    });
    self = &server;
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(client.reads_end());
}

TEST(HttpServer, ResponderMayOutliveServerAndContext) {
    std::promise<Responder> promise;
    std::optional<Responder> kept;
    {
        LoopbackServer server(
            [&](http::Request&&, Responder responder, const Peer&) { promise.set_value(std::move(responder)); });
        RawClient client(server.port());
        client.write("GET / HTTP/1.1\r\n\r\n");
        kept.emplace(promise.get_future().get());
    }
    EXPECT_FALSE(kept->open());
    std::move(*kept).send({200, {}, "nobody"});
}

TEST(HttpServer, TakenPortIsToldFromOtherErrors) {
    LoopbackServer server(echo);
    boost::asio::io_context context;
    HttpServer second(context, {}, echo, [](const BrokenRequest&, const Peer&) { return http::Response{}; });
    EXPECT_EQ(second.listen("127.0.0.1", server.port()).error(), std::errc::address_in_use);
    EXPECT_EQ(second.listen("no address", 0).error(), std::errc::invalid_argument);
    EXPECT_EQ(second.listen("192.0.2.1", 0).error(), std::errc::address_not_available);
    EXPECT_NE(second.listen("127.0.0.1", 0).value().port, 0);
}

TEST(HttpServer, AcceptingGoesOnAfterFileDescriptorsRanOut) {
    LoopbackServer server(echo);
    RawClient first(server.port());
    first.write("GET / HTTP/1.1\r\n\r\n");
    first.read_reply();
    RawClient early(server.port());  // has its descriptor before they run out; is accepted after
    rlimit old{};
    ::getrlimit(RLIMIT_NOFILE, &old);
    RawClient late(server.port());
    const int next = ::dup(0);
    ::close(next);
    const rlimit tight{static_cast<rlim_t>(next), old.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &tight);
    first.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(first.read_reply().status, 200);
    ::setrlimit(RLIMIT_NOFILE, &old);
    early.write("GET / HTTP/1.1\r\n\r\n");
    late.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(early.read_reply().status, 200);
    EXPECT_EQ(late.read_reply().status, 200);
}

TEST(HttpServer, ManyClientsAtOnceGetTheirOwnReplies) {
    LoopbackServer server(echo_body);
    std::vector<std::thread> clients;
    std::atomic<int> good = 0;
    for (int i = 0; i < 32; ++i) {
        clients.emplace_back([&, i] {
            RawClient client(server.port());
            for (int j = 0; j < 50; ++j) {
                const std::string body = std::to_string(i) + '/' + std::to_string(j);
                client.write("POST / HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
                if (client.read_reply().body == body) ++good;
            }
        });
    }
    for (std::thread& client : clients) client.join();
    EXPECT_EQ(good, 32 * 50);
}

}  // namespace
}  // namespace understudy::net::http_server_test
