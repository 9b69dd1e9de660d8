// Fields whose names in JSON are others, in the paths that name them.
#include "tests/tools/scenario/shop.hpp"
#include "tools/match/match.hpp"
#include "tools/match/message_value.hpp"
#include "tools/match/path_check.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace understudy::match::json_names_test {
namespace {

using google::protobuf::Message;
using testing::ElementsAre;
using testing::IsEmpty;

std::shared_ptr<const scenario::Descriptors> names() {
    static const auto read = scenario::read_descriptors(
        {.proto_files = {"shop/names.proto"}, .import_paths = {scenario::schema_folder()}, .descriptor_set = ""});
    return std::get<std::shared_ptr<const scenario::Descriptors>>(read);
}

std::unique_ptr<Message> label(const std::string& text) {
    auto message = names()->make_message(*names()->find_method("shop.Names/List")->input_type());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, message.get())) << text;
    return message;
}

constexpr const char* kActual = R"(
    display_name: "a" in_stock: 1 sub_labels { display_name: "b" in_stock: 2 }
    by_key { key: "k" value { in_stock: 3 } }
    more_of_it { [type.googleapis.com/shop.Label] { in_stock: 4 } })";

std::vector<std::string> compare(const std::string& expectation, const std::vector<std::string>& ignore) {
    const auto document = source::parse_document(expectation, "test.yaml").value();
    const auto message = label(kActual);
    const Rules rules{.mode = Mode::exact, .unknown_fields = UnknownFields::error, .ignore = ignore};
    const auto read = read_message_expectation(document.root(), *message, rules);
    if (!read.expectation) return {"unreadable: " + to_string(read.problems.at(0))};
    std::vector<std::string> paths;
    for (const auto& difference : read.expectation->compare(*message).differences) paths.push_back(difference.path);
    return paths;
}

constexpr const char* kExpected = R"({
    displayName: x, sub_labels: [{ displayName: b, stockCount: 5 }],
    byKey: { k: {} }, moreOfIt: { '@type': type.googleapis.com/shop.Label, in_stock: 6 } )";

TEST(JsonNames, PathsThatAreIgnoredMayUseThem) {
    const std::string all = kExpected + std::string("}");
    EXPECT_THAT(compare(all, {}), ElementsAre("display_name", "sub_labels[0].in_stock", "by_key[\"k\"].in_stock",
                                              "more_of_it.in_stock", "in_stock"));
    for (const auto& one :
         {std::vector<std::string>{"displayName", "stockCount", "subLabels[*].stockCount", "byKey.stockCount",
                                   "moreOfIt.stockCount"},
          {"display_name", "in_stock", "sub_labels[*].in_stock", "by_key.in_stock", "more_of_it.in_stock"},
          {"displayName", "in_stock", "sub_labels.stockCount", "byKey[\"k\"].in_stock", "more_of_it.stockCount"}})
        EXPECT_THAT(compare(all, one), IsEmpty()) << one.front();
    EXPECT_THAT(compare(kExpected + std::string(", $ignore: [displayName, stockCount, 'subLabels[0].stockCount', "
                                                "byKey, moreOfIt] }"),
                        {}),
                IsEmpty());
    EXPECT_THAT(compare(kExpected + std::string(", $ignore: [displayNam] }"), {}),
                ElementsAre("unreadable: test.yaml:3:102: unknown field 'displayNam' in shop.Label (did you mean "
                            "'display_name'?)"));
}

TEST(JsonNames, OfNoMessageAreNamesLikeOthers) {
    const Rules rules{.ignore = {"displayName"}};
    const auto expected = to_json_expectation(R"({"display_name":1,"displayName":1})", rules).value();
    const auto compared = expected.compare_json(R"({"display_name":2,"displayName":2})").value();
    ASSERT_EQ(compared.differences.size(), 1U);
    EXPECT_EQ(compared.differences.front().path, "display_name");
}

TEST(JsonNames, LeadToTheValueInAMessage) {
    const auto value = to_value(*label(kActual));
    for (const char* step : {".in_stock", ".stockCount"}) {
        const auto* member = find_member(value, step);
        ASSERT_NE(member, nullptr) << step;
        EXPECT_EQ(member->value.text, "1");
    }
    EXPECT_EQ(find_member(value, ".inStock"), nullptr);
}

TEST(JsonNames, APathToOneValueNamesEachElementOnItsWay) {
    const auto document = source::parse_document("path", "test.yaml").value();
    const auto& type = *label("")->GetDescriptor();
    for (const char* good : {"displayName", "in_stock", "subLabels[0].stockCount", "byKey[\"k\"].stockCount",
                             "by_key.k.in_stock", "subLabels", "moreOfIt.whatever"})
        EXPECT_FALSE(check_path(document.root(), good, type, Reach::one)) << good;
    for (const char* wrong : {"displayNam", "subLabels.stockCount", "by_key.k.nothing", "displayName.x", "[0]"})
        EXPECT_TRUE(check_path(document.root(), wrong, type, Reach::one)) << wrong;
}

}  // namespace
}  // namespace understudy::match::json_names_test
