#pragma once

#include "tools/event/making.hpp"

#include <string>
#include <vector>

namespace understudy::event_maker {

/// Messages of a queue; one whose name ends in `.fifo` has its own attributes.
///
/// Rule: [docs.aws.amazon.com/lambda/latest/dg/with-sqs.html; localstack: test_lambda_integration_sqs.snapshot.json].
/// Tested by: EventMaker.AQueuesMessages, EventMaker.AnOrderedQueuesMessages
struct QueueMessages {
    std::string queue = "my-queue";
    std::string group = "group";  ///< Of an ordered queue's messages.
    std::vector<std::string> bodies = {};
};
/// The event, as JSON on one line.
std::string render(const QueueMessages& messages, const Making& making);

/// Notices of a topic: one event holds one, so there is one of these for each.
///
/// Rule: [docs.aws.amazon.com/lambda/latest/dg/with-sns.html; localstack: test_sns.snapshot.json]. Tested by:
/// EventMaker.ATopicsNotice
struct TopicNotice {
    std::string topic = "my-topic";
    std::string subject = {};  ///< Empty: none, which is null.
    std::string message = {};
};
/// The event, as JSON on one line.
std::string render(const TopicNotice& notice, const Making& making);

}  // namespace understudy::event_maker
