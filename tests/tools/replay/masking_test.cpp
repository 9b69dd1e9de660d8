#include "tools/replay/masking.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::replay {
namespace {

Deviation differ(const std::string& path, const std::string& expected, const std::string& actual) {
    return to_deviation(match::make_difference(path, expected, actual, {}));
}

TEST(Masking, SecretsAreNotShownAndAnotherOneIsNoDifference) {
    Compared compared;
    compared.differences = {differ("headers.set-cookie", "\"a\"", "\"b\""),
                            differ("reply.headers.authorization", "absent", "\"b\""),
                            differ("cookies[0]", "\"a\"", "absent"),
                            differ("headers.location", "\"https://b/?X-Amz-Signature=a&c=1\"", "\"elsewhere\""),
                            differ("headers.etag", "\"a\"", "\"b\""),
                            differ("body.cookie", "\"a\"", "\"b\"")};
    mask_secrets(compared);
    std::vector<std::string> told;
    for (const auto& difference : compared.differences) told.push_back(difference.where.message());
    EXPECT_THAT(
        told, testing::ElementsAre(R"(reply.headers.authorization: expected absent, got "[redacted]")",
                                   R"(cookies[0]: expected "[redacted]", got absent)",
                                   R"(headers.location: expected "https://b/?X-Amz-Signature=[redacted]&c=1", got )"
                                   R"("elsewhere")",
                                   R"(headers.etag: expected "a", got "b")", R"(body.cookie: expected "a", got "b")"));
    EXPECT_EQ(compared.differences.front().change, Change::added);
    EXPECT_EQ(compared.redacted, 1U);
    EXPECT_EQ(mask_secrets(std::string("no reply to GET http://h/?X-Amz-Credential=a: gone")),
              "no reply to GET http://h/?X-Amz-Credential=[redacted]: gone");
}

}  // namespace
}  // namespace understudy::replay
