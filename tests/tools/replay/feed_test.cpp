#include "tests/support/program.hpp"
#include "tools/replay/exchange_feed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <fstream>
#include <set>

namespace understudy::replay {
namespace {

using std::chrono::microseconds;
using testing::ElementsAre;

/// A file that goes with the test.
class FeedFile {
  public:
    FeedFile(const std::string& name, const std::string& text) : path_(folder_.path() + '/' + name) {
        std::ofstream(path_, std::ios::binary) << text;
    }
    ~FeedFile() { ::unlink(path_.c_str()); }
    const std::string& path() const { return path_; }

  private:
    test::TempFolder folder_;
    std::string path_;
};

std::string to_line(const std::string& id, const std::string& more = "") {
    return R"({"exchange":{"id":")" + id + "\"" + more + "}}\n";
}

std::vector<std::string> read_ids(ExchangeFeed& feed) {
    std::vector<std::string> ids;
    while (true) {
        const auto next = feed.next();
        if (!next) ids.push_back("error: " + next.error().message());
        if (!next || *next == nullptr) return ids;
        ids.push_back((*next)->exchange().id);
    }
}

std::string make_many(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += to_line("id-" + std::to_string(i));
    return text;
}

TEST(ExchangeFeed, GivesAllFilesOneAfterTheOther) {
    const FeedFile one("a.jsonl", to_line("a") + to_line("b")), two("b.jsonl", to_line("c"));
    ExchangeFeed feed({one.path(), two.path()}, {}, 100);
    EXPECT_EQ((*feed.peek())->exchange().id, "a");
    EXPECT_THAT(read_ids(feed), ElementsAre("a", "b", "c"));
    EXPECT_EQ(feed.read(), 3U);
}

TEST(ExchangeFeed, StopsAtItsLimitAndAtABadLine) {
    const FeedFile file("a.jsonl", to_line("a") + to_line("b") + "{\n" + to_line("c"));
    ExchangeFeed two({file.path()}, {}, 2);
    EXPECT_THAT(read_ids(two), ElementsAre("a", "b"));
    ExchangeFeed all({file.path()}, {}, 100);
    EXPECT_EQ(read_ids(all).size(), 3U);
    EXPECT_EQ(*all.next(), nullptr);
}

TEST(ExchangeFeed, TellsTheKindOfAFileByWhatItHolds) {
    const std::string log =
        "START\nUNDERSTUDY a 1/2 {\"exchange\":\nUNDERSTUDY a 2/2 {\"id\":\"a\"}}\n"
        "UNDERSTUDY b 1/2 {\"exch\nUNDERSTUDY c 1/1 nonsense\n";
    const FeedFile file("log.txt", log);
    ExchangeFeed feed({file.path()}, {}, 100);
    const auto whole = *feed.next(), partly = *feed.next();
    ASSERT_TRUE(whole && partly);
    EXPECT_EQ(whole->exchange().id, "a");
    EXPECT_EQ(whole->recorded.line, 3U);
    EXPECT_EQ(partly->exchange().id, "b");
    EXPECT_EQ(partly->exchange().missing, "piece 2 of 2");
    EXPECT_EQ(*feed.next(), nullptr);
    ASSERT_EQ(feed.warnings().size(), 2U);
}

TEST(ExchangeFeed, AnAnswerOfTheLogsThatIsCutOffIsToldWithItsPlace) {
    const std::string whole =
        "{\n  \"events\": [\n    { \"message\": \"UNDERSTUDY a 1/1 {\\\"exchange\\\":{\\\"id\\\":\\\"a\\\"}}\\n\" }\n  "
        "]\n}\n";
    for (const std::size_t cut : {0U, 2U, 5U, 9U}) {
        const FeedFile file("log.json", whole.substr(0, whole.size() - cut));
        ExchangeFeed feed({file.path()}, {}, 100);
        EXPECT_EQ(read_ids(feed).size(), 1U);
        ASSERT_EQ(feed.warnings().size(), cut < 2 ? 0U : 1U) << cut;
        if (cut == 5) {
            EXPECT_EQ(
                to_string(feed.warnings().front()),
                file.path() + ":4:2: the file ends in the middle of its JSON: what `aws logs` printed is cut off here");
        }
    }
}

TEST(ExchangeFeed, AnErrorMeansThatNotEverythingCouldBeRead) {
    const FeedFile file("a.jsonl", to_line("a") + "nonsense\n");
    ExchangeFeed feed({file.path()}, {}, 100);
    EXPECT_TRUE(feed.next());
    EXPECT_TRUE(feed.is_whole());
    EXPECT_FALSE(feed.next());
    EXPECT_FALSE(feed.is_whole());
}

TEST(ExchangeFeed, ABrokenRecordingOfAFolderIsLeftOutAndTheOthersAreGiven) {
    const test::TempFolder folder;
    const auto write = [&](const std::string& name, const std::string& text) {
        std::ofstream(folder.path() + '/' + name) << text;
    };
    write("a.jsonl", to_line("a"));
    write("b.jsonl", to_line("b") + "nonsense\n" + to_line("lost"));
    write("c.jsonl", to_line("c"));
    ExchangeFeed feed({folder.path()}, {}, 100);
    EXPECT_THAT(read_ids(feed), ElementsAre("a", "b", "c"));
    EXPECT_FALSE(feed.is_whole());
    ASSERT_EQ(feed.warnings().size(), 1U);
    EXPECT_EQ(feed.warnings().front().file(), folder.path() + "/b.jsonl");
    EXPECT_EQ(feed.warnings().front().position().line, 2U);
    for (const char* name : {"a.jsonl", "b.jsonl", "c.jsonl"}) ::unlink((folder.path() + '/' + name).c_str());
}

TEST(ExchangeFeed, ASampleOfAFolderWithABrokenFileIsOfWhatCanBeRead) {
    const test::TempFolder folder;
    const std::string good = folder.path() + "/a.jsonl", broken = folder.path() + "/b.jsonl";
    std::ofstream(good) << make_many(40);
    std::ofstream(broken) << to_line("of-the-broken-one") << "nonsense\n" << to_line("lost");
    SelectionRules rules;
    const auto bound = find_sample_bound({folder.path()}, rules, 10);
    ASSERT_TRUE(bound) << bound.error().message();
    rules.most_hash = *bound;
    std::set<std::string> sample;
    rules.shards = 4;
    for (; rules.shard < rules.shards; ++rules.shard) {
        ExchangeFeed feed({folder.path()}, rules, 100);
        for (const auto& id : read_ids(feed)) EXPECT_TRUE(sample.insert(id).second) << id;
        EXPECT_FALSE(feed.is_whole());
        EXPECT_EQ(feed.warnings().size(), 1U);
        EXPECT_EQ(feed.read(), 41U) << "those before the bad line count";
    }
    EXPECT_EQ(sample.size(), 10U);
    EXPECT_FALSE(find_sample_bound({broken}, rules, 10)) << "it was asked for by its name";
    for (const std::string& path : {good, broken}) ::unlink(path.c_str());
}

TEST(ExchangeFeed, ARecordingOfALaterFormatInAFolderIsBrokenAndJsonWithoutEventsIsNot) {
    const test::TempFolder folder;
    const std::string later = folder.path() + "/later.jsonl", other = folder.path() + "/package.json";
    std::ofstream(other) << "[]";
    ExchangeFeed whole({folder.path()}, {}, 100);
    EXPECT_THAT(read_ids(whole), testing::IsEmpty());
    EXPECT_TRUE(whole.is_whole());
    EXPECT_EQ(whole.warnings().size(), 1U);
    std::ofstream(later) << R"({"session":{"format":2}})" << '\n';
    ExchangeFeed broken({folder.path()}, {}, 100);
    EXPECT_THAT(read_ids(broken), testing::IsEmpty());
    EXPECT_FALSE(broken.is_whole());
    for (const std::string& path : {later, other}) ::unlink(path.c_str());
}

TEST(ExchangeFeed, AnIdThatNoExchangeHasIsToldWithThoseThatBeginAlike) {
    const FeedFile file("a.jsonl", to_line("7f3a0c1e-0000-4000-8000-000000000000") + to_line("other"));
    const auto tell = [&](const std::set<std::string>& ids) {
        SelectionRules rules;
        rules.ids = ids;
        ExchangeFeed feed({file.path()}, rules, 100);
        EXPECT_THAT(feed.tell_missing_ids(), testing::IsEmpty());
        read_ids(feed);
        return feed.tell_missing_ids();
    };
    EXPECT_THAT(tell({"other", "7f3a0c"}), testing::IsEmpty());
    EXPECT_THAT(tell({"nobody"}), ElementsAre("no exchange has the id 'nobody'"));
    EXPECT_THAT(tell({"7f3b", "other"}),
                ElementsAre("no exchange has the id '7f3b'; the nearest is '7f3a0c1e-0000-4000-8000-000000000000'"));
    EXPECT_THAT(tell({"7f"}),
                ElementsAre(testing::EndsWith("a UUID may be shortened to its first 4 characters, not further")));
}

TEST(Selection, ShardsDivideASampleOfSoMany) {
    const FeedFile file("a.jsonl", make_many(1000));
    std::size_t read = 0;
    for (std::uint32_t shard = 0; shard < 3; ++shard) {
        SelectionRules rules;
        rules.shard = shard;
        rules.shards = 3;
        rules.most_hash = *find_sample_bound({file.path()}, rules, 60);
        ExchangeFeed feed({file.path()}, rules, 10'000);
        read += read_ids(feed).size();
    }
    EXPECT_EQ(read, 60U);
}

TEST(Selection, GoesByTimeFilterFunctionAndId) {
    record::Exchange exchange;
    exchange.id = "e";
    exchange.started = microseconds(1000);
    exchange.request = record::HttpMessage{"POST /orders HTTP/1.1", {}, ""};
    exchange.invocations.emplace_back();
    exchange.invocations.back().function = "shop";
    exchange.invocations.back().request_id = "r";
    const auto selects = [&](auto change) {
        SelectionRules rules;
        change(rules);
        return is_selected(exchange, rules);
    };
    EXPECT_TRUE(selects([](auto&) {}));
    EXPECT_TRUE(selects([](auto& rules) { rules.from = microseconds(1000); }));
    EXPECT_FALSE(selects([](auto& rules) { rules.from = microseconds(1001); }));
    EXPECT_FALSE(selects([](auto& rules) { rules.to = microseconds(1000); }));
    EXPECT_TRUE(selects([](auto& rules) { rules.ids = {"r"}; }));
    EXPECT_FALSE(selects([](auto& rules) { rules.ids = {"x"}; }));
    exchange.invocations.back().request_id = "7f3a0c1e-0000-4000-8000-000000000000";
    EXPECT_TRUE(selects([](auto& rules) { rules.ids = {"7f3a"}; }));
    EXPECT_FALSE(selects([](auto& rules) { rules.ids = {"7f3"}; }));
    EXPECT_FALSE(selects([](auto& rules) { rules.ids = {"0c1e"}; }));
    EXPECT_TRUE(selects([](auto& rules) { rules.function = "shop"; }));
    EXPECT_FALSE(selects([](auto& rules) { rules.function = "other"; }));
    EXPECT_TRUE(selects([](auto& rules) { rules.filter = std::make_shared<re2::RE2>("^POST /ord"); }));
    EXPECT_TRUE(selects([](auto& rules) { rules.filter = std::make_shared<re2::RE2>("^shop$"); }));
    EXPECT_FALSE(selects([](auto& rules) { rules.filter = std::make_shared<re2::RE2>("^GET"); }));
}

TEST(Selection, ShardsAreDisjointAndComplete) {
    const FeedFile file("a.jsonl", make_many(300));
    std::set<std::string> seen;
    for (std::uint32_t shard = 0; shard < 4; ++shard) {
        SelectionRules rules;
        rules.shard = shard;
        rules.shards = 4;
        ExchangeFeed feed({file.path()}, rules, 1000);
        const auto ids = read_ids(feed);
        EXPECT_GT(ids.size(), 40U);
        for (const auto& id : ids) EXPECT_TRUE(seen.insert(id).second);
    }
    EXPECT_EQ(seen.size(), 300U);
}

TEST(ExchangeFeed, AFileWithoutAnExchangeIsNamed) {
    const FeedFile empty("a.jsonl", ""), session("b.jsonl", "{\"session\":{\"program\":\"p\"}}\n"),
        log("c.log", "START RequestId\n"), full("d.jsonl", to_line("d"));
    ExchangeFeed feed({empty.path(), session.path(), log.path(), full.path()}, {}, 100);
    EXPECT_THAT(read_ids(feed), ElementsAre("d"));
    ASSERT_EQ(feed.warnings().size(), 3U);
    EXPECT_EQ(to_string(feed.warnings()[0]), empty.path() + ": there is no exchange in it");
    EXPECT_EQ(to_string(feed.warnings()[1]), session.path() + ": there is no exchange in it");
    EXPECT_EQ(feed.warnings()[2].file(), log.path());
    const FeedFile packed("e.jsonl", "\x1F\x8B\x08");
    ExchangeFeed of_packed({packed.path()}, {}, 100);
    EXPECT_THAT(read_ids(of_packed), ElementsAre("error: it is compressed by gzip: gunzip it first"));
}

TEST(ExchangeFeed, AByteOrderMarkIsSkipped) {
    const FeedFile lines("a.jsonl", "\xEF\xBB\xBF" + to_line("a")), event("b.json", "\xEF\xBB\xBF{\"a\":1}");
    ExchangeFeed feed({lines.path(), event.path()}, {}, 100);
    EXPECT_THAT(read_ids(feed), ElementsAre("a", event.path()));
    EXPECT_TRUE(feed.warnings().empty());
}

TEST(Selection, SamplesAreAShareOrSoMany) {
    const FeedFile file("a.jsonl", make_many(1000));
    SelectionRules share;
    share.most_hash = to_most_hash(0.1);
    ExchangeFeed tenth({file.path()}, share, 10'000);
    EXPECT_NEAR(static_cast<double>(read_ids(tenth).size()), 100, 40);
    SelectionRules rules;
    const auto bound = find_sample_bound({file.path()}, rules, 25);
    ASSERT_TRUE(bound);
    rules.most_hash = *bound;
    ExchangeFeed some({file.path()}, rules, 10'000);
    EXPECT_EQ(read_ids(some).size(), 25U);
    EXPECT_EQ(*find_sample_bound({file.path()}, {}, 2000), ~std::uint64_t{0});
}

TEST(Selection, WordsOfTheCommandLineAreRead) {
    EXPECT_EQ(parse_sample("10%")->share, 0.1);
    EXPECT_EQ(parse_sample("500")->count, 500U);
    for (const char* word : {"0%", "101%", "0", "x", "%", "-1"}) EXPECT_FALSE(parse_sample(word)) << word;
    EXPECT_EQ(to_time_text(*parse_time("2026-01-05")), "2026-01-05T00:00:00.000Z");
    EXPECT_EQ(to_time_text(*parse_time("2026-01-05T10:07")), "2026-01-05T10:07:00.000Z");
    EXPECT_EQ(to_time_text(*parse_time("2026-01-05T10:07:01.5+01:00")), "2026-01-05T09:07:01.500Z");
    EXPECT_EQ(to_time_text(*parse_time("2026-01-05T10:07Z")), "2026-01-05T10:07:00.000Z");
    for (const char* word : {"", "now", "2026-13-05", "2026-01-05 10:00", "2026-01-05T25:00:00Z",
                             "2026-01-05T10:07:00+25:00", "2026-01-05T10:07:00+01:60"})
        EXPECT_FALSE(parse_time(word)) << word;
}

}  // namespace
}  // namespace understudy::replay
