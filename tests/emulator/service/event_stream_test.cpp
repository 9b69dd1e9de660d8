#include "emulator/service/event_stream.hpp"

#include <gtest/gtest.h>

#include <string>

namespace understudy::service::event_stream_test {
namespace {

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        text += kDigits[static_cast<unsigned char>(c) >> 4];
        text += kDigits[static_cast<unsigned char>(c) & 15];
    }
    return text;
}

/// Each was decoded by botocore, check sums and all.
TEST(EventStream, FramesAreThoseThatBotocoreReads) {
    EXPECT_EQ(to_hex(render_payload_chunk("hello")),
              "0000006f0000005af5fe871f0b3a6576656e742d7479706507000c5061796c6f61644368756e6b0d3a636f6e74656e742d747970"
              "650700186170706c69636174696f6e2f6f637465742d73747265616d0d3a6d6573736167652d747970650700056576656e746865"
              "6c6c6f29e71260");
    EXPECT_EQ(to_hex(render_invoke_complete({})),
              "00000066000000541f56c8690b3a6576656e742d7479706507000e496e766f6b65436f6d706c6574650d3a636f6e74656e742d74"
              "7970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b7d7006d467");
}

TEST(EventStream, NoBytesAreNoFrameAndManyAreSeveral) {
    EXPECT_EQ(render_payload_chunk(""), "");
    const std::size_t most = std::size_t{16} * 1024 * 1024;
    const std::size_t around_one = render_payload_chunk("x").size() - 1;
    EXPECT_EQ(render_payload_chunk(std::string(most, 'x')).size(), most + around_one);
    EXPECT_EQ(render_payload_chunk(std::string(most + 1, 'x')).size(), most + 1 + 2 * around_one);
}

TEST(EventStream, TheEndTellsOfErrorAndLogWhereThereAreSome) {
    const std::string frame = render_invoke_complete(
        {.error_code = "Unhandled", .error_details = R"({"errorType":"E"})", .log_result = "QQ=="});
    EXPECT_NE(frame.find(R"({"ErrorCode":"Unhandled","ErrorDetails":"{\"errorType\":\"E\"}","LogResult":"QQ=="})"),
              std::string::npos);
    EXPECT_NE(render_invoke_complete({.error_details = "\xff"}).find(R"({"ErrorDetails":"\ufffd"})"), std::string::npos)
        << "a function may post what is no text";
    EXPECT_NE(render_invoke_complete({.log_result = "QQ=="}).find(R"(event{"LogResult":"QQ=="})"), std::string::npos);
}

}  // namespace
}  // namespace understudy::service::event_stream_test
