#include "tools/convert/written_fields.hpp"

#include "tests/tools/convert/converted.hpp"

#include <gtest/gtest.h>

#include <logquery/v1/logquery.pb.h>

namespace understudy::convert::written_fields_test {
namespace {

TEST(FindField, KnowsNamesJsonNamesAndExtensions) {
    const auto& type = everything().type("test.Everything");
    EXPECT_EQ(find_field(type, "int32_field")->number(), 1);
    EXPECT_EQ(find_field(type, "int32Field")->number(), 1);
    EXPECT_EQ(find_field(type, "@other")->number(), 25);
    EXPECT_EQ(find_field(type, "renamed")->number(), 25);
    EXPECT_EQ(find_field(type, "Int32Field"), nullptr);
    EXPECT_EQ(find_field(type, ""), nullptr);
    EXPECT_EQ(find_field(everything().type("old.Legacy"), "[old.extra]")->number(), 100);
    EXPECT_EQ(find_field(type, "[old.extra]"), nullptr);
    EXPECT_EQ(find_field(type, "["), nullptr);
}

TEST(WrittenFields, AreThoseOfTheAuthorAlsoWhereTheyEqualTheDefault) {
    const auto written = written_fields(*logquery::v1::FindMessagesResponse::descriptor(),
                                        load("truncated: false\nnonsense: 1\nmessages:\n"));
    ASSERT_EQ(written.size(), 2U);
    EXPECT_EQ(written[0].field->name(), "truncated");
    EXPECT_EQ(written[0].value.text(), "false");
    EXPECT_EQ(written[0].key.position(), (source::Position{1, 1}));
    EXPECT_EQ(written[1].field->name(), "messages");
    EXPECT_TRUE(written[1].value.is_null());
}

TEST(WrittenFields, OfWhatIsNoMappingAreNone) {
    EXPECT_TRUE(written_fields(*logquery::v1::FindMessagesResponse::descriptor(), load("[a]")).empty());
}

}  // namespace
}  // namespace understudy::convert::written_fields_test
