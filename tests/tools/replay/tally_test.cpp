#include "tools/replay/tally.hpp"

#include "tools/replay/distribution.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::replay {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

Deviation difference(const std::string& path, const std::string& expected, const std::string& actual) {
    return to_deviation(match::make_difference(path, expected, actual, {}));
}

Place place(std::uint64_t number) {
    return {number, "t.jsonl", static_cast<std::uint32_t>(number), "id-" + std::to_string(number), "POST /a"};
}

TEST(Kinds, ElementsOfAListAreOneKind) {
    EXPECT_EQ(to_kind(difference("body.items[12].a[0]", "1", "2")), (KindKey{"body.items[*].a[*]", Change::changed}));
    EXPECT_EQ(to_kind(difference(R"(body.counts["a"])", "1", "absent")),
              (KindKey{R"(body.counts["a"])", Change::missing}));
    EXPECT_EQ(to_kind(difference("body.inner.[old.numbers][3]", "1", "2")),
              (KindKey{"body.inner.[old.numbers][*]", Change::changed}));
    EXPECT_EQ(to_kind(difference("body.a", "absent", "1")), (KindKey{"body.a", Change::added}));
    EXPECT_EQ(to_kind({difference("outcome", "a reply", "an error"), Change::failed}),
              (KindKey{"outcome", Change::failed}));
    // A member of a reply that happens to have that name.
    EXPECT_EQ(to_kind(difference("outcome", "\"a reply\"", "\"none\"")), (KindKey{"outcome", Change::changed}));
}

Tally make_tally() {
    Tally tally;
    tally.add_same(place(1), 2);
    tally.add_differences(place(7), {{difference("body.items[1].a", "1", "2"), difference("status", "200", "201")}, 0});
    tally.add_differences(place(3), {{difference("body.items[0].a", "5", "6")}, 1});
    tally.add_unanswered(place(4), "nobody listens");
    tally.add_skipped("they were throttled when they were recorded");
    tally.add_sent_redacted();
    tally.add_websocket_event();
    return tally;
}

TEST(TallyReport, ShowsOneDifferenceOfEachKindTheMostFrequentFirst) {
    EXPECT_EQ(render_tally(make_tally(), milliseconds(1500), source::Colour::none),
              "2 exchanges: body.items[*].a changed\n"
              "  t.jsonl:3  id-3  POST /a\n"
              "  body.items[0].a: expected 5, got 6\n\n"
              "1 exchange: no reply\n"
              "  t.jsonl:4  id-4  POST /a\n"
              "  nobody listens\n\n"
              "1 exchange: status changed\n"
              "  t.jsonl:7  id-7  POST /a\n"
              "  status: expected 200, got 201\n\n"
              "4 exchanges replayed: 1 the same, 2 different, 1 without a reply (1.50 s)\n"
              "3 redacted values counted as equal\n"
              "1 exchange sent again with redacted values\n"
              "1 exchange of WebSockets: functions got their events again, nothing was sent over a WebSocket\n"
              "1 exchange left out: they were throttled when they were recorded\n");
}

TEST(TallyReport, AnEventAloneIsNamedByItsFile) {
    Tally tally;
    tally.add_differences({1, "event.json", 0, "event.json", "GET /"}, {{difference("status", "200", "201")}, 0});
    EXPECT_THAT(render_tally(tally, milliseconds(1), source::Colour::none), HasSubstr("\n  event.json  GET /\n"));
}

TEST(TallyReport, JunitHasACaseForEachKindAndWhatIsTheSame) {
    const auto report = render_junit(make_tally(), milliseconds(1500));
    EXPECT_THAT(report, HasSubstr(R"(<testsuites tests="4" failures="2" errors="1" skipped="0" time="1.500">)"));
    EXPECT_THAT(report, HasSubstr(R"(name="body.items[*].a changed")"));
    EXPECT_THAT(report, HasSubstr(R"(<error message="1 exchange" type="NoReply">)"));
    EXPECT_THAT(report, HasSubstr(R"(name="POST /a: 1 exchange the same" time="0"/>)"));
}

TEST(TallyReport, JunitEscapesWhatXmlCannotHold) {
    Tally tally;
    tally.add_differences(place(1), {{difference("body", "\"<a&b>\x01\"", "1")}, 0});
    EXPECT_THAT(render_junit(tally, milliseconds(0)), HasSubstr("expected &quot;&lt;a&amp;b&gt;\\x01&quot;, got 1"));
}

TEST(TallyReport, JsonIsALineForEachExchangeAndOneForAll) {
    EXPECT_EQ(render_json_line(place(2), {difference("status", "200", "201")}),
              R"({"exchange":{"file":"t.jsonl","line":2,"id":"id-2","subject":"POST /a","differences":)"
              R"([{"path":"status","expected":"200","actual":"201"}]}})"
              "\n");
    EXPECT_THAT(
        render_json_summary(make_tally(), milliseconds(10)),
        HasSubstr(
            R"({"summary":{"same":1,"different":2,"unanswered":1,"redacted":3,"websocket_events":1,"seconds":0.010,)"));
}

TEST(Tally, StaysSmallHoweverManyKindsThereAre) {
    Tally tally;
    for (std::uint64_t i = 0; i < 3000; ++i)
        tally.add_differences(place(i), {{difference("body.a" + std::to_string(i), "1", "2")}, 0});
    EXPECT_EQ(tally.kinds().size(), 1000U);
    EXPECT_EQ(tally.of_other_kinds(), 2000U);
    EXPECT_EQ(tally.counts().different, 3000U);
}

TEST(Tally, StaysSmallHoweverManyPathsThereAre) {
    Tally tally;
    for (std::uint64_t i = 0; i < 3000; ++i) {
        Place there = place(i);
        there.subject = "GET /" + std::to_string(i);
        tally.add_same(there);
    }
    EXPECT_EQ(tally.subjects().size(), 501U);
    EXPECT_EQ(tally.subjects().at("others").same, 2500U);
}

TEST(Distribution, QuantilesAreExactToAHundredth) {
    Distribution distribution;
    for (int i = 1; i <= 1000; ++i) distribution.add(i);
    EXPECT_NEAR(distribution.quantile(0.5), 500, 5);
    EXPECT_NEAR(distribution.quantile(0.9), 900, 9);
    EXPECT_NEAR(distribution.quantile(0.99), 990, 10);
    EXPECT_EQ(distribution.quantile(1), 1000);
    EXPECT_EQ(Distribution().quantile(0.5), 0);
}

}  // namespace
}  // namespace understudy::replay
