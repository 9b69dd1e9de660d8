#include "emulator/http/websocket_client.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::http::websocket_client_test {
namespace {

/// What the server's end makes of a client's bytes.
std::vector<WebSocketInput> read_as_server(const std::string& bytes) {
    WebSocketReader reader(WebSocketLimits{});
    reader.feed(bytes);
    std::vector<WebSocketInput> inputs;
    while (auto input = reader.next()) inputs.push_back(std::move(*input));
    return inputs;
}

TEST(WebSocketClient, MessagesAreReadAsTheyWereInFramesThatAreNotTooLong) {
    constexpr std::size_t kFrame = WebSocketLimits{}.frame;
    for (const std::size_t size : {std::size_t{0}, std::size_t{125}, std::size_t{126}, kFrame - 1, kFrame, kFrame + 1,
                                   std::size_t{40'000}, 2 * kFrame, 4 * kFrame}) {
        std::string text(size, 'x');
        for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i % 23);
        const std::string bytes = render_client_message(text);
        EXPECT_TRUE(read_as_server(bytes) == std::vector<WebSocketInput>{TextMessage{text}}) << size;
    }
    const std::string apart = "caf\xc3\xa9";
    EXPECT_TRUE(read_as_server(render_client_message(apart, 4)) == std::vector<WebSocketInput>{TextMessage{apart}})
        << "a frame may end within a character";
}

TEST(WebSocketClient, AMessageThatFitsIsOneFrame) {
    EXPECT_EQ(render_client_message("abcd", 4), std::string("\x81\x84\0\0\0\0abcd", 10));
    EXPECT_EQ(render_client_message("abcde", 4), std::string("\x01\x84\0\0\0\0abcd\x80\x81\0\0\0\0e", 17));
}

TEST(WebSocketClient, AnEndHasItsCode) {
    EXPECT_TRUE(read_as_server(render_client_close(4001)) == std::vector<WebSocketInput>{CloseMessage{4001}});
    EXPECT_EQ(parse_close_code("\x03\xf1too long"), 1009);
    EXPECT_EQ(parse_close_code(""), 1005);
}

TEST(WebSocketClient, FramesOfAServerAreTakenOnceTheyAreWhole) {
    using Kind = ServerFrame::Kind;
    const std::vector<ServerFrame> expected{{Kind::text, "hi"},
                                            {Kind::other, "ping"},
                                            {Kind::text, std::string(300, 'y')},
                                            {Kind::text, std::string(70'000, 'z')},
                                            {Kind::close,
                                             "\x03\xe8"
                                             "bye"}};
    const std::string bytes = render_text_frame("hi") + render_pong_frame("ping") +
                              render_text_frame(std::string(300, 'y')) + render_text_frame(std::string(70'000, 'z')) +
                              render_close_frame(1000, "bye");
    std::string pending;
    std::vector<ServerFrame> taken;
    for (const char byte : bytes) {
        pending += byte;
        while (auto frame = take_server_frame(pending)) taken.push_back(std::move(*frame));
    }
    EXPECT_TRUE(taken == expected);
    EXPECT_EQ(pending, "");
}

TEST(WebSocketClient, AHandshakeHasItsOwnLinesAndThoseThatAreGiven) {
    EXPECT_EQ(render_client_handshake("127.0.0.1:3000", "/prod?a=b", {{"Sec-WebSocket-Protocol", "chat"}}),
              "GET /prod?a=b HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              "Sec-WebSocket-Protocol: chat\r\n\r\n");
}

}  // namespace
}  // namespace understudy::http::websocket_client_test
