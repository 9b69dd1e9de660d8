#include "proto/wire/base64.hpp"
#include "proto/wire/compression.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/percent.hpp"
#include "proto/wire/timeout.hpp"
#include "proto/wire/trailer_lines.hpp"

#include <gtest/gtest.h>

namespace understudy::wire {
namespace {

using namespace std::literals;

TEST(WireBase64, IsReadInBothAlphabetsPaddedOrNot) {
    for (const char* text : {"-_8=", "+/8=", "-_8", "+/8"}) EXPECT_EQ(read_base64(text), "\xfb\xff") << text;
    EXPECT_EQ(read_base64(""), "");
    for (const char* text :
         {"=", "A", "AAAAA", "A===", "AB=", "A=BC", "AA A", "AA\n=", "AA=A", "AAA=A", "====", "A*=="})
        EXPECT_EQ(read_base64(text), std::nullopt) << text;
}

TEST(WireBase64, OfEachLengthIsReadAsWritten) {
    std::string bytes;
    for (int i = 0; i < 70; ++i) {
        for (const auto padding : {Padding::none, Padding::full})
            EXPECT_EQ(read_base64(to_base64(bytes, padding)), bytes);
        EXPECT_EQ(read_base64(to_url_base64(bytes)), bytes);
        EXPECT_EQ(to_url_base64(bytes).find('='), std::string::npos);
        bytes += static_cast<char>(i * 37);
    }
    EXPECT_EQ(to_base64("\xfb\xff", Padding::none), "+/8");
    EXPECT_EQ(to_base64("\xfb\xff", Padding::full), "+/8=");
}

TEST(WireBase64, MayBePaddedAtEachPlaceWhereItWasFlushed) {
    const std::string bytes = "framed\0bytes\xff!"s;
    for (std::size_t first = 0; first <= bytes.size(); ++first) {
        for (std::size_t second = first; second <= bytes.size(); ++second) {
            const auto text = to_base64(bytes.substr(0, first), Padding::full) +
                              to_base64(bytes.substr(first, second - first), Padding::full) +
                              to_base64(bytes.substr(second), Padding::full);
            EXPECT_EQ(read_base64_pieces(text), bytes) << text;
        }
    }
    EXPECT_EQ(read_base64_pieces("AA==A"), std::nullopt);
    EXPECT_EQ(read_base64_pieces("A=AA"), std::nullopt);
}

TEST(PaddedBase64, WritesAndReadsTheVectorsOfRfc4648) {
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
        EXPECT_EQ(read_padded_base64(text), std::string(bytes));
    }
}

TEST(PaddedBase64, CarriesAllByteValuesAtEveryLength) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        std::string text;
        append_base64(text, bytes);
        EXPECT_EQ(read_padded_base64(text), bytes);
        bytes.push_back(static_cast<char>(255 - i));
    }
}

TEST(PaddedBase64, RefusesAnyOtherText) {
    for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Z===", "Zm9v\n", " Zm9", "Zm9v====", "Zm=v",
                             "Z=9v", "Zm9vZg==Zm9v", "Zm-_", "Zm9 ", "\n\n\n\n", "Zm9v\xc3\xa9=="}) {
        EXPECT_EQ(read_padded_base64(text), std::nullopt) << text;
    }
}

TEST(PercentEncoding, OfAMessageLeavesPrintableAsciiAlone) {
    EXPECT_EQ(to_percent_message("a b~ 100%"), "a b~ 100%25");
    EXPECT_EQ(to_percent_message("\t\r\n\u263a\U0001F608"), "%09%0D%0A%E2%98%BA%F0%9F%98%88");
    EXPECT_EQ(from_percent("%e2%98%BA%2"), "\u263a%2");
    EXPECT_EQ(from_percent("100%, %zz%"), "100%, %zz%");
    EXPECT_EQ(to_percent_query("{\"a\": 1+2}"), "%7B%22a%22%3A%201%2B2%7D");
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    EXPECT_EQ(from_percent(to_percent_message(all)), all);
    EXPECT_EQ(from_percent(to_percent_query(all)), all);
}

TEST(Timeouts, OfConnectAreAtMostTenDigits) {
    EXPECT_EQ(to_connect_timeout(200ms), "200");
    EXPECT_EQ(to_connect_timeout(std::chrono::hours(24 * 365 * 20)), "9999999999");
    EXPECT_EQ(parse_connect_timeout("0"), 0ms);
    EXPECT_EQ(parse_connect_timeout("9999999999"), 9'999'999'999ms);
    for (const char* text : {"", "99999999999", "-1", "+1", "1e3", "1.5", " 1", "1 "})
        EXPECT_EQ(parse_connect_timeout(text), std::nullopt) << text;
}

TEST(Timeouts, OfGrpcAreEightDigitsAndAUnit) {
    EXPECT_EQ(to_grpc_timeout(200ms), "200m");
    EXPECT_EQ(to_grpc_timeout(100'000'000ms), "100000S");
    EXPECT_EQ(to_grpc_timeout(std::chrono::hours(24 * 365 * 20)), "10512000M");
    EXPECT_EQ(parse_grpc_timeout("2H"), 7'200'000ms);
    EXPECT_EQ(parse_grpc_timeout("2M"), 120'000ms);
    EXPECT_EQ(parse_grpc_timeout("2S"), 2'000ms);
    EXPECT_EQ(parse_grpc_timeout("99999999m"), 99'999'999ms);
    for (const char* text : {"99999999H", "99999999M", "99999999S"})
        EXPECT_EQ(parse_grpc_timeout(text), 9'999'999'999ms) << text;
    EXPECT_EQ(parse_grpc_timeout("1500u"), 2ms);
    EXPECT_EQ(parse_grpc_timeout("0n"), 0ms);
    for (const char* text : {"", "m", "100", "123456789n", "-1m", "1 m", "1x"})
        EXPECT_EQ(parse_grpc_timeout(text), std::nullopt) << text;
}

TEST(Envelopes, AreReadAsWritten) {
    std::string body;
    append_envelope(body, 0, "\x08\x01");
    append_envelope(body, kTrailers | kCompressed, std::string(70'000, 'x'));
    EXPECT_EQ(body.substr(0, 7), "\0\0\0\0\2\x08\x01"s);
    EXPECT_EQ(body.substr(7, 5), "\x81\0\x01\x11\x70"s);
    const auto envelopes = read_envelopes(body);
    ASSERT_TRUE(envelopes);
    ASSERT_EQ(envelopes->size(), 2U);
    EXPECT_EQ(envelopes->front().payload, "\x08\x01");
    EXPECT_FALSE(envelopes->front().trailers());
    EXPECT_TRUE(envelopes->back().trailers());
    EXPECT_TRUE(envelopes->back().compressed());
    EXPECT_EQ(envelopes->back().payload.size(), 70'000U);
}

TEST(Envelopes, ThatAreCutOffAreNone) {
    std::string body;
    append_envelope(body, 0, "message");
    for (std::size_t size = 1; size < body.size(); ++size)
        EXPECT_FALSE(read_envelopes(std::string_view(body).substr(0, size))) << size;
    EXPECT_TRUE(read_envelopes("")->empty());
    EXPECT_FALSE(read_envelopes("\0\xff\xff\xff\xff"s));
}

TEST(TrailerLines, AreLowerCaseAndEndInCrLf) {
    EXPECT_EQ(to_trailer_lines({{"grpc-status", "0"}, {"X-Cost", "3"}}), "grpc-status: 0\r\nx-cost: 3\r\n");
    EXPECT_EQ(read_trailer_lines("Grpc-Status:5\r\nx-a:  b c \r\nx-a:\r\nnothing\r\n\r\nx-last: 1"),
              (Metadata{{"grpc-status", "5"}, {"x-a", "b c"}, {"x-a", ""}, {"x-last", "1"}}));
}

TEST(Gzip, IsReadAsWritten) {
    for (const std::string& bytes : {std::string(), "\x08\x01"s, std::string(100'000, 'a')}) {
        const auto unzipped = from_gzip(to_gzip(bytes), 100'000);
        EXPECT_EQ(unzipped.outcome, Unzipped::Outcome::whole);
        EXPECT_EQ(unzipped.bytes, bytes);
    }
    EXPECT_LT(to_gzip(std::string(100'000, 'a')).size(), 1'000U);
    EXPECT_TRUE(looks_like_gzip(to_gzip("")));
}

TEST(Gzip, ThatIsDamagedOrTooLargeIsTold) {
    const auto zipped = to_gzip(std::string(100'000, 'a'));
    EXPECT_EQ(from_gzip(zipped, 99'999).outcome, Unzipped::Outcome::too_large);
    EXPECT_EQ(from_gzip(zipped.substr(0, zipped.size() - 1), 200'000).outcome, Unzipped::Outcome::damaged);
    EXPECT_EQ(from_gzip(zipped + "x", 200'000).outcome, Unzipped::Outcome::damaged);
    EXPECT_EQ(from_gzip("plain", 200'000).outcome, Unzipped::Outcome::damaged);
}

TEST(Compressions, AreKnownByTheirNames) {
    EXPECT_EQ(parse_compression("gzip"), Compression::gzip);
    EXPECT_EQ(parse_compression(""), Compression::identity);
    EXPECT_EQ(parse_compression("br"), std::nullopt);
    EXPECT_TRUE(accepts_gzip("br, gzip"));
    EXPECT_TRUE(accepts_gzip("gzip;q=0.5,br"));
    EXPECT_FALSE(accepts_gzip("x-gzip, identity"));
    EXPECT_FALSE(accepts_gzip(""));
}

}  // namespace
}  // namespace understudy::wire
