#include "tools/event/message_events.hpp"
#include "tools/event/notice_events.hpp"
#include "tools/event/stream_events.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace understudy::event_maker {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Compares with tests/data/events/NAME.json; with UNDERSTUDY_UPDATE_GOLDEN set, writes it.
void expect_golden(const std::string& name, const std::string& event) {
    const std::string path = std::string(UNDERSTUDY_SOURCE_DIR) + "/tests/data/events/" + name + ".json";
    if (std::getenv("UNDERSTUDY_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << event << '\n';
    std::ifstream in(path, std::ios::binary);
    EXPECT_EQ(event + '\n', std::string(std::istreambuf_iterator<char>(in), {})) << path;
}

TEST(EventMaker, AQueuesMessages) {
    expect_golden("sqs", render(QueueMessages{.bodies = {"hello", R"({"a":"ä"})"}}, {}));
}

TEST(EventMaker, AnOrderedQueuesMessages) {
    expect_golden("sqs_fifo", render(QueueMessages{.queue = "orders.fifo", .group = "blue", .bodies = {"hello"}}, {}));
}

TEST(EventMaker, ATopicsNotice) {
    expect_golden("sns", render(TopicNotice{.message = "hello"}, {}));
    EXPECT_THAT(render(TopicNotice{.subject = "news", .message = ""}, {}), HasSubstr(R"("Subject":"news")"));
}

TEST(EventMaker, AStreamsRecords) {
    Making making;
    making.time += std::chrono::milliseconds(120);
    expect_golden("kinesis", render(StreamRecords{.data = {"hello", std::string("\0\xff", 2)}}, making));
    making.time = decltype(making.time)(std::chrono::milliseconds(5));
    EXPECT_THAT(render(StreamRecords{.data = {"a"}}, making), HasSubstr(R"("approximateArrivalTimestamp":0.005)"));
}

TEST(EventMaker, ATablesChange) {
    expect_golden("dynamodb", render(TableChange{.operation = "MODIFY",
                                                 .new_image = R"({"id":{"S":"1"},"n":{"N":"2"}})",
                                                 .old_image = R"({"id":{"S":"1"},"n":{"N":"1"}})"},
                                     {}));
    EXPECT_THAT(render(TableChange{}, {}), Not(HasSubstr("OldImage")));
    EXPECT_THAT(render(TableChange{.operation = "REMOVE"}, {}), Not(HasSubstr("NewImage")));
}

TEST(EventMaker, ABucketsNotice) {
    expect_golden("s3", render(BucketNotice{.keys = {"in/a b+ä.txt"}, .content = "hello"}, {}));
}

TEST(EventMaker, ARemovedObjectHasNoSize) {
    const std::string event = render(BucketNotice{.name = "s3:ObjectRemoved:Delete", .keys = {"a"}}, {});
    EXPECT_THAT(event, HasSubstr(R"("eventName":"ObjectRemoved:Delete")"));
    EXPECT_THAT(event, Not(HasSubstr("\"size\"")));
    EXPECT_THAT(event, Not(HasSubstr("\"eTag\"")));
}

TEST(EventMaker, ABucketsLaterKindsOfNoticesHaveLaterVersions) {
    const auto version_of = [](const std::string& name) {
        const std::string event = render(BucketNotice{.name = name, .keys = {"a"}}, {});
        return event.substr(event.find("eventVersion") + 15, 3);
    };
    for (const char* name : {"ObjectCreated:Put", "ObjectRemoved:Delete", "ObjectRestore:Post"})
        EXPECT_EQ(version_of(name), "2.1") << name;
    EXPECT_EQ(version_of("Replication:OperationMissedThreshold"), "2.2");
    for (const char* name : {"s3:ObjectTagging:Put", "ObjectAcl:Put", "LifecycleExpiration:Delete",
                             "LifecycleTransition", "IntelligentTiering", "ObjectRestore:Delete"})
        EXPECT_EQ(version_of(name), "2.3") << name;
}

TEST(EventMaker, ABussEvent) {
    expect_golden("eventbridge", render(BusEvent{.detail = R"({"n":1.0})", .resources = {"arn:aws:s3:::b"}}, {}));
}

TEST(EventMaker, ASchedulesEvent) {
    const Making making;
    expect_golden("schedule", render(to_scheduled("nightly", making), making));
}

TEST(EventMaker, TheSeedDecidesWhatLooksRandom) {
    const QueueMessages messages{.bodies = {"a"}};
    EXPECT_EQ(render(messages, {.seed = 7}), render(messages, {.seed = 7}));
    EXPECT_NE(render(messages, {.seed = 7}), render(messages, {.seed = 8}));
}

TEST(EventMaker, TimeRegionAndAccountAreThoseOfTheMaking) {
    Making making{.region = "eu-west-1", .account = "000000000001"};
    making.time = std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(1'000));
    EXPECT_THAT(render(QueueMessages{.bodies = {"a"}}, making),
                HasSubstr(R"("eventSourceARN":"arn:aws:sqs:eu-west-1:000000000001:my-queue","awsRegion":"eu-west-1")"));
    EXPECT_THAT(render(QueueMessages{.bodies = {"a"}}, making), HasSubstr(R"("SentTimestamp":"1000")"));
    EXPECT_THAT(render(BusEvent{}, making), HasSubstr(R"("time":"1970-01-01T00:00:01Z","region":"eu-west-1")"));
}

}  // namespace
}  // namespace understudy::event_maker
