#include "tools/scenario/updates.hpp"

#include "tests/tools/scenario/fake_world.hpp"
#include "tests/tools/scenario/scenario_text.hpp"
#include "tools/scenario/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

namespace understudy::scenario::updates_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

http::Response json_reply(const std::string& body) {
    http::Response response;
    response.status = 200;
    response.headers.add("Content-Type", "application/json");
    response.headers.add("ETag", "7");
    response.body = body;
    return response;
}

/// What is written, and whether nothing fails any more then.
struct Updated : Updates {
    bool settled = true;
};

/// The runs of all scenarios of a text over all fronts; one reply after the other for their steps.
Updated update(const std::string& text, const std::vector<http::Response>& replies,
               const std::string& file = "shop.yaml") {
    FakeWorld world;
    for (const auto& reply : replies) world.reply(reply);
    const auto loaded = load_text(text, file);
    EXPECT_THAT(loaded.problems, IsEmpty()) << loaded.problems.at(0).problem.message();
    UpdateCollector collector;
    bool settled = true;
    for (const Scenario& scenario : loaded.scenarios) {
        for (const Front front : scenario.fronts) {
            const auto run = run_scenario(scenario, front, world.world());
            settled = settled && (run.verdict() == Verdict::passed || run.can_be_updated());
            collector.add(run);
        }
    }
    auto updates = collector.finish();
    settled = settled && updates.refusals.empty();
    return {std::move(updates), settled};
}

/// What becomes of the lines behind `steps:`.
std::string updated_steps(const std::string& steps, const std::vector<http::Response>& replies) {
    const auto updates = update(shop_scenario(steps), replies);
    EXPECT_THAT(updates.refusals, IsEmpty());
    if (updates.files.empty()) return "nothing is written";
    const auto before = shop_scenario(steps);
    const auto head = before.substr(0, before.size() - steps.size());
    EXPECT_EQ(updates.files[0].before, before);
    EXPECT_TRUE(updates.files[0].after.starts_with(head));
    return updates.files[0].after.substr(head.size());
}

const std::string kGet = "  - http: { target: /a }\n";

TEST(Updates, NothingIsWrittenWhereEverythingIsAsExpected) {
    const auto updates =
        update(shop_scenario(kGet + "    expect: { response: { a: $any } }\n"), {json_reply(R"({"a":1})")});
    EXPECT_THAT(updates.files, IsEmpty());
    EXPECT_TRUE(updates.settled);
}

TEST(Updates, ARunThatLeavesStepsOutHasFailedThoughItsFileIsWritten) {
    const std::string expect = "    expect: { response: { a: 1 } }\n";
    const std::pair<std::string, bool> table[] = {
        {shop_scenario(kGet) + "setup:\n" + kGet + expect, false},
        {shop_scenario(kGet + expect + "    repeat: 2\n"), false},
        {shop_scenario(kGet + expect + "    repeat: 1\n"), true},
        {shop_scenario(kGet) + "teardown:\n" + kGet + expect, true},
    };
    for (const auto& [text, settled] : table) {
        const auto reply = json_reply(R"({"a":2})");
        const auto updates = update(text, {reply, reply});
        EXPECT_THAT(updates.files, SizeIs(1)) << text;
        EXPECT_EQ(updates.settled, settled) << text;
    }
}

TEST(Updates, SeveralStepsOfAFileAreWrittenAtOnce) {
    EXPECT_EQ(updated_steps(kGet + "    expect: { response: { a: 1 } }  # one\n" + kGet +
                                "    # two\n    expect:\n      response:\n        b: 2\n        c: { $regex: x }\n",
                            {json_reply(R"({"a":2})"), json_reply(R"({"b":3,"c":"xy"})")}),
              kGet + "    expect: { response: { a: 2 } }  # one\n" + kGet +
                  "    # two\n    expect:\n      response:\n        b: 3\n        c: { $regex: x }\n");
}

TEST(Updates, AFileOfJsonStaysJson) {
    const auto scenario = [](const std::string& expect) {
        return R"({"schema": {"proto_files": ["shop/shop.proto"]}, "application": {"command": ["bin/shop"]},
 "steps": [{"method": "shop.Shop/Order", "content_type": "application/json", "expect": )" +
               expect + "}]}\n";
    };
    const auto updates = update(
        scenario(R"({"response": {"real": 1, "reals": [2]}, "headers": {"X-No": "a", "ETag": "6"}, "body_size": 3})"),
        {json_reply(R"({"real":"NaN","reals":["-Infinity",0.5]})")}, "shop.json");
    EXPECT_TRUE(updates.settled);
    ASSERT_THAT(updates.files, SizeIs(1));
    EXPECT_EQ(updates.files[0].after,
              scenario(R"({"response": {"real": "NaN", "reals": ["-Infinity", 0.5]}, )"
                       R"("headers": {"X-No": {"$absent": true}, "ETag": "7"}, "body_size": 40})"));
}

TEST(Updates, MessagesBodiesAndHeadersAreWritten) {
    EXPECT_EQ(
        updated_steps("  - method: shop.Shop/Order\n    content_type: application/json\n"
                      "    expect: { response: { int64: 1, size: SMALL }, headers: { etag: '6', X-No: a } }\n" +
                          kGet + "    expect: { body: a, body_size: 1, body_base64: hex:00 }\n",
                      {json_reply(R"({"int64":"9007199254740993","size":"SMALL"})"), json_reply("ab")}),
        "  - method: shop.Shop/Order\n    content_type: application/json\n"
        "    expect: { response: { int64: 9007199254740993, size: SMALL }, headers: { etag: '7', X-No: $absent } }\n" +
            kGet + "    expect: { body: ab, body_size: 2, body_base64: \"hex:6162\" }\n");
}

std::string with_crlf(const std::string& text) {
    std::string changed;
    for (const char character : text) changed += character == '\n' ? std::string("\r\n") : std::string(1, character);
    return changed;
}

TEST(Updates, DetailsOfErrorsAreWrittenHoweverManyCame) {
    auto error = json_reply(R"({"code":"invalid_argument","details":[
        {"type":"shop.Item","value":"CgFh"},{"type":"shop.Item","value":"CgFi"}]})");
    error.status = 400;
    const auto to_steps = [](const std::string& details) {
        return "  - method: shop.Shop/Order\n    expect: { code: invalid_argument, details: " + details + " }\n";
    };
    const std::string type = R"({ "@type": "type.googleapis.com/shop.Item", name: )";
    const auto both = to_steps("[" + type + "a }, " + type + "b }]");
    EXPECT_EQ(updated_steps(to_steps("$update"), {error}), both);
    EXPECT_EQ(updated_steps(to_steps("[" + type + "x }]"), {error}), both);
    EXPECT_EQ(updated_steps(to_steps("[$any, $any, $any]"), {error}), to_steps("[$any, $any]"));
}

TEST(Updates, AFileKeepsItsLineEnds) {
    const auto text = shop_scenario(kGet +
                                    "    expect:\n      response:\n        a: 1 # kept\n        b:\n          - 1\n"
                                    "        gone: 5\n        text: |\n          old\n      headers: { ETag: '1' }\n");
    const auto reply = json_reply(R"({"a":2,"b":[1,{"c":1,"d":[2]}],"e":{"f":[1,2]},"text":"one\ntwo\n"})");
    const auto unix_ends = update(text, {reply});
    const auto dos_ends = update(with_crlf(text), {reply});
    ASSERT_THAT(unix_ends.files, SizeIs(1));
    ASSERT_THAT(dos_ends.files, SizeIs(1));
    EXPECT_THAT(unix_ends.files[0].after, HasSubstr("- c: 1\n"));
    EXPECT_EQ(dos_ends.files[0].after, with_crlf(unix_ends.files[0].after));
    EXPECT_THAT(update(dos_ends.files[0].after, {reply}).files, IsEmpty());
}

TEST(Updates, VariablesInWhatIsAsExpectedStay) {
    EXPECT_EQ(updated_steps("  - http: { target: /a }\n    capture: { id: response.id }\n" + kGet +
                                "    expect: { response: { id: \"${id}\", n: 1 } }\n",
                            {json_reply(R"({"id":"x"})"), json_reply(R"({"id":"x","n":2})")}),
              "  - http: { target: /a }\n    capture: { id: response.id }\n" + kGet +
                  "    expect: { response: { id: \"${id}\", n: 2 } }\n");
}

TEST(Updates, AKeyThatLooksLikeAVariableIsReadAgain) {
    const auto reply = json_reply(R"({"${y}":1,"$${z}":"$${x}"})");
    const std::string updated = kGet + "    expect: { response: { \"$$${y}\": 1, \"$$$${z}\": \"$$${x}\" } }\n";
    EXPECT_EQ(updated_steps(kGet + "    expect: { response: $update }\n", {reply}), updated);
    EXPECT_EQ(updated_steps(updated, {reply}), "nothing is written");
}

TEST(Updates, AFileWithVariablesElsewhereIsWritten) {
    const auto text = shop_scenario("  - http: { target: '/${id}/$${x}' }\n    expect: { response: { a: 1 } }\n") +
                      "vars: { id: '7' }\n";
    const auto updates = update(text, {json_reply(R"({"a":2})")});
    EXPECT_THAT(updates.refusals, IsEmpty());
    ASSERT_THAT(updates.files, SizeIs(1));
    EXPECT_THAT(updates.files[0].after, HasSubstr("response: { a: 2 }"));
}

TEST(Updates, ACallThatEndsInAnotherWayIsNoSnapshot) {
    auto error = json_reply(R"({"a":2})");
    error.status = 500;
    const auto updates = update(shop_scenario(kGet + "    expect: { response: { a: 1 } }\n"), {error});
    EXPECT_THAT(updates.files, IsEmpty());
    EXPECT_FALSE(updates.settled);
}

TEST(Updates, WhatIsNotWrittenStaysAFailure) {
    const auto text = shop_scenario(kGet + "    expect: { response: { a: 1 }, logs: [never] }\n");
    const auto updates = update(text, {json_reply(R"({"a":2})")});
    ASSERT_THAT(updates.files, SizeIs(1));
    EXPECT_THAT(updates.files[0].places, ElementsAre(HasSubstr(": response")));
    EXPECT_FALSE(updates.settled);
}

TEST(Updates, WhenEverythingIsWrittenNothingFailsAnyMore) {
    const auto text =
        shop_scenario(kGet + "    expect: { response: $update, body: $update, headers: { etag: $update } }\n");
    const auto updates = update(text, {json_reply(R"({"a":2})")});
    ASSERT_THAT(updates.files, SizeIs(1));
    EXPECT_TRUE(updates.settled);
    EXPECT_THAT(updates.files[0].after,
                HasSubstr(R"(expect: { response: { a: 2 }, body: "{\"a\":2}", headers: { etag: "7" } })"));
}

TEST(Updates, AnAliasOrAMergeKeyGivesWayToWhatCame) {
    const std::string asked = "  - http: { target: /a, method: &get GET }\n";
    const std::string head = shop_scenario(asked + "    expect: { match: partial, response: &r { a: 1, b: 2 } }\n");
    const auto text = head + kGet + "    expect: { response: { of: *get, all: *r } }\n" + kGet +
                      "    expect:\n      response:\n        <<: *r\n        b: 3\n";
    const auto updates =
        update(text, {json_reply(R"({"a":1,"b":2})"), json_reply(R"({"of":"GET","all":{"a":2,"b":2}})"),
                      json_reply(R"({"a":1,"b":4})")});
    EXPECT_THAT(updates.refusals, IsEmpty());
    EXPECT_TRUE(updates.settled);
    ASSERT_THAT(updates.files, SizeIs(1));
    EXPECT_EQ(updates.files[0].after, head + kGet + "    expect: { response: { of: *get, all: { a: 2, b: 2 } } }\n" +
                                          kGet + "    expect:\n      response:\n        a: 1\n        b: 4\n");
}

TEST(Updates, WhatAnAliasElsewhereStandsForStaysAndSaysWhy) {
    const auto text = shop_scenario(kGet + "    expect: { response: &r { a: 1 } }\n" + kGet +
                                    "    expect: { response: *r }\n" + kGet + "    expect: { body: old }\n");
    const auto other = json_reply(R"({"a":2})"), same = json_reply(R"({"a":1})");
    const auto refused = update(text, {other, same, json_reply("new")});
    ASSERT_THAT(refused.refusals, SizeIs(1));
    EXPECT_THAT(refused.refusals[0].message(), HasSubstr("'response' is not updated: the alias in line "));
    EXPECT_FALSE(refused.settled);
    ASSERT_THAT(refused.files, SizeIs(1));
    EXPECT_THAT(refused.files[0].places, ElementsAre(HasSubstr(": body")));
    const auto both = update(text, {other, other, json_reply("old")});
    EXPECT_TRUE(both.settled);
    ASSERT_THAT(both.files, SizeIs(1));
    EXPECT_THAT(both.files[0].after, HasSubstr("response: &r { a: 2 }"));
    EXPECT_THAT(both.files[0].after, HasSubstr("expect: { response: { a: 2 } }"));
}

TEST(Updates, AnAnchoredBlockThatGrowsIsChangedToo) {
    const auto text = shop_scenario(kGet + "    expect:\n      response:\n        c: &c\n          d: 1  # the last\n" +
                                    kGet + "    expect: { response: *c }\n");
    const auto same = json_reply(R"({"d":1})");
    EXPECT_THAT(update(text, {json_reply(R"({"c":{"d":1,"e":2}})"), same}).refusals, SizeIs(1));
    const auto beside = update(text, {json_reply(R"({"c":{"d":1},"e":2})"), same});
    EXPECT_THAT(beside.refusals, IsEmpty());
    EXPECT_TRUE(beside.settled);
}

TEST(Updates, WhereRunsGotDifferentValuesNothingIsWritten) {
    const auto text = shop_scenario(kGet + "    expect: { response: { a: 1 } }\n", "  fronts: [http, rest]\n");
    const auto updates = update(text, {json_reply(R"({"a":2})"), json_reply(R"({"a":3})")});
    EXPECT_THAT(updates.files, IsEmpty());
    EXPECT_FALSE(updates.settled);
    ASSERT_THAT(updates.refusals, SizeIs(1));
    EXPECT_EQ(updates.refusals[0].message(), "'response' is not updated: runs got different values");
    EXPECT_THAT(updates.refusals[0].note(), HasSubstr("'shop [http]' and 'shop [rest]'; put a matcher there"));
}

TEST(Updates, ARunThatIsContentCountsToo) {
    const auto text = shop_scenario(kGet + "    expect: { response: { a: 1 } }\n", "  fronts: [http, rest]\n");
    EXPECT_THAT(update(text, {json_reply(R"({"a":1})"), json_reply(R"({"a":3})")}).refusals, SizeIs(1));
    const auto same = update(text, {json_reply(R"({"a":3})"), json_reply(R"({"a":3})")});
    EXPECT_THAT(same.refusals, IsEmpty());
    EXPECT_TRUE(same.settled);
}

TEST(Updates, WhatCannotBeWrittenLeavesTheRestOfItsFile) {
    const auto text =
        shop_scenario(kGet + "    expect: { response: { a: 1 } }\n" + kGet + "    expect: { response: 1 }\n");
    FakeWorld world;
    world.reply(json_reply(R"({"a":2})"));
    world.reply(json_reply("2"));
    const auto loaded = load_text(text);
    ASSERT_THAT(loaded.problems, IsEmpty());
    const auto run = run_scenario(loaded.scenarios[0], loaded.scenarios[0].fronts[0], world.world());
    for (const char* wrong : {"[", "2 }, name: { x: 1", "2 } }\n    repeat: 2 #"}) {
        auto changed = run;
        changed.steps[1].snapshots[0].edits[0].text = wrong;
        UpdateCollector collector;
        collector.add(changed);
        const auto updates = collector.finish();
        ASSERT_THAT(updates.files, SizeIs(1)) << wrong;
        EXPECT_THAT(updates.files[0].after, HasSubstr("{ response: { a: 2 } }"));
        EXPECT_THAT(updates.files[0].after, HasSubstr("{ response: 1 }"));
        ASSERT_THAT(updates.refusals, SizeIs(1));
        EXPECT_THAT(updates.refusals[0].message(), HasSubstr("'response' is not updated: "));
    }
}

const std::string kOrder = "  - method: shop.Shop/Order\n    content_type: application/json\n";
constexpr const char* kStrange = R"({"any":{"@type":"type.googleapis.com/x.Y","a":[1,{"b":null}]},"flag":true})";

TEST(Updates, AnAnyOfAnUnknownTypeIsWrittenSoThatItPasses) {
    http::Response bytes = json_reply("\xA2\x01\x1D\x0A\x17type.googleapis.com/x.Y\x12\x02\x08\x01");
    bytes.headers = {};
    bytes.headers.add("Content-Type", "application/proto");
    const std::tuple<std::string, http::Response, const char*> table[] = {
        {kOrder + "    expect: { response: $update }\n", json_reply(kStrange), "b: null"},
        {kOrder + "    expect: { response: { any: { \"@type\": t/x.Z } } }\n", json_reply(kStrange), "b: null"},
        {kOrder + "    expect: { response: { any: { \"@type\": t/x.Y, a: [2] }, flag: true } }\n", json_reply(kStrange),
         "a: [1, { b: null }] }, flag: true"},
        {"  - method: shop.Shop/Order\n    expect: { response: $update }\n", bytes, "value: \"hex:0801\""},
    };
    for (const auto& [steps, reply, written] : table) {
        const auto updates = update(shop_scenario(steps), {reply});
        EXPECT_TRUE(updates.settled) << steps;
        ASSERT_THAT(updates.files, SizeIs(1)) << steps;
        EXPECT_THAT(updates.files[0].after, HasSubstr(written));
        const auto again = update(updates.files[0].after, {reply});
        EXPECT_THAT(again.files, IsEmpty()) << updates.files[0].after;
        EXPECT_TRUE(again.settled);
    }
}

TEST(Updates, DetailsOfAnUnknownTypeAreWrittenSoThatTheyPass) {
    auto error = json_reply(R"({"code":"invalid_argument","details":[{"type":"x.Y","value":"CgFh"}]})");
    error.status = 400;
    const auto steps = [](const std::string& details) {
        return "  - method: shop.Shop/Order\n    expect: { code: invalid_argument, details: " + details + " }\n";
    };
    const auto written = steps(R"([{ "@type": "type.googleapis.com/x.Y", value: "hex:0a0161" }])");
    EXPECT_EQ(updated_steps(steps("[]"), {error}), written);
    EXPECT_EQ(updated_steps(written, {error}), "nothing is written");
}

TEST(Updates, WhatNoExpectationCanSayIsNotWritten) {
    const std::tuple<const char*, const char*, const char*> table[] = {
        {"{ response: { flag: true } }", R"({"text":"a","zz":1})",
         "no expectation can say what came at 'zz (not in the schema)'"},
        {"{ response: $update }", R"({"items":[{},{"zz":1}]})",
         "no expectation can say what came at 'items[1].zz (not in the schema)'"},
        {"{ response: { items: [{}], shelf: {} } }", R"({"items":[{}],"shelf":{"07":{"zz":1}}})",
         "no expectation can say what came at 'shelf[7].zz (not in the schema)'"},
        {"{ response: { text: b }, match: partial, unknown_fields: error }", R"({"text":"a","item":{"zz":1}})",
         "no expectation can say what came at 'item.zz (not in the schema)'"},
        {"{ response: { text: b } }", R"({"text":"a","size":"HUGE"})", "a name came that its enum has not"},
    };
    for (const auto& [expect, body, why] : table) {
        const auto updates = update(shop_scenario(kOrder + "    expect: " + expect + '\n'), {json_reply(body)});
        EXPECT_THAT(updates.files, IsEmpty()) << body;
        EXPECT_FALSE(updates.settled);
        ASSERT_THAT(updates.refusals, SizeIs(1)) << body;
        EXPECT_EQ(updates.refusals[0].message(), std::string("'response' is not updated: ") + why);
    }
}

TEST(Updates, WhatTheSchemaDoesNotKnowStaysWhereNobodyMindsIt) {
    for (const char* expect :
         {"{ response: { text: b }, unknown_fields: ignored }", "{ response: { text: b }, match: partial }",
          "{ response: { text: b, $ignore: [\"zz (not in the schema)\"] } }"}) {
        const auto updates =
            update(shop_scenario(kOrder + "    expect: " + expect + '\n'), {json_reply(R"({"text":"a","zz":1})")});
        EXPECT_THAT(updates.refusals, IsEmpty()) << expect;
        ASSERT_THAT(updates.files, SizeIs(1)) << expect;
        EXPECT_THAT(updates.files[0].after, HasSubstr("text: a"));
    }
}

TEST(Updates, ASecretIsWrittenNowhere) {
    const auto text = shop_scenario(kGet + "    expect: { response: { a: 1 } }\n") +
                      "vars: { token: hidden-words }\nsecrets: [token]\n";
    const auto updates = update(text, {json_reply(R"({"a":"my hidden-words"})")});
    EXPECT_THAT(updates.files, IsEmpty());
    ASSERT_THAT(updates.refusals, SizeIs(1));
    EXPECT_EQ(updates.refusals[0].message(), "'response' is not updated: what came holds a secret");
}

TEST(Updates, ARunThatIsExpectedToFailChangesNothing) {
    const auto text =
        shop_scenario(kGet + "    expect: { response: { a: 1 } }\n") + "expect_failure: [{ reason: known }]\n";
    const auto updates = update(text, {json_reply(R"({"a":2})")});
    EXPECT_THAT(updates.files, IsEmpty());
    EXPECT_TRUE(updates.settled);
}

}  // namespace
}  // namespace understudy::scenario::updates_test
