#include "tools/replay/event_headers.hpp"

#include "proto/wire/metadata.hpp"
#include "tools/match/value.hpp"
#include "tools/replay/foreign_events.hpp"
#include "tools/replay/json_view.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::replay {
namespace {

/// How a kind of API writes header lines into its events.
struct HeaderForm {
    bool lower_names = false;     ///< Of payload format 2.0 and load balancers.
    bool joined_values = false;   ///< Lines of one name are one value of `headers`; else that is the last.
    bool lists_cookies = false;   ///< Cookies stand in `cookies` as well,
    bool cookies_apart = false;   ///< and nowhere else.
    bool always_headers = false;  ///< There are `headers`, or those with several values.
};

HeaderForm to_form(std::string_view front) {
    const bool is_two = front == "http" || front == "url";
    return {.lower_names = is_two || front == "alb",
            .joined_values = is_two,
            .lists_cookies = is_two,
            .cookies_apart = front == "http",
            .always_headers = front != "invoke" && front != "websocket"};
}

std::string to_json_text(std::string_view text) {
    return match::make_text(text).shown;
}

std::string to_json_list(const std::vector<std::string_view>& values) {
    std::string json = "[";
    for (const auto value : values) json += (json.size() == 1 ? "" : ",") + to_json_text(value);
    return json + ']';
}

/// The value of a name in `headers`.
std::string to_one_value(const std::vector<std::string_view>& values, const HeaderForm& form) {
    if (!form.joined_values) return to_json_text(values.back());
    std::string joined;
    for (const auto value : values) joined += (joined.empty() ? "" : ",") + std::string(value);
    return to_json_text(joined);
}

std::vector<std::string_view> values_of(const http::Headers& headers, std::string_view name) {
    std::vector<std::string_view> values;
    for (const auto line : headers) {
        if (http::same_name(line.name, name)) values.push_back(line.value);
    }
    return values;
}

enum class Shape : std::uint8_t { one_value, all_values };

/// The members of an object of headers, those of other names as they are.
std::string replace_members(const JsonView& object, const http::Headers& headers, Shape shape, const HeaderForm& form) {
    std::string json;
    std::vector<std::string> written;
    const auto add = [&](std::string_view name, std::string_view value) {
        json += (json.empty() ? "" : ",") + to_json_text(name) + ':' + std::string(value);
    };
    const auto add_replaced = [&](std::string_view name) {
        const bool is_written = std::ranges::any_of(written, [&](auto& other) { return http::same_name(other, name); });
        if (is_written || (form.cookies_apart && http::same_name(name, "cookie"))) return;
        written.emplace_back(name);
        const auto values = values_of(headers, name);
        add(name, shape == Shape::all_values ? to_json_list(values) : to_one_value(values, form));
    };
    for (const auto& [name, value] : object.members()) {
        if (headers.contains(name))
            add_replaced(name);
        else
            add(name, value.raw());
    }
    for (const auto line : headers)
        add_replaced(form.lower_names ? wire::to_lower_name(line.name) : std::string(line.name));
    return '{' + json + '}';
}

std::string to_cookie_list(const http::Headers& headers) {
    std::vector<std::string_view> cookies;
    for (auto rest : values_of(headers, "cookie")) {
        while (!rest.empty()) {
            const auto end = std::min(rest.find(';'), rest.size());
            const auto first = std::min(rest.find_first_not_of(' '), end);
            if (first < end) cookies.push_back(rest.substr(first, end - first));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return to_json_list(cookies);
}

}  // namespace

std::string replace_event_headers(const std::string& event, const http::Headers& headers) {
    const auto begin = std::min(event.find_first_not_of(" \t\r\n"), event.size());
    const JsonView view(std::string_view(event).substr(begin));
    const auto context = view.find("requestContext");
    if (headers.empty() || !context || !context->is_object()) return event;
    const auto form = to_form(tell_front(view.raw()));
    std::vector<std::pair<JsonView, std::string>> replaced;
    std::string added;
    const auto put = [&](const char* name, const std::optional<JsonView>& old, std::string value) {
        if (old)
            replaced.emplace_back(*old, std::move(value));
        else
            added += to_json_text(name) + ':' + value + ',';
    };
    const auto one = view.find("headers"), all = view.find("multiValueHeaders");
    if (one || (form.always_headers && !all))
        put("headers", one, replace_members(one.value_or(JsonView("{}")), headers, Shape::one_value, form));
    if (all) put("multiValueHeaders", all, replace_members(*all, headers, Shape::all_values, form));
    if (form.lists_cookies && headers.contains("cookie")) put("cookies", view.find("cookies"), to_cookie_list(headers));
    // From the back on: what stands in front keeps its place.
    std::ranges::sort(replaced, std::greater(), [](const auto& each) { return each.first.raw().data(); });
    std::string text = event;
    for (const auto& [old, value] : replaced)
        text.replace(static_cast<std::size_t>(old.raw().data() - event.data()), old.raw().size(), value);
    return text.insert(text.find('{') + 1, added);
}

}  // namespace understudy::replay
