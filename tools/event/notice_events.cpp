#include "tools/event/notice_events.hpp"

#include "emulator/event/json_writer.hpp"
#include "emulator/event/time_text.hpp"
#include "emulator/http/percent.hpp"

#include <algorithm>
#include <array>

namespace understudy::event_maker {
namespace {

constexpr std::string_view kPrefix = "s3:";
constexpr std::string_view kUpperDigits = "0123456789ABCDEF";

/// As Java's URLEncoder does it, but for slashes.
std::string encode_key(std::string_view key) {
    std::string encoded;
    for (const char c : key) {
        if (c == ' ') {
            encoded += '+';
        } else if (c == '/' || c == '*') {
            encoded += c;
        } else {
            encoded += c == '~' ? "%7E" : http::encode_percent({&c, 1});
        }
    }
    return encoded;
}

/// Kinds of events that came later have later versions.
std::string_view to_version(std::string_view name) {
    constexpr std::array<std::string_view, 5> kLater = {"Lifecycle", "IntelligentTiering",
                                                        "ObjectAcl:", "ObjectTagging:", "ObjectRestore:Delete"};
    if (name.starts_with("Replication:")) return "2.2";
    return std::ranges::any_of(kLater, [&](auto kind) { return name.starts_with(kind); }) ? "2.3" : "2.1";
}

void write_bucket(event::JsonWriter& json, const BucketNotice& notice, Draw& draw) {
    json.key("bucket").begin_object();
    json.key("name").text(notice.bucket);
    json.key("ownerIdentity").begin_object();
    json.key("principalId").text('A' + draw.text(13, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"));
    json.end_object();
    json.key("arn").text("arn:aws:s3:::" + notice.bucket);
    json.end_object();
}

void write_object(event::JsonWriter& json, const BucketNotice& notice, const std::string& key, bool is_there,
                  Draw& draw) {
    json.key("object").begin_object();
    json.key("key").text(encode_key(key));
    if (is_there) {
        json.key("size").number(static_cast<std::int64_t>(notice.content.size()));
        json.key("eTag").text(md5(notice.content));
    }
    json.key("sequencer").text("00" + draw.text(16, kUpperDigits));
    json.end_object();
}

}  // namespace

std::string render(const BucketNotice& notice, const Making& making) {
    std::string event;
    event::JsonWriter json(event);
    Draw draw(making.seed);
    const std::string name = notice.name.starts_with(kPrefix) ? notice.name.substr(kPrefix.size()) : notice.name;
    json.begin_object();
    json.key("Records").begin_array();
    for (const std::string& key : notice.keys) {
        json.begin_object();
        json.key("eventVersion").text(to_version(name));
        json.key("eventSource").text("aws:s3");
        json.key("awsRegion").text(making.region);
        json.key("eventTime").text(event::to_timestamp(making.time));
        json.key("eventName").text(name);
        json.key("userIdentity").begin_object();
        json.key("principalId").text("AWS:AIDA" + Draw(making.seed).text(17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"));
        json.end_object();
        json.key("requestParameters").begin_object();
        json.key("sourceIPAddress").text("203.0.113.10");
        json.end_object();
        json.key("responseElements").begin_object();
        json.key("x-amz-request-id").text(draw.text(16, kUpperDigits));
        json.key("x-amz-id-2").text(draw.text(75, kBase64Letters) + '=');
        json.end_object();
        json.key("s3").begin_object();
        json.key("s3SchemaVersion").text("1.0");
        json.key("configurationId").text(Draw(making.seed + 1).uuid());
        write_bucket(json, notice, draw);
        write_object(json, notice, key, !name.starts_with("ObjectRemoved"), draw);
        json.end_object();
        json.end_object();
    }
    json.end_array();
    json.end_object();
    return event;
}

std::string render(const BusEvent& bus_event, const Making& making) {
    std::string event;
    event::JsonWriter json(event);
    json.begin_object();
    json.key("version").text("0");
    json.key("id").text(Draw(making.seed).uuid());
    json.key("detail-type").text(bus_event.detail_type);
    json.key("source").text(bus_event.source);
    json.key("account").text(making.account);
    json.key("time").text(to_seconds_time(making));
    json.key("region").text(making.region);
    json.key("resources").begin_array();
    for (const std::string& resource : bus_event.resources) json.text(resource);
    json.end_array();
    json.key("detail").raw(bus_event.detail);
    json.end_object();
    return event;
}

BusEvent to_scheduled(const std::string& rule, const Making& making) {
    return {"aws.events", "Scheduled Event", "{}", {to_arn(making, "events", "rule/" + rule)}};
}

}  // namespace understudy::event_maker
