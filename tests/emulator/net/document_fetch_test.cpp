#include "emulator/net/document_fetch.hpp"

#include "tests/support/scripted_server.hpp"

#include <gtest/gtest.h>

namespace understudy::net::document_fetch_test {
namespace {

constexpr FetchLimits kLimits{.bytes = 1000, .time = std::chrono::seconds(30)};

/// What fetching gave: the document, or what went wrong.
std::string fetch(const std::string& url, FetchLimits limits) {
    boost::asio::io_context context(1);
    Deadlines deadlines(context);
    std::string told = "nothing";
    const auto fetch = DocumentFetch::start(context, deadlines, http::parse_loopback_url(url).value(), limits,
                                            [&](source::Result<std::string> document) {
                                                told = document ? *document : "! " + document.error().message();
                                                deadlines.clear();
                                            });
    context.run();
    return told;
}

TEST(DocumentFetch, GivesTheBodyOrTellsWhy) {
    const struct {
        std::string answer, told;
    } rows[] = {
        {"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{}", "{}"},
        {"HTTP/1.1 200 OK\r\n\r\n", ""},
        {"HTTP/1.1 404 Not Found\r\n\r\nno", "! it answered 404"},
        {"HTTP/1.1 200 OK\r\n", "! no HTTP answer"},
        {"", "! no HTTP answer"},
        {"HTTP/1.1 200 OK\r\n\r\n" + std::string(1000, 'x'), std::string(1000, 'x')},
        {"HTTP/1.1 200 OK\r\n\r\n" + std::string(1001, 'x'), "! the document is too large"},
        {"HTTP/1.1 200 OK\r\n\r\n" + std::string(100'000, 'x'), "! the document is too large"},
    };
    for (const auto& row : rows) {
        test::ScriptedServer server([&](test::ScriptedServer& script) {
            test::Peer peer = script.accept();
            EXPECT_EQ(peer.read_request().head.substr(0, 21), "GET /a?b HTTP/1.0\r\nHo");
            peer.write(row.answer);
        });
        EXPECT_EQ(fetch("http://" + server.authority() + "/a?b", kLimits), row.told);
    }
}

TEST(DocumentFetch, DoesNotWaitForever) {
    test::ScriptedServer server([](test::ScriptedServer& script) {
        test::Peer peer = script.accept();
        peer.read_request();
        EXPECT_FALSE(peer.try_read_request()) << "the client goes";
    });
    const FetchLimits limits{.bytes = 1000, .time = std::chrono::milliseconds(20)};
    EXPECT_EQ(fetch("http://" + server.authority() + "/", limits), "! no answer within 20 ms");
}

TEST(DocumentFetch, TriesBothAddressesOfLocalhost) {
    test::ScriptedServer server([](test::ScriptedServer& script) {
        test::Peer peer = script.accept();
        EXPECT_TRUE(peer.read_request().has_line("Host: localhost:" + std::to_string(script.port())));
        peer.reply("200 OK", "", "here");
    });
    EXPECT_EQ(fetch("http://localhost:" + std::to_string(server.port()), kLimits), "here");
}

}  // namespace
}  // namespace understudy::net::document_fetch_test
