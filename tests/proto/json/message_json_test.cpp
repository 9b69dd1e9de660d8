#include "proto/json/message_json.hpp"

#include "tests/proto/json/schema.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

namespace understudy::protojson::message_json_test {
namespace {

namespace protobuf = google::protobuf;
using protobuf::Message;
using protobuf::util::JsonParseOptions;
using protobuf::util::JsonPrintOptions;
using testing::HasSubstr;

JsonPrintOptions options_of(bool file_names, bool defaults) {
    JsonPrintOptions options;
    options.preserve_proto_field_names = file_names;
    options.always_print_primitive_fields = defaults;
    return options;
}

std::string rendered(const Message& message, const JsonPrintOptions& options = {}) {
    std::string json = "what was there before";
    const auto status = render_json(message, json, options);
    return status.ok() ? json : status.ToString();
}

std::string rendered_by_protobuf(const Message& message, const JsonPrintOptions& options) {
    std::string json;
    const auto status = protobuf::util::MessageToJsonString(message, &json, options);
    return status.ok() ? json : status.ToString();
}

/// The message that a text of JSON is, as protobuf text, or what is wrong with it.
std::string read(const std::string& json, const JsonParseOptions& options = {}) {
    const protobuf::LogSilencer quiet;
    const auto message = make_message("legacy.Thing");
    const auto status = parse_json(json, *message, options);
    return status.ok() ? message->ShortDebugString() : std::string(status.message());
}

bool same(const Message& left, const Message& right) {
    protobuf::util::DefaultFieldComparator comparator;
    comparator.set_treat_nan_as_equal(true);
    protobuf::util::MessageDifferencer differencer;
    differencer.set_field_comparator(&comparator);
    return differencer.Compare(left, right);
}

TEST(MessageJson, ExtensionsAreMembersUnderTheirFullNames) {
    const auto thing = make_message("legacy.Thing", R"(
        id: "a" [legacy.note]: "n" [legacy.numbers]: [1, -2] [legacy.levels]: HIGH [legacy.at] { seconds: 60 }
        [legacy.raw]: "\377" [legacy.Scope.scope] { text: "s" [legacy.thing] { id: "c" [legacy.note]: "m" } }
        inner { id: "b" [legacy.Scope.nested] { id: "d" } [legacy.Scope.nested] { id: "e" [legacy.real]: nan } })");
    EXPECT_EQ(rendered(*thing),
              R"({"id":"a","inner":{"id":"b","[legacy.Scope.nested]":[{"id":"d"},{"id":"e","[legacy.real]":"NaN"}]},)"
              R"("[legacy.levels]":["HIGH"],"[legacy.note]":"n","[legacy.numbers]":["1","-2"],)"
              R"("[legacy.at]":"1970-01-01T00:01:00Z","[legacy.Scope.scope]":{"text":"s","[legacy.thing]":{"id":"c",)"
              R"("[legacy.note]":"m"}},"[legacy.raw]":"/w=="})");
    EXPECT_EQ(read(rendered(*thing)), thing->ShortDebugString());
}

TEST(MessageJson, GroupsAreMessagesUnderTheirFieldsNames) {
    const auto thing = make_message("legacy.Thing", R"(
        id: "a" Address { street_name: "s" Room { number: 1 } Room {} [legacy.fixed]: 5 }
        Line { text: "x" thing { id: "b" Address {} } } Line {} Pick { raw: "r" }
        [legacy.extra] { count: 3 } [legacy.part] { flag: true } [legacy.part] {})");
    EXPECT_EQ(rendered(*thing),
              R"({"id":"a","address":{"streetName":"s","room":[{"number":1},{}],"[legacy.fixed]":"5"},)"
              R"("line":[{"thing":{"id":"b","address":{}},"text":"x"},{}],"pick":{"raw":"cg=="},)"
              R"("[legacy.extra]":{"count":3},"[legacy.part]":[{"flag":true},{}]})");
    EXPECT_EQ(read(rendered(*thing)), thing->ShortDebugString());
}

TEST(MessageJson, MessageSetsHaveTheirExtensions) {
    const auto purse = make_message("legacy.Purse", R"(
        bag { [legacy.Coin] { text: "a" Mint { town: "t" } inner { [legacy.other] { text: "b" } } } [legacy.other] {} }
        name: "n")");
    const std::string json = R"({"bag":{"[legacy.other]":{},"[legacy.Coin.coin]":{"text":"a","mint":{"town":"t"},)"
                             R"("inner":{"[legacy.other]":{"text":"b"}}}},"name":"n"})";
    EXPECT_EQ(rendered(*purse), json);
    const auto back = make_message("legacy.Purse");
    ASSERT_TRUE(parse_json(json, *back).ok());
    EXPECT_EQ(back->ShortDebugString(), purse->ShortDebugString());
    EXPECT_EQ(back->SerializeAsString(), purse->SerializeAsString());
    const auto shown = rendered(*make_message("legacy.Purse", "bag { [legacy.other] {} }"), options_of(true, true));
    EXPECT_EQ(shown, R"({"bag":{"[legacy.other]":{"text":""}},"name":""})");
    EXPECT_EQ(rendered(*make_message("legacy.Purse", "bag {}")), R"({"bag":{}})");
}

TEST(MessageJson, WhatNoSchemaKnowsOfAMessageSetIsNotShown) {
    const auto purse = make_message("legacy.Purse");
    ASSERT_TRUE(purse->ParseFromString(std::string("\x0a\x07\x0b\x10\x63\x1a\x01x\x0c\x12\x01n", 12)));
    EXPECT_EQ(rendered(*purse), R"({"bag":{},"name":"n"})");
}

TEST(MessageJson, AMessageSetWithANumberThatNoFieldMayHaveIsRefused) {
    const auto purse = make_message("legacy.Purse", "bag { [legacy.Coin.rare] { text: 'a' } }");
    EXPECT_THAT(rendered(*purse), HasSubstr("A message set holds a message that JSON has no name for."));
    const auto back = make_message("legacy.Purse");
    EXPECT_FALSE(parse_json(R"({"bag":{"[legacy.Coin.rare]":{}}})", *back).ok());
}

TEST(MessageJson, WhatIsPackedInAnAnyHasThemToo) {
    const auto packed = make_message("legacy.Thing", R"(id: "p" [legacy.note]: "n" Address { street_name: "s" })");
    const auto thing = make_message("legacy.Thing", R"(id: "a")");
    const auto* field = thing->GetDescriptor()->FindFieldByName("any");
    auto& any = *thing->GetReflection()->MutableMessage(thing.get(), field);
    any.GetReflection()->SetString(&any, any.GetDescriptor()->field(0), "type.googleapis.com/legacy.Thing");
    any.GetReflection()->SetString(&any, any.GetDescriptor()->field(1), packed->SerializeAsString());
    EXPECT_EQ(rendered(*thing), R"({"id":"a","any":{"@type":"type.googleapis.com/legacy.Thing","id":"p",)"
                                R"("address":{"streetName":"s"},"[legacy.note]":"n"}})");
    EXPECT_EQ(read(rendered(*thing)), thing->ShortDebugString());
}

TEST(MessageJson, ExtensionsAndGroupsThatAreNotSetAreNotShownAmongTheDefaults) {
    const auto thing = make_message("legacy.Thing", R"(id: "a" Address { [legacy.fixed]: 0 } [legacy.note]: "")");
    const auto json = rendered(*thing, options_of(true, true));
    EXPECT_THAT(json, HasSubstr(R"("address":{"street_name":"","room":[],"[legacy.fixed]":"0"})"));
    EXPECT_THAT(json, HasSubstr(R"("[legacy.note]":"")"));
    for (const char* unset :
         {"pick", "legacy.numbers", "legacy.raw", "legacy.real", "legacy.at", "legacy.extra", "null"})
        EXPECT_THAT(json, testing::Not(HasSubstr(unset)));
}

TEST(MessageJson, WhatTheSchemaDoesNotKnowIsRefusedOrPassedOver) {
    const std::string unknown = R"({"id":"a","[legacy.none]":1,"[legacy.thing]":{},"[legacy.note]":"n"})";
    EXPECT_THAT(read(R"({"id":"a","[legacy.none]":1})"), HasSubstr("[legacy.none]: Cannot find field"));
    EXPECT_THAT(read(R"({"id":"a","[legacy.thing]":{}})"), HasSubstr("Cannot find field")) << "an extension of Scope";
    JsonParseOptions lenient;
    lenient.ignore_unknown_fields = true;
    EXPECT_EQ(read(unknown, lenient), R"(id: "a" [legacy.note]: "n")");
}

TEST(MessageJson, FaultsInExtensionsAndGroupsHaveTheirPlace) {
    EXPECT_THAT(read(R"({"id":"a","[legacy.numbers]":["x"]})"),
                HasSubstr(R"((["[legacy.numbers]"][0]): invalid value "x" for type TYPE_INT64)"));
    EXPECT_THAT(read(R"({"id":"a","[legacy.Scope.nested]":[{}]})"), HasSubstr("missing field id"));
    EXPECT_THAT(read(R"({"id":"a","address":{"room":{"number":"x"}}})"), HasSubstr("address.room.number"));
    EXPECT_THAT(read(R"({"id":"a","pick":{},"other":1})"), HasSubstr("'choice' is already set"));
}

TEST(MessageJson, AMessageMayLackRequiredFields) {
    const auto thing = make_message("legacy.Thing", R"([legacy.note]: "n" Line { thing {} })");
    EXPECT_EQ(rendered(*thing), R"({"line":[{"thing":{}}],"[legacy.note]":"n"})");
}

TEST(MessageJson, IsProtobufsOwnWhereThatDropsNothing) {
    for (const std::string type : {"modern.All", "legacy.Plain", "legacy.Thing"}) {
        for (unsigned seed = 0; seed < 40; ++seed) {
            const auto message = make_message(type);
            Filler(seed, Filled::plain_fields).fill(*message, 3);
            for (const bool file_names : {false, true}) {
                for (const bool defaults : {false, true}) {
                    // Of groups that are not set protobuf shows a null.
                    if (defaults && type == "legacy.Thing") continue;
                    const auto options = options_of(file_names, defaults);
                    EXPECT_EQ(rendered(*message, options), rendered_by_protobuf(*message, options)) << seed;
                }
            }
        }
    }
}

TEST(MessageJson, IsReadAsProtobufReadsItWhereThatDropsNothing) {
    const protobuf::LogSilencer quiet;
    for (unsigned seed = 0; seed < 100; ++seed) {
        const auto message = make_message("modern.All");
        Filler(seed, Filled::plain_fields).fill(*message, 3);
        auto json = rendered(*message, options_of(false, seed % 2 == 0));
        if (seed % 4 == 3) json.resize(json.size() * 2 / 3);
        const std::unique_ptr<Message> ours(message->New()), theirs(message->New());
        const auto our_status = parse_json(json, *ours);
        EXPECT_EQ(our_status, protobuf::util::JsonStringToMessage(json, theirs.get())) << json;
        EXPECT_EQ(our_status.ok(), seed % 4 != 3);
        EXPECT_TRUE(same(*ours, *theirs)) << json;
    }
}

TEST(MessageJson, EveryMessageReadsBackAsItWas) {
    std::size_t with_extensions = 0, with_groups = 0;
    for (const std::string type : {"legacy.Thing", "modern.All"}) {
        for (unsigned seed = 0; seed < 100; ++seed) {
            const auto message = make_message(type);
            Filler(seed, Filled::everything).fill(*message, 3);
            const auto json = rendered(*message, options_of(seed % 2 == 0, false));
            const std::unique_ptr<Message> read_back(message->New());
            const auto status = parse_json(json, *read_back);
            EXPECT_TRUE(status.ok()) << status << '\n' << json;
            EXPECT_TRUE(same(*message, *read_back)) << json << '\n' << read_back->ShortDebugString();
            with_extensions += json.find("[legacy.") != std::string::npos ? 1 : 0;
            with_groups += json.find("\"address\"") != std::string::npos ? 1 : 0;
        }
    }
    EXPECT_GT(with_extensions, 75U);
    EXPECT_GT(with_groups, 50U);
}

}  // namespace
}  // namespace understudy::protojson::message_json_test
