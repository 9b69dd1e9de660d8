#include "emulator/event/media_type.hpp"

#include <gtest/gtest.h>

namespace understudy::event::media_type_test {
namespace {

TEST(MediaType, SpellingsOfProtobufAreOfOneType) {
    for (const std::string_view type : {"application/proto", "application/protobuf", "application/x-protobuf",
                                        "application/vnd.google.protobuf", "application/x-google-protobuf"}) {
        EXPECT_TRUE(is_protobuf_spelling(type)) << type;
        EXPECT_TRUE(is_protobuf(type)) << type;
    }
    for (const std::string_view type :
         {"application/grpc+proto", "application/grpc-web+proto", "application/octet-stream"}) {
        EXPECT_FALSE(is_protobuf_spelling(type)) << type;
        EXPECT_TRUE(is_protobuf(type)) << type;
    }
    EXPECT_FALSE(is_protobuf("application/json"));
}

TEST(MediaType, IsCutTrimmedAndLowerCase) {
    EXPECT_EQ(media_type("Application/X-Protobuf"), "application/x-protobuf");
    EXPECT_EQ(media_type(" text/plain \t; charset=utf-8"), "text/plain");
    EXPECT_EQ(media_type("application/proto; proto=pkg.Message"), "application/proto");
    EXPECT_EQ(media_type(""), "");
}

TEST(MediaType, TheFirstEntryOfAcceptDecidesWhateverItsWeight) {
    EXPECT_EQ(first_accepted("image/webp,image/png,*/*;q=0.8"), "image/webp");
    EXPECT_EQ(first_accepted("text/html;q=0.1, image/png"), "text/html");
    EXPECT_EQ(first_accepted("IMAGE/PNG"), "image/png");
    EXPECT_EQ(first_accepted(std::nullopt), "");
}

TEST(MediaType, BinaryMediaTypesMatchAsOnAws) {
    struct Row {
        std::vector<std::string> entries;
        std::string_view type;
        bool matches;
    };
    const Row rows[] = {
        {{}, "image/png", false},
        {{}, "", false},
        {{"image/png"}, "image/png", true},
        {{"Image/PNG"}, "image/png", true},
        {{"image~1png"}, "image/png", true},
        {{"image/png"}, "image/*", false},
        {{"image/png"}, "*/*", false},
        {{"image/png"}, "image/pngx", false},
        {{"image/png", "*/test"}, "*/test", false},
        {{"image/png", "*/test"}, "random/test", false},
        {{"application/*"}, "application/whatever", true},
        {{"application/*"}, "application/*", true},
        {{"application/*"}, "application", false},
        {{"application/*"}, "applications/x", false},
        {{"application/*"}, "", false},
        {{"application"}, "application", false},
        {{"*/*"}, "image/png", true},
        {{"*/*"}, "application", true},
        {{"*/*"}, "", true},
        {{"a/b", "*/*"}, "c/d", true},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(BinaryMediaTypes(row.entries).matches(row.type), row.matches)
            << testing::PrintToString(row.entries) << " against " << row.type;
    }
}

TEST(MediaType, HttpApiTextTypes) {
    struct Row {
        std::optional<std::string_view> content_type;
        bool text;
    };
    const Row rows[] = {
        {"text/plain", true},
        {"text/html", true},
        {"text/csv", true},
        {"text/xml", true},
        {"TEXT/PLAIN", true},
        {"application/json", true},
        {"Application/JSON", true},
        {"application/xml", true},
        {"application/javascript", true},
        {"application/graphql", true},
        {"text/plain; charset=utf-8", true},
        {"text/plain;charset=UTF-8", true},
        {"application/json; charset=utf-8", true},
        {"application/json; CHARSET=\"utf-8\"", true},
        {"text/plain; charset=iso-8859-1", false},
        {"application/json; v=1; charset=latin1", false},
        {std::nullopt, false},
        {"", false},
        {"text", false},
        {"application/x-www-form-urlencoded", false},
        {"multipart/form-data; boundary=x", false},
        {"application/octet-stream", false},
        {"application/x-protobuf", false},
        {"application/protobuf", false},
        {"application/proto", false},
        {"application/vnd.google.protobuf", false},
        {"application/grpc-web+proto", false},
        {"application/connect+json", false},
        {"application/vnd.api+json", false},
        {"application/zip", false},
        {"application/pdf", false},
        {"image/png", false},
        {"audio/mpeg", false},
        {"video/mp4", false},
        {"weird/unknown", false},
    };
    for (const Row& row : rows)
        EXPECT_EQ(is_http_api_text(row.content_type), row.text) << row.content_type.value_or("none");
}

TEST(MediaType, AlbTextTypes) {
    for (const std::string_view text :
         {"text/plain", "text/x", "application/json; charset=utf-16", "APPLICATION/XML", "application/javascript"}) {
        EXPECT_TRUE(is_alb_text(text)) << text;
    }
    for (const std::string_view binary : {"application/graphql", "application/x-protobuf", "application/ld+json", ""}) {
        EXPECT_FALSE(is_alb_text(binary)) << binary;
    }
    EXPECT_FALSE(is_alb_text(std::nullopt));
}

}  // namespace
}  // namespace understudy::event::media_type_test
