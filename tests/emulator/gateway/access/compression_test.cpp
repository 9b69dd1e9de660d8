#include "emulator/gateway/access/compression.hpp"

#include <gtest/gtest.h>

namespace understudy::access {
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
    for (int i = 0; i < 300'000; ++i) large += static_cast<char>(i * i >> 3);
    for (const Coding coding : {Coding::gzip, Coding::deflate}) {
        for (const std::string& body : {std::string(), std::string("x"), large}) {
            const std::string packed = compress(body, coding);
            EXPECT_EQ(decompress(packed, coding, body.size()), body) << coding_name(coding) << body.size();
        }
    }
    EXPECT_EQ(compress("x", Coding::gzip).substr(0, 2), "\x1F\x8B");
    EXPECT_EQ(compress("x", Coding::deflate).front(), '\x78') << "with zlib's frame";
}

TEST(Compression, DamageAndBombsAreRefused) {
    const std::string packed = compress(std::string(100'000, 'x'), Coding::gzip);
    EXPECT_LT(packed.size(), 1'000u);
    EXPECT_TRUE(decompress(packed, Coding::gzip, 100'000));
    EXPECT_FALSE(decompress(packed, Coding::gzip, 99'999)) << "larger than the limit";
    EXPECT_FALSE(decompress(packed.substr(0, packed.size() - 1), Coding::gzip, 100'000)) << "cut off";
    EXPECT_FALSE(decompress(packed + "x", Coding::gzip, 100'000)) << "more behind it";
    EXPECT_FALSE(decompress("text", Coding::gzip, 100'000));
    EXPECT_FALSE(decompress("text", Coding::deflate, 100'000));
    EXPECT_FALSE(decompress("", Coding::gzip, 100'000));
    const std::string framed = compress("some text", Coding::deflate);
    EXPECT_EQ(decompress(framed.substr(2, framed.size() - 6), Coding::deflate, 100), "some text") << "without a frame";
}

}  // namespace
}  // namespace understudy::access
