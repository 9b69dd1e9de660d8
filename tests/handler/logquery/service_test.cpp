#include "handler/logquery/service.hpp"

#include "handler/logquery/page.hpp"
#include "tests/handler/logquery/log_directory.hpp"
#include "tests/handler/logquery/requests.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <string>
#include <vector>

namespace understudy::logquery {
namespace {

using ::logquery::v1::CheckWindowRequest;
using ::logquery::v1::CheckWindowResponse;
using ::logquery::v1::FindMessagesRequest;
using ::logquery::v1::FindMessagesResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class LogQueryServiceTest : public ::testing::Test {
  protected:
    bool found(const std::string& time, std::int64_t tolerance) const {
        CheckWindowResponse response;
        EXPECT_EQ(service.check_window(request_at<CheckWindowRequest>(time, tolerance), response), wire::Status());
        return response.found();
    }
    FindMessagesResponse find(const FindMessagesRequest& request) const {
        FindMessagesResponse response;
        EXPECT_EQ(service.find_messages(request, response, binary_reply()), wire::Status());
        return response;
    }
    std::vector<std::string> texts(const std::string& time, std::int64_t tolerance,
                                   const std::string& pattern = {}) const {
        auto request = request_at<FindMessagesRequest>(time, tolerance);
        request.set_pattern(pattern);
        std::vector<std::string> texts;
        const FindMessagesResponse response = find(request);
        for (const auto& message : response.messages()) texts.push_back(message.text());
        return texts;
    }

    LogDirectory logs;
    LogQueryService service{logs.path()};
};

TEST_F(LogQueryServiceTest, AMessageCarriesEverythingItsLineSays) {
    logs.write("2026-01-05", "09:00:00.000 [main] INFO  a - x\n10:00:00.123 [pool-1] ERROR a.B$ - it broke\n\tat c\n");
    const FindMessagesResponse response = find(request_at<FindMessagesRequest>("2026-01-05T10:00:00Z", kSecond));
    ASSERT_EQ(response.messages_size(), 1);
    EXPECT_FALSE(response.truncated());
    const ::logquery::v1::LogMessage& message = response.messages(0);
    EXPECT_EQ(google::protobuf::util::TimeUtil::ToString(message.time()), "2026-01-05T10:00:00.123Z");
    EXPECT_EQ(message.level(), "ERROR");
    EXPECT_EQ(message.logger(), "a.B$");
    EXPECT_EQ(message.thread(), "pool-1");
    EXPECT_EQ(message.text(), "it broke\n\tat c");
    EXPECT_EQ(message.file(), "LogFileGenerator.2026-01-05.log");
    EXPECT_EQ(message.offset(), 32u);
}

TEST_F(LogQueryServiceTest, BothEndsOfTheWindowBelongToItToTheNanosecond) {
    logs.write("2026-01-05", "10:00:00.500 x\n");
    EXPECT_TRUE(found("2026-01-05T10:00:00.5Z", 0));
    EXPECT_TRUE(found("2026-01-05T10:00:00.4Z", 100 * kMilli));
    EXPECT_FALSE(found("2026-01-05T10:00:00.4Z", 100 * kMilli - 1));
    EXPECT_TRUE(found("2026-01-05T10:00:00.6Z", 100 * kMilli));
    EXPECT_FALSE(found("2026-01-05T10:00:00.6Z", 100 * kMilli - 1));
    EXPECT_FALSE(found("2026-01-05T10:00:00.500000001Z", 0));
    EXPECT_FALSE(found("2026-01-05T10:00:00.499999999Z", 0));
    EXPECT_TRUE(found("2026-01-05T10:00:00.499999999Z", 1));
}

TEST_F(LogQueryServiceTest, AnAbsentToleranceAsksForThatVeryInstant) {
    logs.write("2026-01-05", "10:00:00.000 x\n");
    auto request = request_at<CheckWindowRequest>("2026-01-05T10:00:00Z", 0);
    request.clear_tolerance();
    CheckWindowResponse response;
    EXPECT_TRUE(service.check_window(request, response).ok());
    EXPECT_TRUE(response.found());
}

TEST_F(LogQueryServiceTest, NothingInTheWindowIsAReplyOfZeroBytes) {
    logs.write("2026-01-05", "10:00:00.000 x\n");
    CheckWindowResponse response;
    response.set_found(true);
    EXPECT_TRUE(service.check_window(request_at<CheckWindowRequest>("2026-01-05T11:00:00Z", kSecond), response).ok());
    EXPECT_EQ(response.SerializeAsString(), "");
    EXPECT_EQ(find(request_at<FindMessagesRequest>("2026-01-05T11:00:00Z", kSecond)).SerializeAsString(), "");
    EXPECT_FALSE(found("2025-01-05T11:00:00Z", kHour));
}

TEST_F(LogQueryServiceTest, AWindowCrossesMidnightEmptyFilesAndMissingDays) {
    logs.write("2026-01-04", "23:59:59.999 a\n");
    logs.write("2026-01-05", "00:00:00.000 b\r\n23:59:59.999 c");
    logs.write("2026-01-06", "");
    logs.write("2026-01-08", "00:00:00.000 d\n00:00:00.001 e\n");
    EXPECT_THAT(texts("2026-01-05T00:00:00Z", kMilli), ElementsAre("a", "b"));
    EXPECT_THAT(texts("2026-01-05T00:00:00Z", kMilli - 1), ElementsAre("b"));
    EXPECT_THAT(texts("2026-01-07T00:00:00Z", 24 * kHour), ElementsAre("d"));
    EXPECT_THAT(texts("2026-01-07T00:00:00Z", 24 * kHour + kMilli), ElementsAre("c", "d", "e"));
    EXPECT_THAT(texts("2026-01-06T12:00:00Z", 366 * 24 * kHour), ElementsAre("a", "b", "c", "d", "e"));
    EXPECT_TRUE(found("2026-01-07T12:00:00Z", 366 * 24 * kHour));
    EXPECT_FALSE(found("2026-01-06T12:00:00Z", 12 * kHour));
    EXPECT_TRUE(found("2026-01-06T12:00:00Z", 12 * kHour + kMilli));
    EXPECT_FALSE(found("2026-01-07T12:00:00Z", 12 * kHour - kMilli));
}

TEST_F(LogQueryServiceTest, TheEndsOfTimeAreTimes) {
    logs.write("0001-01-01", "00:00:00.000 first\n");
    logs.write("9999-12-31", "23:59:59.999 last\n");
    EXPECT_THAT(texts("0001-01-01T00:00:00Z", 366 * 24 * kHour), ElementsAre("first"));
    EXPECT_THAT(texts("9999-12-31T23:59:59.999999999Z", 366 * 24 * kHour), ElementsAre("last"));
}

TEST_F(LogQueryServiceTest, LinesAndFilesAddedSinceAreSeenByTheNextCall) {
    EXPECT_FALSE(found("2026-01-05T10:00:00Z", kHour));
    logs.write("2026-01-05", "10:00:00.000 one\n");
    EXPECT_THAT(texts("2026-01-05T10:00:00Z", kHour), ElementsAre("one"));
    logs.append("2026-01-05", "10:00:01.000 two\n\tmore\n");
    EXPECT_THAT(texts("2026-01-05T10:00:00Z", kHour), ElementsAre("one", "two\n\tmore"));
    EXPECT_FALSE(found("2026-01-06T00:00:00Z", kSecond));
    logs.write("2026-01-06", "00:00:00.000 three\n");
    EXPECT_TRUE(found("2026-01-06T00:00:00Z", kSecond));
}

TEST_F(LogQueryServiceTest, BytesThatAreNotUtf8AreReplacedInEveryField) {
    logs.write("2026-01-05", "10:00:00.000 [t\xFF] INFO  l\xC3 - caf\xE9 \xE2\x82\xAC\n\x80 more\n");
    const FindMessagesResponse response = find(request_at<FindMessagesRequest>("2026-01-05T10:00:00Z", 0));
    ASSERT_EQ(response.messages_size(), 1);
    EXPECT_EQ(response.messages(0).thread(), "t\xEF\xBF\xBD");
    EXPECT_EQ(response.messages(0).logger(), "l\xEF\xBF\xBD");
    EXPECT_EQ(response.messages(0).text(), "caf\xEF\xBF\xBD \xE2\x82\xAC\n\xEF\xBF\xBD more");
    FindMessagesResponse decoded;
    EXPECT_TRUE(decoded.ParseFromString(response.SerializeAsString()));
}

TEST_F(LogQueryServiceTest, ThePatternSeesTheReplacedTextWithItsContinuation) {
    logs.write("2026-01-05", "10:00:00.000 [main] INFO - caf\xE9\n10:00:00.000 [main] INFO - tea\n\tat milk\n");
    EXPECT_THAT(texts("2026-01-05T10:00:00Z", 0, "caf\xEF\xBF\xBD$"), ElementsAre("caf\xEF\xBF\xBD"));
    EXPECT_THAT(texts("2026-01-05T10:00:00Z", 0, "^tea\\s+at milk$"), ElementsAre("tea\n\tat milk"));
    EXPECT_THAT(texts("2026-01-05T10:00:00Z", 0, "main|INFO"), ElementsAre());
}

TEST_F(LogQueryServiceTest, ATextIsCutAt256KibibytesBetweenCharactersAndMatchedBehind) {
    std::string text;
    while (text.size() < 1'000'000) text += "\xE2\x82\xAC";
    logs.write("2026-01-05", "10:00:00.000 [main] INFO - " + text + " needle\n10:00:00.001 [main] INFO - next\n");
    const auto all = texts("2026-01-05T10:00:00Z", kSecond);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0], text.substr(0, 262'143));
    EXPECT_EQ(all[1], "next");
    EXPECT_EQ(texts("2026-01-05T10:00:00Z", kSecond, "needle$").size(), 1u);
    // Each broken byte becomes three, so that fewer of them fit.
    logs.write("2026-01-05", "10:00:00.000 [main] INFO - " + std::string(262'144, '\xFF') + "\n");
    EXPECT_EQ(texts("2026-01-05T10:00:00Z", kSecond).at(0).size(), 262'143u);
}

TEST_F(LogQueryServiceTest, LimitAndTruncatedSpeakOfMatchingMessages) {
    std::string text;
    for (int i = 0; i < 1500; ++i) text += "10:00:00.000 [main] INFO - " + std::string(i % 2 ? "odd\n" : "even\n");
    logs.write("2026-01-05", text);
    auto request = request_at<FindMessagesRequest>("2026-01-05T10:00:00Z", 0);
    EXPECT_EQ(find(request).messages_size(), 100);
    EXPECT_TRUE(find(request).truncated());
    request.set_limit(5000);
    EXPECT_EQ(find(request).messages_size(), 1000);
    EXPECT_TRUE(find(request).truncated());
    request.set_pattern("odd");
    EXPECT_EQ(find(request).messages_size(), 750);
    EXPECT_FALSE(find(request).truncated());
    request.set_limit(750);
    EXPECT_EQ(find(request).messages_size(), 750);
    EXPECT_FALSE(find(request).truncated());
    request.set_limit(749);
    EXPECT_EQ(find(request).messages_size(), 749);
    EXPECT_TRUE(find(request).truncated());
}

TEST_F(LogQueryServiceTest, AResponseOfFourMebibytesIsTruncatedAcrossDays) {
    const std::string big(300'000, 'x');
    std::string text;
    for (int i = 0; i < 10; ++i) text += "10:00:00.000 [main] INFO - " + big + "\n";
    logs.write("2026-01-05", text);
    logs.write("2026-01-06", text);
    const FindMessagesResponse response = find(request_at<FindMessagesRequest>("2026-01-05T10:00:00Z", 30 * kHour));
    EXPECT_EQ(response.messages_size(), 15);
    EXPECT_TRUE(response.truncated());
    EXPECT_LE(response.SerializeAsString().size(), Page::kLargestResponse);
    EXPECT_EQ(response.messages(14).file(), "LogFileGenerator.2026-01-06.log");
}

TEST_F(LogQueryServiceTest, AResponseIsTruncatedWhereItsCarrierHasNoMoreRoom) {
    logs.write("2026-01-05", "10:00:00.000 a\n10:00:00.001 b\n10:00:00.002 c\n");
    const auto request = request_at<FindMessagesRequest>("2026-01-05T10:00:00Z", kHour);
    const std::size_t all = find(request).ByteSizeLong();
    // `truncated` would take 2 bytes.
    for (const auto& [most, messages] : {std::pair{all + 2, 3}, std::pair{all + 1, 2}}) {
        FindMessagesResponse response;
        EXPECT_EQ(service.find_messages(request, response, binary_reply(most)), wire::Status());
        EXPECT_EQ(response.messages_size(), messages);
        EXPECT_EQ(response.truncated(), messages < 3);
    }
}

TEST_F(LogQueryServiceTest, OtherEntriesOfTheFolderArePassedOver) {
    logs.write("2026-01-05", "10:00:00.000 x\n");
    logs.write("2026-02-30", "10:00:00.000 no day\n");
    std::filesystem::create_directory(logs.file("2026-01-04"));
    ASSERT_EQ(::mkfifo(logs.file("2026-01-06").c_str(), 0600), 0);
    std::filesystem::create_symlink("nowhere", logs.file("2026-01-07"));
    std::filesystem::create_symlink(logs.file("2026-01-05"), logs.file("2026-01-08"));
    EXPECT_THAT(texts("2026-01-06T10:00:00Z", 100 * kHour), ElementsAre("x", "x"));
}

TEST_F(LogQueryServiceTest, AnUnreadableFileIsNamedWhereTheWindowTouchesIt) {
    std::filesystem::create_symlink(logs.file("2026-01-05"), logs.file("2026-01-05"));
    CheckWindowResponse response;
    const wire::Status status =
        service.check_window(request_at<CheckWindowRequest>("2026-01-05T10:00:00Z", kHour), response);
    EXPECT_EQ(status.code(), wire::Code::failed_precondition);
    EXPECT_THAT(status.message(), HasSubstr(logs.file("2026-01-05").string()));
    EXPECT_FALSE(found("2026-01-06T10:00:00Z", kHour));
}

TEST(LogQueryService, AFolderThatCannotBeListedIsNamed) {
    const LogDirectory logs;
    std::ofstream(logs.path() / "file") << "no folder";
    for (const std::string name : {"missing", "file"}) {
        const LogQueryService service(logs.path() / name);
        CheckWindowResponse checked;
        FindMessagesResponse messages;
        for (const wire::Status& status :
             {service.check_window(request_at<CheckWindowRequest>("2026-01-05T10:00:00Z", 0), checked),
              service.find_messages(request_at<FindMessagesRequest>("2026-01-05T10:00:00Z", 0), messages,
                                    binary_reply())}) {
            EXPECT_EQ(status.code(), wire::Code::failed_precondition);
            EXPECT_THAT(status.message(), HasSubstr((logs.path() / name).string()));
        }
    }
}

TEST(LogQueryService, AnUnsetFolderIsNamedByItsVariable) {
    const LogQueryService service({});
    CheckWindowResponse response;
    const wire::Status status =
        service.check_window(request_at<CheckWindowRequest>("2026-01-05T10:00:00Z", 0), response);
    EXPECT_EQ(status.code(), wire::Code::failed_precondition);
    EXPECT_THAT(status.message(), StartsWith("LOGQUERY_LOGS is not set"));
}

TEST(LogQueryService, ABadRequestIsSaidBeforeABadFolder) {
    const LogQueryService service({});
    CheckWindowResponse checked;
    FindMessagesResponse messages;
    EXPECT_EQ(service.check_window({}, checked).code(), wire::Code::invalid_argument);
    EXPECT_THAT(service.find_messages({}, messages, binary_reply()).message(), StartsWith("time is missing"));
    auto request = request_at<FindMessagesRequest>("2026-01-05T10:00:00Z", -1);
    EXPECT_THAT(service.find_messages(request, messages, binary_reply()).message(),
                StartsWith("tolerance is negative"));
    request.clear_tolerance();
    request.set_pattern("(");
    EXPECT_EQ(service.find_messages(request, messages, binary_reply()).code(), wire::Code::invalid_argument);
    EXPECT_THAT(service.find_messages(request, messages, binary_reply()).message(),
                StartsWith("pattern is no regular expression"));
}

}  // namespace
}  // namespace understudy::logquery
