#include "emulator/event/event_fields.hpp"

#include "emulator/event/text.hpp"
#include "emulator/http/base64.hpp"

#include <algorithm>

namespace understudy::event {
namespace {

/// Room for `,"isBase64Encoded":false}` and the quotes and name of the body.
constexpr std::size_t kAroundBody = 64;

/// Room for the lower-case names of what the gateway adds.
constexpr std::size_t kAddedNames = 128;

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

}  // namespace

EventHeaders::EventHeaders(Spelling spelling, const http::Headers& client, std::span<const std::string_view> removed)
    : spelling_(spelling) {
    fields_.reserve(client.size() + 6);
    std::size_t names = 0;
    for (const auto line : client) names += line.name.size();
    if (spelling == Spelling::lower) lower_.reserve(names + kAddedNames);
    for (const http::HeaderLine line : client) {
        const auto is_name = [&line](std::string_view entry) { return http::same_name(entry, line.name); };
        if (std::ranges::none_of(removed, is_name)) add(line.name, line.value);
    }
}

std::string_view EventHeaders::spell(std::string_view name) {
    if (spelling_ == Spelling::as_sent || std::ranges::none_of(name, is_upper)) return name;
    const std::size_t begin = lower_.size();
    lower_.append(name);
    std::transform(name.begin(), name.end(), lower_.begin() + static_cast<std::ptrdiff_t>(begin),
                   [](char c) { return to_lower(c); });
    return std::string_view(lower_).substr(begin);
}

void EventHeaders::add(std::string_view name, std::string_view value) {
    fields_.push_back({spell(name), value, fields_.size()});
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
    if (!client.contains("Host")) headers.add("Host", place.domain);
    headers.add("X-Amzn-Trace-Id", trace);
    headers.add("X-Forwarded-For", gateway.forwarded_for);
    headers.add("X-Forwarded-Port", gateway.forwarded_port);
    headers.add("X-Forwarded-Proto", facts.forwarded_proto);
}

std::string_view domain_name(const http::Headers& headers, const Place& place) {
    const std::string_view host = headers.first("Host").value_or(place.domain);
    const auto end_of_address = host.starts_with('[') ? std::min(host.find(']'), host.size()) : 0;
    return host.substr(0, host.find(':', end_of_address));
}

std::string_view domain_prefix(std::string_view domain) {
    return domain.substr(0, domain.find('.'));
}

std::size_t write_body(JsonWriter& json, std::string_view body, BodyForm form) {
    if (form == BodyForm::base64) {
        json.reserve(http::base64_length(body.size()) + kAroundBody);
        json.key("body").base64(body);
        return 0;
    }
    const JsonTextCost cost = json_text_cost(body);
    json.reserve(cost.size + kAroundBody);
    json.key("body").text(body, cost);
    return cost.replaced_bytes;
}

}  // namespace understudy::event
