#include "emulator/http/websocket_frame.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::http {
namespace {

constexpr WebSocketLimits kLimits{.frame = 300, .message = 500};

/// A client's frame: `first` is its first byte, as on the wire.
std::string frame(int first, const std::string& payload) {
    std::string bytes(1, static_cast<char>(first));
    if (payload.size() < 126) {
        bytes += static_cast<char>(0x80 | payload.size());
    } else {
        bytes += static_cast<char>(0x80 | 126);
        bytes += static_cast<char>(payload.size() >> 8);
        bytes += static_cast<char>(payload.size() & 0xff);
    }
    const std::string mask = "\x01\x7f\x80\xff";
    bytes += mask;
    for (std::size_t i = 0; i < payload.size(); ++i) bytes += static_cast<char>(payload[i] ^ mask[i % 4]);
    return bytes;
}

std::vector<WebSocketInput> read(const std::string& bytes, std::size_t step) {
    WebSocketReader reader(kLimits);
    std::vector<WebSocketInput> inputs;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        reader.feed(std::string_view(bytes).substr(at, step));
        while (auto input = reader.next()) inputs.push_back(std::move(*input));
    }
    return inputs;
}

TEST(WebSocketReader, MessagesAreTheSameWhereverTheyAreCut) {
    const std::string bytes = frame(0x81, "one") + frame(0x01, "tw") + frame(0x89, "hi") + frame(0x80, "o") +
                              frame(0x81, "") + frame(0x8a, "x") + frame(0x81, std::string(300, 'y')) +
                              frame(0x88, std::string("\x03\xe8", 2) + "bye");
    const std::vector<WebSocketInput> expected{
        TextMessage{"one"},       PingMessage{"hi"}, TextMessage{"two"},
        TextMessage{""},          PongMessage{},     TextMessage{std::string(300, 'y')},
        CloseMessage{1000, "bye"}};
    for (const std::size_t step : {1u, 2u, 3u, 7u, 1000u}) EXPECT_TRUE(read(bytes, step) == expected) << step;
}

TEST(WebSocketReader, FaultsHaveTheirCloseCodes) {
    using Code = WebSocketClose;
    struct Row {
        std::string name;
        std::string bytes;
        Code code;
    };
    const std::string piece = frame(0x01, std::string(250, 'x'));
    const std::vector<Row> rows{
        {"binary", frame(0x82, "x"), Code::unsupported_data},
        {"long frame", frame(0x81, std::string(301, 'x')), Code::too_big},
        {"huge frame's head alone", std::string("\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10), Code::too_big},
        {"long message", piece + frame(0x00, std::string(250, 'x')) + frame(0x80, "x"), Code::too_big},
        {"not masked", std::string("\x81\x01x", 3), Code::protocol_error},
        {"reserved bit", frame(0xc1, "x"), Code::protocol_error},
        {"unknown kind", frame(0x83, "x"), Code::protocol_error},
        {"unknown control", frame(0x8b, "x"), Code::protocol_error},
        {"stray continuation", frame(0x80, "x"), Code::protocol_error},
        {"text within a message", frame(0x01, "x") + frame(0x81, "y"), Code::protocol_error},
        {"ping in pieces", frame(0x09, "x"), Code::protocol_error},
        {"long ping", frame(0x89, std::string(126, 'x')), Code::protocol_error},
        {"half a close code", frame(0x88, "x"), Code::protocol_error},
        {"close code 1005", frame(0x88, "\x03\xed"), Code::protocol_error},
        {"close code 999", frame(0x88, "\x03\xe7"), Code::protocol_error},
        {"reason not UTF-8", frame(0x88, "\x03\xe8\xff"), Code::invalid_payload},
        {"not UTF-8", frame(0x81, "a\xff"), Code::invalid_payload},
        {"overlong", frame(0x81, "\xe0\x80\x80"), Code::invalid_payload},
        {"surrogate", frame(0x81, "\xed\xa0\x80"), Code::invalid_payload},
        {"behind the last", frame(0x81, "\xf4\x90\x80\x80"), Code::invalid_payload},
        {"cut sequence", frame(0x81, "\xe2\x82"), Code::invalid_payload},
    };
    for (const Row& row : rows) {
        const auto inputs = read(row.bytes + frame(0x81, "never read"), 1000);
        ASSERT_EQ(inputs.size(), 1u) << row.name;
        const auto* fault = std::get_if<WebSocketFault>(&inputs[0]);
        ASSERT_NE(fault, nullptr) << row.name;
        EXPECT_EQ(fault->code, row.code) << row.name;
    }
}

TEST(WebSocketReader, TextMayBeCutWithinACharacterAndACloseMayBeEmpty) {
    EXPECT_TRUE(read(frame(0x01, "\xe2\x82") + frame(0x80, "\xac\xf0\x9f\x98\x80"), 1000) ==
                std::vector<WebSocketInput>{TextMessage{"\xe2\x82\xac\xf0\x9f\x98\x80"}});
    EXPECT_TRUE(read(frame(0x88, ""), 1000) == std::vector<WebSocketInput>{CloseMessage{}});
}

TEST(WebSocketFrames, AreWrittenWithTheShortestLength) {
    EXPECT_EQ(render_text_frame("hello"), "\x81\x05hello");
    EXPECT_EQ(render_text_frame(std::string(126, 'x')).substr(0, 4), std::string("\x81\x7e\x00\x7e", 4));
    EXPECT_EQ(render_text_frame(std::string(65536, 'x')).substr(0, 10),
              std::string("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10));
    EXPECT_EQ(render_pong_frame("p"), "\x8a\x01p");
    EXPECT_EQ(render_close_frame(1001, "Going away"), "\x88\x0c\x03\xe9Going away");
    EXPECT_EQ(render_close_frame(1005, "unsaid"), std::string("\x88\x00", 2));
    const std::string cut = render_close_frame(1000, std::string(122, 'x') + "\xe2\x82\xac");
    EXPECT_EQ(cut.size(), 2u + 2u + 122u);
}

}  // namespace
}  // namespace understudy::http
