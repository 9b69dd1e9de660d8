#include "handler/rpc/base64.hpp"

#include <gtest/gtest.h>

namespace understudy::rpc {
namespace {

TEST(HandlerBase64, WritesAndReadsTheVectorsOfRfc4648) {
    const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                        {"f", "Zg=="},
                                                        {"fo", "Zm8="},
                                                        {"foo", "Zm9v"},
                                                        {"foob", "Zm9vYg=="},
                                                        {"fooba", "Zm9vYmE="},
                                                        {"foobar", "Zm9vYmFy"},
                                                        {"\xfb\xff", "+/8="}};
    for (const auto& [bytes, text] : rows) {
        std::string out = "before:";
        append_base64(out, bytes);
        EXPECT_EQ(out, std::string("before:") + text);
        EXPECT_EQ(parse_base64(text), std::string(bytes));
    }
}

TEST(HandlerBase64, CarriesAllByteValuesAtEveryLength) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        std::string text;
        append_base64(text, bytes);
        EXPECT_EQ(parse_base64(text), bytes);
        bytes.push_back(static_cast<char>(255 - i));
    }
}

TEST(HandlerBase64, RefusesAnyOtherText) {
    for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Z===", "Zm9v\n", " Zm9", "Zm9v====", "Zm=v",
                             "Z=9v", "Zm9vZg==Zm9v", "Zm-_", "Zm9 ", "\n\n\n\n", "Zm9v\xc3\xa9=="}) {
        EXPECT_EQ(parse_base64(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace understudy::rpc
