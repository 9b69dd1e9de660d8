#include "emulator/event/event_fields.hpp"

#include "emulator/event/media_type.hpp"
#include "emulator/event/text.hpp"
#include "emulator/http/base64.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace understudy::event {
namespace {

/// Room for `,"isBase64Encoded":false}` and the quotes and name of the body.
constexpr std::size_t kAroundBody = 64;

/// Room for all but the body.
constexpr std::size_t kUsualFrame = 2048;
/// What is larger is not given room twice.
constexpr std::size_t kLargeBody = 16 * 1024;

/// Room for the names of what the gateway adds.
constexpr std::size_t kAddedNames = 192;

/// Names that a REST API spells its own way. The last two were seen in another emulator only: unverified.
constexpr std::array<std::string_view, 4> kRestSpelled = {"Authorization", "User-Agent", "Date", "Host"};

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

std::string_view rest_name(std::string_view name) {
    const auto spelled = std::ranges::find_if(kRestSpelled, [name](auto own) { return http::same_name(own, name); });
    return spelled == kRestSpelled.end() ? name : *spelled;
}

}  // namespace

EventHeaders::EventHeaders(Spelling spelling, const http::Headers& client, std::span<const std::string_view> removed)
    : spelling_(spelling) {
    fields_.reserve(client.size() + 8);
    std::size_t names = 0;
    for (const auto line : client) names += line.name.size();
    if (spelling != Spelling::rest) spelled_.reserve(names + kAddedNames);
    for (const http::HeaderLine line : client) {
        const auto is_name = [&line](std::string_view entry) { return http::same_name(entry, line.name); };
        if (std::ranges::none_of(removed, is_name)) add(line.name, line.value);
    }
}

std::string_view EventHeaders::spell(std::string_view name) {
    if (spelling_ == Spelling::rest) return rest_name(name);
    if (spelling_ == Spelling::lower && std::ranges::none_of(name, is_upper)) return name;
    const std::size_t begin = spelled_.size();
    assert(begin + name.size() <= spelled_.capacity());
    spelled_.append(name);
    char* const spelled = spelled_.data() + begin;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool first = i == 0 || name[i - 1] == '-';
        spelled[i] = spelling_ == Spelling::canonical && first ? to_upper(name[i]) : to_lower(name[i]);
    }
    return std::string_view(spelled_).substr(begin);
}

void EventHeaders::add(std::string_view name, std::string_view value) {
    fields_.push_back({spell(name), value, fields_.size()});
}

void EventHeaders::replace(std::string_view name, std::string_view value) {
    std::erase_if(fields_, [name](const HeaderField& field) { return http::same_name(field.name, name); });
    add(name, value);
}

void EventHeaders::sort() {
    std::ranges::sort(fields_, [](const HeaderField& left, const HeaderField& right) {
        if (sorts_before(left.name, right.name)) return true;
        return http::same_name(left.name, right.name) && left.arrival < right.arrival;
    });
}

std::size_t EventHeaders::group_end(std::size_t begin) const {
    std::size_t end = begin + 1;
    while (end < fields_.size() && http::same_name(fields_[end].name, fields_[begin].name)) ++end;
    return end;
}

GatewayHeaders::GatewayHeaders(const http::Headers& client, const Facts& facts)
    : forwarded_port(std::to_string(facts.forwarded_port)) {
    for (const auto [name, value] : client) {
        if (http::same_name(name, "X-Forwarded-For")) forwarded_for.append(value).append(", ");
    }
    forwarded_for += facts.source_ip;
}

void add_gateway_headers(EventHeaders& headers, const GatewayHeaders& gateway, const http::Headers& client,
                         const Place& place, const Facts& facts, std::string_view trace) {
    if (!place.public_host.empty()) {
        headers.replace("Host", place.public_host);
    } else if (!client.contains("Host")) {
        headers.add("Host", place.domain);
    }
    headers.add("X-Amzn-Trace-Id", trace);
    headers.add("X-Forwarded-For", gateway.forwarded_for);
    headers.add("X-Forwarded-Port", gateway.forwarded_port);
    headers.add("X-Forwarded-Proto", facts.forwarded_proto);
}

std::string_view domain_name(const http::Headers& headers, const Place& place) {
    const std::string_view host =
        place.public_host.empty() ? headers.first("Host").value_or(place.domain) : place.public_host;
    const auto end_of_address = host.starts_with('[') ? std::min(host.find(']'), host.size()) : 0;
    return host.substr(0, host.find(':', end_of_address));
}

std::string_view domain_prefix(const Place& place, std::string_view domain) {
    return place.domain_prefix.empty() ? domain.substr(0, domain.find('.')) : place.domain_prefix;
}

void write_signer(JsonWriter& json, std::string_view name, const Place& place, std::string_view value) {
    place.access_key.empty() ? json.key(name).null() : json.key(name).text(value);
}

std::string signer_arn(const Place& place) {
    return "arn:aws:iam::" + std::string(place.account) + ":user/" + std::string(place.access_key);
}

std::string_view protocol_of(const http::Request& request) {
    return request.minor_version == 0 ? "HTTP/1.0" : "HTTP/1.1";
}

std::size_t usual_size(const http::Request& request) {
    const std::size_t body = request.body.size();
    return kUsualFrame + (body < kLargeBody ? http::base64_length(body) : 0);
}

std::size_t write_body(JsonWriter& json, std::string_view body, BodyForm form, EmptyBody empty) {
    std::size_t replaced = 0;
    if (form == BodyForm::base64) {
        json.reserve(http::base64_length(body.size()) + kAroundBody);
        json.key("body").base64(body);
    } else if (form == BodyForm::text) {
        const JsonTextCost cost = json_text_cost(body);
        json.reserve(cost.size + kAroundBody);
        json.key("body").text(body, cost);
        replaced = cost.replaced_bytes;
    } else if (empty == EmptyBody::null) {
        json.key("body").null();
    } else if (empty == EmptyBody::text) {
        json.key("body").text("");
    }
    json.key("isBase64Encoded").boolean(form == BodyForm::base64);
    return replaced;
}

SentBody to_sent_body(const http::Request& request, BodyForm form) {
    return {form, media_type(request.headers.last("Content-Type").value_or(""))};
}

}  // namespace understudy::event
