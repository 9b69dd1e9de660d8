#include "tools/event/message_events.hpp"

#include "emulator/event/json_writer.hpp"
#include "emulator/event/time_text.hpp"

namespace understudy::event_maker {
namespace {

constexpr std::string_view kIdLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void write_attributes(event::JsonWriter& json, const QueueMessages& messages, std::string_view body,
                      const Making& making, Draw& draw) {
    json.key("attributes").begin_object();
    json.key("ApproximateReceiveCount").text("1");
    json.key("SentTimestamp").text(to_milliseconds(making));
    const bool is_ordered = messages.queue.ends_with(".fifo");
    if (is_ordered) {
        json.key("SequenceNumber").text("188" + draw.digits(17));
        json.key("MessageGroupId").text(messages.group);
    }
    json.key("SenderId").text("AIDA" + Draw(making.seed).text(17, kIdLetters));
    if (is_ordered) json.key("MessageDeduplicationId").text(md5(body) + md5(std::string(body) + '2'));
    json.key("ApproximateFirstReceiveTimestamp").text(to_milliseconds(making));
    json.end_object();
}

}  // namespace

std::string render(const QueueMessages& messages, const Making& making) {
    std::string event;
    event::JsonWriter json(event);
    Draw draw(making.seed);
    json.begin_object();
    json.key("Records").begin_array();
    for (const std::string& body : messages.bodies) {
        json.begin_object();
        json.key("messageId").text(draw.uuid());
        json.key("receiptHandle").text("AQEB" + draw.text(92, kBase64Letters));
        json.key("body").text(body);
        write_attributes(json, messages, body, making, draw);
        json.key("messageAttributes").begin_object();
        json.end_object();
        json.key("md5OfMessageAttributes").null();
        json.key("md5OfBody").text(md5(body));
        json.key("eventSource").text("aws:sqs");
        json.key("eventSourceARN").text(to_arn(making, "sqs", messages.queue));
        json.key("awsRegion").text(making.region);
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return event;
}

std::string render(const TopicNotice& notice, const Making& making) {
    std::string event;
    event::JsonWriter json(event);
    Draw draw(making.seed);
    const std::string topic = to_arn(making, "sns", notice.topic);
    const std::string subscription = topic + ':' + draw.uuid();
    const std::string endpoint = "https://sns." + making.region + ".amazonaws.com/";
    json.begin_object();
    json.key("Records").begin_array();
    json.begin_object();
    json.key("EventSource").text("aws:sns");
    json.key("EventVersion").text("1.0");
    json.key("EventSubscriptionArn").text(subscription);
    json.key("Sns").begin_object();
    json.key("Type").text("Notification");
    json.key("MessageId").text(draw.uuid());
    json.key("TopicArn").text(topic);
    notice.subject.empty() ? json.key("Subject").null() : json.key("Subject").text(notice.subject);
    json.key("Message").text(notice.message);
    json.key("Timestamp").text(event::to_timestamp(making.time));
    json.key("SignatureVersion").text("1");
    json.key("Signature").text(draw.text(342, kBase64Letters) + "==");
    json.key("SigningCertUrl").text(endpoint + "SimpleNotificationService-" + draw.text(32) + ".pem");
    json.key("UnsubscribeUrl").text(endpoint + "?Action=Unsubscribe&SubscriptionArn=" + subscription);
    json.key("MessageAttributes").begin_object();
    json.end_object();
    json.end_object();
    json.end_object();
    json.end_array();
    json.end_object();
    return event;
}

}  // namespace understudy::event_maker
