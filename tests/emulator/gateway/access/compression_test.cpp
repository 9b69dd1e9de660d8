#include "emulator/gateway/access/compression.hpp"

#include "emulator/gateway/access/content_coding.hpp"

#include <gtest/gtest.h>

namespace understudy::access::compression_test {
namespace {

TEST(Compression, CodingsThatAreTaken) {
    const struct {
        std::optional<std::string_view> header;
        std::optional<Coding> coding;
    } rows[] = {
        {std::nullopt, Coding::identity},
        {"", Coding::identity},
        {"identity", Coding::identity},
        {"gzip", Coding::gzip},
        {" GZIP ", Coding::gzip},
        {"deflate", Coding::deflate},
        {"br", std::nullopt},
        {"zstd", std::nullopt},
        {"gzip, deflate", std::nullopt},
    };
    for (const auto& row : rows) EXPECT_EQ(parse_coding(row.header), row.coding) << row.header.value_or("none");
}

TEST(Compression, TheClientsWishDecides) {
    const struct {
        std::optional<std::string_view> header;
        Coding coding;
    } rows[] = {
        {std::nullopt, Coding::identity},
        {"", Coding::identity},
        {"br", Coding::identity},
        {"gzip", Coding::gzip},
        {"GZip", Coding::gzip},
        {"deflate", Coding::deflate},
        {"deflate, gzip", Coding::gzip},
        {"gzip;q=0.5, deflate;q=0.8", Coding::deflate},
        {"gzip;q=0, deflate;q=0", Coding::identity},
        {"identity;q=1, gzip;q=0.5", Coding::identity},
        {"*", Coding::gzip},
        {"*;q=0", Coding::identity},
        {"gzip;q=0, *", Coding::identity},
        {"br;q=1.0, gzip; q=0.6", Coding::gzip},
        {";;,=,q=", Coding::identity},
    };
    for (const auto& row : rows) EXPECT_EQ(choose_coding(row.header), row.coding) << row.header.value_or("none");
}

TEST(Compression, ThereAndBack) {
    std::string large;
    for (unsigned i = 0; i < 300'000; ++i) large += static_cast<char>(i * i >> 3U);
    for (const Coding coding : {Coding::gzip, Coding::deflate}) {
        for (const std::string& body : {std::string(), std::string("x"), large}) {
            const std::string packed = compress(body, coding);
            EXPECT_EQ(decompress(packed, coding, body.size()).body, body) << coding_name(coding) << body.size();
        }
    }
    EXPECT_EQ(compress("x", Coding::gzip).substr(0, 2), "\x1F\x8B");
    EXPECT_EQ(compress("x", Coding::deflate).front(), '\x78') << "with zlib's frame";
}

TEST(Compression, DamageAndBombsAreRefused) {
    const Unpacked damaged{"", UnpackFault::damaged};
    const std::string packed = compress(std::string(100'000, 'x'), Coding::gzip);
    EXPECT_LT(packed.size(), 1'000u);
    EXPECT_EQ(decompress(packed, Coding::gzip, 100'000).fault, UnpackFault::none);
    EXPECT_EQ(decompress(packed, Coding::gzip, 99'999), (Unpacked{"", UnpackFault::too_large}));
    EXPECT_EQ(decompress(packed.substr(0, packed.size() - 1), Coding::gzip, 100'000), damaged) << "cut off";
    EXPECT_EQ(decompress(packed + "x", Coding::gzip, 100'000), damaged) << "more behind it";
    EXPECT_EQ(decompress("text", Coding::gzip, 100'000), damaged);
    EXPECT_EQ(decompress("text", Coding::deflate, 100'000), damaged);
    EXPECT_EQ(decompress("", Coding::gzip, 100'000), Unpacked{}) << "nothing was packed";
    EXPECT_EQ(decompress(compress("one, ", Coding::gzip) + compress("two", Coding::gzip), Coding::gzip, 8).body,
              "one, two");
    const std::string framed = compress("some text", Coding::deflate);
    EXPECT_EQ(decompress(framed.substr(2, framed.size() - 6), Coding::deflate, 100).body, "some text") << "no frame";
}

TEST(ContentCoding, OfRequestsIsTakenOff) {
    const auto decode = [](std::string_view coding, std::string body) {
        http::Request request{.method = "POST", .target = "/", .headers = {{"A", "1"}}, .body = std::move(body)};
        if (!coding.empty()) request.headers.add("Content-Encoding", coding);
        return decode_request(request, 1'000, RequestCoding::Header::removed);
    };
    const http::Request plain{.method = "POST", .target = "/", .headers = {{"A", "1"}}, .body = "text"};
    EXPECT_EQ(std::get<http::Request>(decode("", "text")), plain);
    EXPECT_EQ(std::get<http::Request>(decode("gzip", compress("text", Coding::gzip))), plain);
    EXPECT_EQ(std::get<http::Request>(decode("deflate", compress("text", Coding::deflate))), plain);
    EXPECT_EQ(std::get<http::Request>(decode("identity", "text")).body, "text");
    EXPECT_EQ(std::get<CodingFault>(decode("br", "text")), CodingFault::unsupported);
    EXPECT_EQ(std::get<CodingFault>(decode("gzip", "text")), CodingFault::damaged);
    EXPECT_EQ(std::get<CodingFault>(decode("gzip", compress(std::string(1'001, 'x'), Coding::gzip))),
              CodingFault::too_large);
}

TEST(ContentCoding, ThatIsTakenOffMayStayInTheHeaders) {
    const http::Request packed{.method = "POST",
                               .target = "/",
                               .headers = {{"Content-Encoding", "gzip"}},
                               .body = compress("text", Coding::gzip)};
    http::Request expected = packed;
    expected.body = "text";
    EXPECT_EQ(std::get<http::Request>(decode_request(packed, 1'000, RequestCoding::Header::kept)), expected);
}

TEST(ContentCoding, OfResponsesIsAddedFromTheMinimumOn) {
    const auto encode = [](std::string body, Coding accepted, std::size_t minimum, http::Headers headers) {
        http::Response response{200, std::move(headers), std::move(body)};
        encode_response(response, accepted, minimum);
        return response;
    };
    const http::Response packed{200, {{"A", "1"}, {"Content-Encoding", "gzip"}}, compress("text", Coding::gzip)};
    EXPECT_EQ(encode("text", Coding::gzip, 4, {{"A", "1"}, {"Content-Length", "4"}}), packed);
    EXPECT_EQ(encode("text", Coding::gzip, 5, {}).body.view(), "text") << "below the minimum";
    EXPECT_EQ(encode("text", Coding::identity, 0, {}).body.view(), "text");
    EXPECT_EQ(encode("text", Coding::gzip, 0, {{"Content-Encoding", "br"}}).body.view(), "text") << "packed already";
    EXPECT_TRUE(encode("", Coding::gzip, 0, {}).headers.empty());
}

}  // namespace
}  // namespace understudy::access::compression_test
