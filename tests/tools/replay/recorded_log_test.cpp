#include "tools/replay/recorded_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::replay {
namespace {

using testing::ElementsAre;

struct LogContent {
    std::vector<std::string> joined;
    std::vector<std::string> lost;
};

LogContent read_log(std::string_view text, LogForm form = LogForm::lines) {
    RecordedLog log(form);
    std::uint32_t number = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        log.add_line(text.substr(0, end), ++number);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    log.finish();
    LogContent content;
    while (auto line = log.take_joined()) content.joined.push_back(std::to_string(line->line) + ':' + line->text);
    while (auto lost = log.take_lost())
        content.lost.push_back(std::to_string(lost->line) + ':' + lost->id + ": " + lost->text());
    return content;
}

TEST(LogPieces, AreReadWhateverPrecedesThem) {
    EXPECT_EQ(parse_log_piece("UNDERSTUDY a-1 2/3 {\"x y\"\n"), (LogPiece{"a-1", 2, 3, "{\"x y\""}));
    EXPECT_EQ(parse_log_piece("2026-01-05T10:00:00Z stream UNDERSTUDY a 1/1 x"), (LogPiece{"a", 1, 1, "x"}));
    for (const char* line : {"UNDERSTUDY a", "UNDERSTUDY a 1 x", "UNDERSTUDY a 0/1 x", "UNDERSTUDY a 2/1 x",
                             "UNDERSTUDY  1/1 x", "UNDERSTUDY a 1/100001 x", "START RequestId: a"})
        EXPECT_FALSE(parse_log_piece(line)) << line;
}

TEST(RecordedLogs, PiecesAreJoinedInAnyOrder) {
    const auto content =
        read_log("START RequestId: r\nUNDERSTUDY a 2/2 world\nUNDERSTUDY b 1/1 whole\nUNDERSTUDY a 1/2 hello \nEND\n");
    EXPECT_THAT(content.joined, ElementsAre("3:whole", "4:hello world"));
    EXPECT_THAT(content.lost, ElementsAre());
}

TEST(RecordedLogs, TheTimeThatTextOutputAddsIsNoPartOfAPiece) {
    const auto content = read_log(
        "EVENTS\tid-1\t1767607200500\t2026/01/05/[$LATEST]a\tUNDERSTUDY a 1/2 {\"a\":\t1767607200000\r\n"
        "EVENTS\t1767607200500\tUNDERSTUDY a 2/2 1}\t1767607200000\n");
    EXPECT_THAT(content.joined, ElementsAre("2:{\"a\":1}"));
    EXPECT_THAT(content.lost, ElementsAre());
}

TEST(RecordedLogs, APieceThatComesTwiceCountsOnce) {
    EXPECT_THAT(read_log("UNDERSTUDY a 1/2 x\nUNDERSTUDY a 1/2 x\nUNDERSTUDY a 2/2 y\nUNDERSTUDY a 1/2 x\n").joined,
                ElementsAre("3:xy"));
}

TEST(RecordedLogs, WhatIsMissingIsTold) {
    const auto content = read_log("UNDERSTUDY a 1/4 x\nUNDERSTUDY b 2/2 y\nUNDERSTUDY a 3/4 z\nUNDERSTUDY c 1/20 c\n");
    EXPECT_THAT(content.lost, ElementsAre("1:a: pieces 2 and 4 of 4", "2:b: piece 1 of 2",
                                          "4:c: pieces 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 9 more of 20"));
}

TEST(RecordedLogs, JsonOfFilterLogEventsIsReadHoweverItIsLaidOut) {
    constexpr const char* kCompact =
        R"({"events":[{"logStreamName":"s","timestamp":1,"message":"UNDERSTUDY a 1/2 {\"k\":\"\\u00e4\",\n"},)"
        R"({"message":"START"},{"timestamp":2,"message":"UNDERSTUDY a 2/2 1}\n","eventId":"3"}]})";
    EXPECT_THAT(read_log(kCompact).joined, ElementsAre(R"(1:{"k":"\u00e4",1})"));
    constexpr const char* kLaidOut =
        "{\n  \"events\": [\n    {\n      \"message\": \"UNDERSTUDY a 1/2 {\\\"k\\\":\\n\"\n    },\n    {\n"
        "      \"message\": \"UNDERSTUDY a 2/2 1}\\n\",\n      \"eventId\": \"3\"\n    }\n  ]\n}\n";
    EXPECT_THAT(read_log(kLaidOut).joined, ElementsAre("7:{\"k\":1}"));
}

TEST(RecordedLogs, PiecesInMidLineAreReadInJsonAsInPlainText) {
    EXPECT_THAT(read_log("progress...UNDERSTUDY a 1/1 {\"k\":\"v\"}\n").joined, ElementsAre(R"(1:{"k":"v"})"));
    constexpr const char* kCompact =
        R"({"events":[{"message":"progress...UNDERSTUDY a 1/2 {\"k\":\n"},{"message":"50% \"x\" UNDERSTUDY a 2/2 \"v\"}"}]})";
    EXPECT_THAT(read_log(kCompact).joined, ElementsAre(R"(1:{"k":"v"})"));
    constexpr const char* kLaidOut =
        "{\n  \"events\": [\n    {\n      \"message\": \"progress...UNDERSTUDY a 1/1 {\\\"k\\\":1}\\n\",\n"
        "      \"eventId\": \"3\"\n    }\n  ]\n}\n";
    EXPECT_THAT(read_log(kLaidOut).joined, ElementsAre("4:{\"k\":1}"));
}

TEST(RecordedLogs, ATextOfJsonThatIsCutOffLacksTheEndOfItsPiece) {
    const auto lost = [](std::string_view text, LogForm form) {
        const auto content = read_log(text, form);
        EXPECT_THAT(content.joined, ElementsAre()) << text;
        std::string told;
        for (const auto& line : content.lost) told += line + '\n';
        return told;
    };
    for (const std::string before : {"", "progress...", "50% \\\"x\\\" "}) {
        const auto line = R"({"events":[{"message":")" + before + R"(UNDERSTUDY a 1/1 {\"k\":\"v)";
        for (const auto form : {LogForm::json, LogForm::lines})
            EXPECT_EQ(lost(line, form), "1:a: the end of piece 1 of 1\n") << line;
    }
    EXPECT_EQ(lost("    \"message\": \"x UNDERSTUDY a 2/3 base64", LogForm::json),
              "1:a: pieces 1 and 3 and the end of piece 2 of 3\n");
    EXPECT_EQ(lost(R"([{"message":"UNDERSTUDY a 1/2 x"},{"message":"y UNDERSTUDY a 2/2 z)", LogForm::lines),
              "1:a: the end of piece 2 of 2\n");
    EXPECT_EQ(lost(R"({"message":"{\"message\":\"UNDERSTUDY a 1/1 {\\\"k"})", LogForm::lines),
              "1:a: the end of piece 1 of 1\n");
    EXPECT_THAT(
        read_log("{\"message\":\"UNDERSTUDY a 1/1 {\\\"k\n{\"message\":\"UNDERSTUDY a 1/1 {\\\"k\\\":1}\"}\n").joined,
        ElementsAre("2:{\"k\":1}"))
        << "it came once more";
    EXPECT_THAT(read_log("{\"message\":\"torn UNDERSTUDY a 1/1 x").joined, ElementsAre("1:x"));
}

TEST(RecordedLogs, AMessageThatIsJsonItselfIsReadToo) {
    EXPECT_THAT(read_log(R"({"message":"{\"level\":\"INFO\",\"message\":\"UNDERSTUDY a 1/1 {\\\"k\\\":1}\"}"})").joined,
                ElementsAre(R"(1:{"k":1})"));
}

TEST(RecordedLogs, AMarkBehindJsonIsPlainText) {
    for (const std::string before : {R"({"level":"INFO"} )", R"({"message":"torn )", R"("quoted" )", R"(5" )"}) {
        EXPECT_THAT(read_log(before + R"(UNDERSTUDY a 1/1 {"k":"UNDERSTUDY b 1/1 x"})").joined,
                    ElementsAre(R"(1:{"k":"UNDERSTUDY b 1/1 x"})"));
    }
}

TEST(RecordedLogs, ResultsOfInsightsAndJsonLinesAreReadToo) {
    EXPECT_THAT(read_log(R"({"results":[[{"field":"@message","value":"UNDERSTUDY a 1/1 x"}]]})").joined,
                ElementsAre("1:x"));
    EXPECT_THAT(read_log(R"({"time":"t","message":"UNDERSTUDY a 1/1 x"})").joined, ElementsAre("1:x"));
}

TEST(RecordedLogs, ManyThatWaitAreGivenUpTheOldestFirst) {
    std::string text;
    for (int i = 0; i < 1500; ++i) text += "UNDERSTUDY id" + std::to_string(i) + " 1/2 x\n";
    text += "UNDERSTUDY id1499 2/2 y\n";
    const auto content = read_log(text);
    EXPECT_THAT(content.joined, ElementsAre("1501:xy"));
    EXPECT_EQ(content.lost.size(), 1499U);
    EXPECT_EQ(content.lost.front(), "1:id0: piece 2 of 2");
}

}  // namespace
}  // namespace understudy::replay
