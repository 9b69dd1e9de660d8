#include "emulator/event/json_writer.hpp"

#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::event::json_writer_test {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    append_json_text(out, text, json_text_cost(text));
    return out;
}

TEST(JsonWriter, EscapesWhatJsonAsksForAndNothingElse) {
    EXPECT_EQ(escaped("\"\\\b\f\n\r\t"), R"(\"\\\b\f\n\r\t)");
    EXPECT_EQ(escaped(std::string_view("\0\x01\x1f", 3)), R"(\u0000\u0001\u001f)");
    EXPECT_EQ(escaped("/\x7f'<>&"), "/\x7f'<>&");
    EXPECT_EQ(escaped("\xE2\x98\x95 \xF0\x9F\x98\x80"), "\xE2\x98\x95 \xF0\x9F\x98\x80");
}

TEST(JsonWriter, EveryByteAtEveryPlaceOfABlockComesBack) {
    for (int byte = 0; byte < 128; ++byte) {
        for (std::size_t place = 0; place < 35; ++place) {
            std::string text(35, 'x');
            text[place] = static_cast<char>(byte);
            EXPECT_EQ(parse_json('"' + escaped(text) + '"').as_string(), text) << byte << " at " << place;
            EXPECT_EQ(json_text_cost(text).size, escaped(text).size());
            EXPECT_EQ(json_text_cost(text).replaced_bytes, 0u);
        }
    }
}

TEST(JsonWriter, BytesThatAreNotUtf8AreReplacedAndCounted) {
    const JsonTextCost cost = json_text_cost(all_bytes());
    EXPECT_EQ(cost.replaced_bytes, 128u);
    const std::string text = escaped(all_bytes());
    EXPECT_EQ(cost.size, text.size());
    EXPECT_EQ(parse_json('"' + text + '"').as_string(), all_bytes_replaced());
    EXPECT_EQ(escaped("\xF0\x9F\x98"), "\xEF\xBF\xBD") << "three bytes become three others";
}

TEST(JsonWriter, SetsCommasAsJsonDoes) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    json.key("a").begin_object();
    json.end_object();
    json.key("b").begin_array();
    json.number(-1);
    json.text("x");
    json.null();
    json.begin_array();
    json.end_array();
    json.boolean(false);
    json.end_array();
    json.member("c\"d").begin_text();
    json.add("1");
    json.add(",");
    json.add("2");
    json.end_text();
    json.key("e").base64("foob");
    json.end_object();
    EXPECT_EQ(out, R"({"a":{},"b":[-1,"x",null,[],false],"c\"d":"1,2","e":"Zm9vYg=="})");
}

TEST(JsonWriter, TextsOfEveryLengthComeBackWhole) {
    for (std::size_t size = 0; size < 1100; size += size < 20 ? 1 : 13) {
        std::string text(size, 'x');
        for (std::size_t i = size % 5; i + 2 < size; i += 7) text.replace(i, 3, "\xE2\x98\x95");
        std::string out = "before ";
        JsonWriter json(out);
        json.text(text);
        EXPECT_EQ(out, "before \"" + text + '"');
        out.clear();
        JsonWriter(out).text(text + std::string("\xFF\x01\n", 3) + text);
        EXPECT_EQ(out, '"' + text + "\xEF\xBF\xBD\\u0001\\n" + text + '"');
    }
}

TEST(JsonWriter, TextIsPlainWithoutControlsAndBytesThatAreNotUtf8) {
    for (std::size_t place = 0; place < 36; ++place) {
        const auto with = [place](std::string_view special) {
            return std::string(place, 'x') + std::string(special) + "yy";
        };
        EXPECT_TRUE(is_plain_text(with("\t\r\n\"\\ \xE2\x98\x95\x7F"))) << place;
        for (const char* special : {"\x01", "\x1f", "\xFF", "\xC3", "\xE2\x98"})
            EXPECT_FALSE(is_plain_text(with(special)));
        EXPECT_FALSE(is_plain_text(with(std::string_view("\0", 1))));
    }
    EXPECT_TRUE(is_plain_text(""));
}

TEST(JsonWriter, ReservesOnceForALargeText) {
    std::string out;
    const std::string body(100'000, 'x');
    JsonWriter json(out);
    json.reserve(json_text_cost(body).size + 2);
    const char* const place = out.data();
    json.text(body);
    EXPECT_EQ(out.data(), place);
    EXPECT_LT(out.capacity(), body.size() + 64);
}

}  // namespace
}  // namespace understudy::event::json_writer_test
