#include "tools/replay/event_stream.hpp"

#include "emulator/http/event_stream_type.hpp"
#include "tools/replay/compare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::replay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string big_endian(std::size_t number, int width) {
    std::string bytes;
    for (int i = width - 1; i >= 0; --i) bytes += static_cast<char>(number >> (8 * i) & 0xFF);
    return bytes;
}

/// A frame whose check sums are zeros.
std::string frame(const std::string& event, const std::string& payload) {
    const std::string name = ":event-type";
    const std::string headers = big_endian(name.size(), 1) + name + '\x07' + big_endian(event.size(), 2) + event;
    const std::string sum(4, '\0');
    return big_endian(16 + headers.size() + payload.size(), 4) + big_endian(headers.size(), 4) + sum + headers +
           payload + sum;
}

std::vector<std::string> compare_frames(const std::string& before, const std::string& after) {
    const std::string type(http::kEventStreamType);
    record::Exchange recorded;
    recorded.request =
        record::HttpMessage{"POST /2021-11-15/functions/f/response-streaming-invocations HTTP/1.1", {}, ""};
    recorded.response = record::HttpMessage{"HTTP/1.1 200 OK", {{"Content-Type", type}}, before};
    std::vector<std::string> sentences;
    for (const auto& found : compare_responses(recorded, {{200, {{"Content-Type", type}}, after}}, {}).differences)
        sentences.push_back(found.where.message());
    return sentences;
}

TEST(EventStreams, AreReadFrameByFrame) {
    const auto stream = parse_event_stream(frame("PayloadChunk", "ab") + frame("PayloadChunk", "c") +
                                           frame("InvokeComplete", R"({"ErrorCode":"Unhandled","ErrorDetails":"{}"})"));
    ASSERT_TRUE(stream);
    EXPECT_EQ(stream->payload, "abc");
    EXPECT_EQ(stream->error_code, "Unhandled");
    EXPECT_EQ(stream->error_details, "{}");
    EXPECT_TRUE(parse_event_stream("")->payload.empty());
}

TEST(EventStreams, BytesThatAreNoFramesAreNone) {
    const std::string whole = frame("PayloadChunk", "ab");
    for (std::size_t size = 1; size < whole.size(); ++size) EXPECT_FALSE(parse_event_stream(whole.substr(0, size)));
    EXPECT_FALSE(parse_event_stream(whole + "x"));
    std::string headers = whole;
    headers[7] = '\xFF';
    EXPECT_FALSE(parse_event_stream(headers)) << "headers that are longer than their frame";
    std::string length = whole;
    length[12] = '\xFF';
    EXPECT_FALSE(parse_event_stream(length)) << "a name that is longer than the headers";
}

TEST(EventStreams, AreComparedByWhatTheyCarryAndNotByTheirFrames) {
    const std::string end = frame("InvokeComplete", R"({"LogResult":"QQ=="})");
    const std::string failed = frame("InvokeComplete", R"({"ErrorCode":"E","ErrorDetails":"{\"errorType\":\"T\"}"})");
    const std::string one = frame("PayloadChunk", "abc"),
                      two = frame("PayloadChunk", "a") + frame("PayloadChunk", "bc");
    EXPECT_THAT(compare_frames(one + end, two + frame("InvokeComplete", "{}")), IsEmpty());
    EXPECT_THAT(compare_frames(one + end, frame("PayloadChunk", "abd") + end),
                ElementsAre(R"(body: expected "abc", got "abd")"));
    EXPECT_THAT(compare_frames(one + failed, two + failed), IsEmpty());
    EXPECT_THAT(compare_frames(one + end, two + failed), testing::Contains(R"(errorCode: expected "", got "E")"));
}

}  // namespace
}  // namespace understudy::replay
