#include "emulator/event/message_form.hpp"

#include <gtest/gtest.h>

namespace understudy::event::message_form_test {
namespace {

using namespace std::string_view_literals;

TEST(MessageForm, IsToldFromTheBytes) {
    struct Row {
        std::string_view type, bytes;
        bool is_message;
    };
    const std::string_view plain = "application/x-protobuf", web = "application/grpc-web+proto";
    const Row rows[] = {
        {plain, "", true},
        {plain, "\x08\x96\x01"sv, true},  // a varint
        {plain,
         "\x0A\x03"
         "abc"sv,
         true},  // bytes
        {plain,
         "\x09"
         "12345678"sv,
         true},  // 64 bits
        {plain,
         "\x0D"
         "1234\x08\x01"sv,
         true},  // 32 bits, and one more field
        {plain,
         "\x0A\x04"
         "abc"sv,
         false},                                                           // cut off
        {plain, "\x08\x96"sv, false},                                      // a varint without its end
        {plain, "\x00\x01"sv, false},                                      // field 0
        {plain, "\x0E\x01"sv, false},                                      // no such wire type
        {plain, "\x80\x80\x80\x80\x10\x01"sv, false},                      // a field over the last one
        {plain, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"sv, false},  // too long a varint
        {plain, "{\"a\":1}"sv, false},
        {web, "\0\0\0\0\x02\x08\x01"sv, true},
        {web, "\0\0\0\0\x02\x08\x01\0\0\0\0\0"sv, true},
        {"application/connect+proto", "\0\0\0\0\x02\x08\x01"sv, true},
        {web, "\x01\0\0\0\x02\x08\x01"sv, false},  // compressed
        {web, "\0\0\0\0\x03\x08\x01"sv, false},
        {web, "\0\0\0"sv, false},
        {web, "\0\0\0\0\x02\x00\x01"sv, false},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(is_message(row.type, row.bytes), row.is_message) << testing::PrintToString(row.bytes);
    }
    EXPECT_TRUE(is_json_text(" [1]"));
    EXPECT_FALSE(is_json_text("{bad"));
    EXPECT_FALSE(is_json_text(""));
}

}  // namespace
}  // namespace understudy::event::message_form_test
