#include "proto/wire/content_type.hpp"

#include <gtest/gtest.h>

#include <string>

namespace understudy::wire::content_type_test {
namespace {

struct Case {
    const char* header;
    std::optional<ContentType> expected;
};

void PrintTo(const Case& row, std::ostream* out) {
    *out << row.header;
}

class ContentTypes : public testing::TestWithParam<Case> {};

TEST_P(ContentTypes, AreReadWhateverTheirCaseAndParameters) {
    EXPECT_EQ(parse_content_type(GetParam().header), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Wire, ContentTypes,
    testing::Values(Case{"application/proto", kConnectProto}, Case{"application/json", kConnectJson},
                    Case{"application/x-protobuf", ContentType{Codec::proto, "application/x-protobuf"}},
                    Case{"application/protobuf", ContentType{Codec::proto, "application/protobuf"}},
                    Case{"application/grpc+proto", ContentType{Codec::proto, "application/grpc+proto"}},
                    Case{"Application/PROTO", kConnectProto}, Case{"application/json; charset=utf-8", kConnectJson},
                    Case{"application/json;charset=utf-8", kConnectJson}, Case{" application/json\t", kConnectJson},
                    Case{"application/x-protobuf ; proto=logquery.v1.CheckWindowRequest",
                         ContentType{Codec::proto, "application/x-protobuf"}},
                    Case{"", std::nullopt}, Case{";", std::nullopt}, Case{"application", std::nullopt},
                    Case{"application/", std::nullopt}, Case{"application/protox", std::nullopt},
                    Case{"application/prot", std::nullopt}, Case{"text/plain", std::nullopt},
                    Case{"application/grpc", std::nullopt}, Case{"application/connect+proto", std::nullopt},
                    Case{"image/jpeg", std::nullopt}, Case{"application/proto, application/json", std::nullopt}));

TEST(ContentType, EachOneThatIsListedIsAccepted) {
    std::string_view rest = accepted_content_types();
    int count = 0;
    while (!rest.empty()) {
        const auto comma = rest.find(", ");
        EXPECT_TRUE(parse_content_type(rest.substr(0, comma))) << rest;
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 2);
        ++count;
    }
    EXPECT_EQ(count, 5);
}

}  // namespace
}  // namespace understudy::wire::content_type_test
