#include "tools/event/stream_events.hpp"

#include "emulator/event/json_writer.hpp"

namespace understudy::event_maker {
namespace {

/// Seconds, with what there is of a fraction: as a double is written.
std::string to_seconds(const Making& making) {
    constexpr std::size_t kFraction = 3;
    std::string text = to_milliseconds(making);
    if (text.size() <= kFraction) text.insert(0, kFraction + 1 - text.size(), '0');
    text.insert(text.size() - kFraction, 1, '.');
    while (text.ends_with('0') && !text.ends_with(".0")) text.pop_back();
    return text;
}

}  // namespace

std::string render(const StreamRecords& records, const Making& making) {
    std::string event;
    event::JsonWriter json(event);
    Draw draw(making.seed);
    json.begin_object();
    json.key("Records").begin_array();
    for (const std::string& data : records.data) {
        const std::string number = "4965" + draw.digits(52);
        json.begin_object();
        json.key("kinesis").begin_object();
        json.key("kinesisSchemaVersion").text("1.0");
        json.key("partitionKey").text(records.partition_key);
        json.key("sequenceNumber").text(number);
        json.key("data").base64(data);
        json.key("approximateArrivalTimestamp").raw(to_seconds(making));
        json.end_object();
        json.key("eventSource").text("aws:kinesis");
        json.key("eventVersion").text("1.0");
        json.key("eventID").text("shardId-000000000000:" + number);
        json.key("eventName").text("aws:kinesis:record");
        json.key("invokeIdentityArn").text("arn:aws:iam::" + making.account + ":role/lambda-role");
        json.key("awsRegion").text(making.region);
        json.key("eventSourceARN").text(to_arn(making, "kinesis", "stream/" + records.stream));
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return event;
}

std::string render(const TableChange& change, const Making& making) {
    std::string event;
    event::JsonWriter json(event);
    Draw draw(making.seed);
    const std::string created = to_seconds_time(making);
    const bool has_new = change.operation != "REMOVE";
    const bool has_old = change.operation != "INSERT";
    const std::string& new_image = change.new_image.empty() ? change.keys : change.new_image;
    const std::string& old_image = change.old_image.empty() ? change.keys : change.old_image;
    const std::size_t size = change.keys.size() + (has_new ? new_image.size() : 0) + (has_old ? old_image.size() : 0);
    json.begin_object();
    json.key("Records").begin_array();
    json.begin_object();
    json.key("eventID").text(draw.text(32));
    json.key("eventName").text(change.operation);
    json.key("eventVersion").text("1.1");
    json.key("eventSource").text("aws:dynamodb");
    json.key("awsRegion").text(making.region);
    json.key("dynamodb").begin_object();
    json.key("ApproximateCreationDateTime").raw(std::to_string(making.time.time_since_epoch().count() / 1000));
    json.key("Keys").raw(change.keys);
    if (has_new) json.key("NewImage").raw(new_image);
    if (has_old) json.key("OldImage").raw(old_image);
    json.key("SequenceNumber").text(draw.digits(21));
    json.key("SizeBytes").number(static_cast<std::int64_t>(size));
    json.key("StreamViewType").text("NEW_AND_OLD_IMAGES");
    json.end_object();
    json.key("eventSourceARN")
        .text(to_arn(making, "dynamodb",
                     "table/" + change.table + "/stream/" + created.substr(0, created.size() - 1) + ".000"));
    json.end_object();
    json.end_array();
    json.end_object();
    return event;
}

}  // namespace understudy::event_maker
