#pragma once

#include "tools/event/making.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace understudy::event_maker {

/// What has happened to objects of a bucket. Keys stand in the event as a form has them: a blank is `+`.
///
/// Rule: [docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html; localstack:
/// test_s3_notifications_lambda.snapshot.json]: no `s3:` in front of the name; what is removed has neither size nor
/// eTag. Tested by: EventMaker.ABucketsNotice, EventMaker.ARemovedObjectHasNoSize
struct BucketNotice {
    std::string bucket = "my-bucket";
    std::string name = "ObjectCreated:Put";  ///< With `s3:` in front, too.
    std::vector<std::string> keys = {};
    std::string content = {};  ///< Of every object: size and eTag are its.
};
/// The event, as JSON on one line.
std::string render(const BucketNotice& notice, const Making& making);

/// An event of a bus.
///
/// Rule: [docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html; localstack:
/// test_events_targets.snapshot.json, test_events_schedule.snapshot.json]. Tested by: EventMaker.ABussEvent,
/// EventMaker.ASchedulesEvent
struct BusEvent {
    std::string source = "my.application";
    std::string detail_type = "my event";
    std::string detail = "{}";  ///< A JSON object's text.
    std::vector<std::string> resources = {};
};
/// The event, as JSON on one line.
std::string render(const BusEvent& event, const Making& making);

/// What a rule with this name, and with a schedule, sends.
BusEvent to_scheduled(const std::string& rule, const Making& making);

}  // namespace understudy::event_maker
