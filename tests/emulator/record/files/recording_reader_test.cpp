#include "emulator/record/files/recording_reader.hpp"

#include "tests/support/program.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace understudy::record {
namespace {

class RecordingText {
  public:
    explicit RecordingText(const std::string& text) : path_(folder_.path() + "/r.jsonl") {
        std::ofstream(path_, std::ios::binary) << text;
    }
    ~RecordingText() { ::unlink(path_.c_str()); }
    RecordingReader open() const { return std::move(*RecordingReader::open(path_)); }
    const std::string& path() const { return path_; }

  private:
    test::TempFolder folder_;
    std::string path_;
};

TEST(RecordingReader, ExchangesHaveTheirPlaceAndTheSessionAboveThem) {
    const RecordingText file(
        "{\"exchange\":{\"id\":\"a\"}}\n\n{\"session\":{\"program\":\"one\"}}\n{\"exchange\":{\"id\":\"b\"}}\r\n"
        "{\"session\":{\"program\":\"two\"}}\n{\"exchange\":{\"id\":\"c\"}}\n");
    auto reader = file.open();
    const auto a = *reader.next(), b = *reader.next(), c = *reader.next();
    ASSERT_TRUE(a && b && c);
    EXPECT_EQ(a->exchange.id, "a");
    EXPECT_EQ(a->line, 1U);
    EXPECT_EQ(a->session, nullptr);
    EXPECT_EQ(b->session->program, "one");
    EXPECT_EQ(b->line, 4U);
    EXPECT_EQ(b->file, file.path());
    EXPECT_EQ(c->session->program, "two");
    EXPECT_FALSE(reader.next()->has_value());
    EXPECT_TRUE(reader.warnings().empty());
}

TEST(RecordingReader, WhatIsAddedToAFileWhileItIsReadIsNotRead) {
    const RecordingText file("{\"exchange\":{\"id\":\"a\"}}\n{\"exchange\":{\"id\":\"b\"}}\n");
    auto reader = file.open();
    for (const char* id : {"a", "b"}) {
        const auto next = *reader.next();
        ASSERT_TRUE(next);
        EXPECT_EQ(next->exchange.id, id);
        std::ofstream(file.path(), std::ios::app) << "{\"exchange\":{\"id\":\"more\"}}\n";
    }
    EXPECT_FALSE(reader.next()->has_value());
    EXPECT_TRUE(reader.warnings().empty());
}

TEST(RecordingReader, ATornLastLineIsAWarning) {
    const RecordingText file("{\"exchange\":{\"id\":\"a\"}}\n{\"exchange\":{\"id\":");
    auto reader = file.open();
    EXPECT_TRUE(reader.next()->has_value());
    EXPECT_FALSE(reader.next()->has_value());
    ASSERT_EQ(reader.warnings().size(), 1U);
    EXPECT_EQ(to_string(reader.warnings().front()), file.path() + ":2:1: the last line was torn off, and is left out");
}

TEST(RecordingReader, ALineThatWasTornOffBeforeANewSessionIsAWarning) {
    const RecordingText file(
        "{\"session\":{\"program\":\"one\"}}\n{\"exchange\":{\"id\":\n{\"session\":{\"program\":\"two\"}}\n"
        "{\"exchange\":{\"id\":\"b\"}}\n");
    auto reader = file.open();
    const auto next = *reader.next();
    ASSERT_TRUE(next);
    EXPECT_EQ(next->exchange.id, "b");
    EXPECT_EQ(next->session->program, "two");
    EXPECT_FALSE(reader.next()->has_value());
    ASSERT_EQ(reader.warnings().size(), 1U);
    EXPECT_EQ(reader.warnings().front().position().line, 2U);
}

TEST(RecordingReader, ALineTornOffAtAnyByteBeforeANewSessionIsAWarning) {
    const std::string line =
        R"({"exchange":{"id":"\n\u00e9\ud83d\ude00\\","front":null,"request":{"body":{"text":"\""},"cutOff":true},)"
        R"("response":{"cutOff":false},"invocations":[{"streamed":true,"event":{"json":{"a":["\\\"",-1.5e3]}}}],)"
        R"("totalUs":12,"unknown":[true,{"b":"\u0041"}]}})";
    for (std::size_t size = 1; size < line.size(); ++size) {
        const RecordingText file(line.substr(0, size) + "\n{\"session\":{}}\n{\"exchange\":{\"id\":\"b\"}}\n");
        auto reader = file.open();
        const auto next = reader.next();
        ASSERT_TRUE(next) << line.substr(0, size) << ": " << to_string(next.error());
        EXPECT_EQ((*next)->exchange.id, "b");
        EXPECT_EQ(reader.warnings().size(), 1U);
    }
}

TEST(RecordingReader, ALineThatEndsTooEarlyBeforeAnotherIsAnError) {
    const RecordingText file("{\"exchange\":{\"id\":\n{\"exchange\":{\"id\":\"b\"}}\n");
    auto reader = file.open();
    EXPECT_FALSE(reader.next());
    EXPECT_EQ((*reader.next())->exchange.id, "b");
    EXPECT_FALSE(reader.next()->has_value());
}

TEST(RecordingReader, AWholeLastLineWithoutItsLineEndCounts) {
    const RecordingText file("{\"exchange\":{\"id\":\"a\"}}");
    auto reader = file.open();
    EXPECT_TRUE(reader.next()->has_value());
    EXPECT_FALSE(reader.next()->has_value());
    EXPECT_TRUE(reader.warnings().empty());
}

TEST(RecordingReader, ABadLineIsToldWithItsPlaceAndReadingGoesOn) {
    const RecordingText file("{\"exchange\":{\"id\":1}}\n{\"exchange\":{\"id\":\"b\"}}\n");
    auto reader = file.open();
    const auto bad = reader.next();
    ASSERT_FALSE(bad);
    EXPECT_EQ(to_string(bad.error()), file.path() + ":1:19: this is no text");
    EXPECT_EQ((*reader.next())->exchange.id, "b");
}

TEST(RecordingReader, ColumnsCountCharacters) {
    const RecordingText file("{\"exchange\":{\"id\":\"ää\",\"front\":1}}\n");
    auto reader = file.open();
    EXPECT_EQ(reader.next().error().position(), (source::Position{1, 32}));
}

TEST(RecordingReader, AnyNumberOfLinesThatEndTooEarlyIsAnErrorEach) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "{\n";
    const RecordingText file(text);
    auto reader = file.open();
    EXPECT_FALSE(reader.next());
}

TEST(RecordingReader, LinesLongerThanItsBufferAreWhole) {
    std::string text;
    for (const std::size_t size : {10U, 600'000U, 3U, 1'500'000U})
        text += "{\"exchange\":{\"id\":\"" + std::string(size, 'x') + "\"}}\n";
    const RecordingText file(text);
    auto reader = file.open();
    for (const std::size_t size : {10U, 600'000U, 3U, 1'500'000U})
        EXPECT_EQ((*reader.next())->exchange.id.size(), size);
    EXPECT_FALSE(reader.next()->has_value());
}

TEST(RecordingReader, AnotherFormatIsRefused) {
    const RecordingText file("{\"session\":{\"format\":2}}\n{\"exchange\":{\"id\":\"a\"}}\n");
    auto reader = file.open();
    const auto next = reader.next();
    ASSERT_TRUE(next.has_error());
    EXPECT_EQ(to_string(next.error()),
              file.path() + ":1:1: the recording is of format 2, and this reads 1: a newer understudy wrote it");
}

TEST(RecordingReader, AFileThatIsNotThereIsNamed) {
    const auto opened = RecordingReader::open("/nowhere/r.jsonl");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code(), source::ProblemCode::not_found);
    EXPECT_EQ(opened.error().message(), "cannot read '/nowhere/r.jsonl': No such file or directory");
}

TEST(RecordingReader, ALineThatIsNothingOfARecordingIsShownFromItsFirstColumn) {
    const RecordingText file("{\"foo\":1}\n{\"exchange\":{\"id\":\"a\"}}\n");
    auto reader = file.open();
    EXPECT_EQ(reader.next().error().position(), (source::Position{1, 1}));
}

}  // namespace
}  // namespace understudy::record
