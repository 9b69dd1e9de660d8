#include "emulator/gateway/access/condition.hpp"

#include "emulator/app/address_block.hpp"
#include "emulator/event/text.hpp"
#include "emulator/event/time_text.hpp"
#include "emulator/event/wildcard.hpp"
#include "emulator/gateway/access/policy_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <functional>
#include <optional>
#include <system_error>

namespace understudy::access {
namespace {

using namespace std::string_literals;

/// The keys that API Gateway has for some requests or other.
constexpr std::array<std::string_view, 21> kGatewayKeys{"aws:currenttime",
                                                        "aws:epochtime",
                                                        "aws:tokenissuetime",
                                                        "aws:multifactorauthpresent",
                                                        "aws:multifactorauthage",
                                                        "aws:principalaccount",
                                                        "aws:principalarn",
                                                        "aws:principalorgid",
                                                        "aws:principalorgpaths",
                                                        "aws:principaltag",
                                                        "aws:principaltype",
                                                        "aws:referer",
                                                        "aws:securetransport",
                                                        "aws:sourcearn",
                                                        "aws:sourceip",
                                                        "aws:sourcevpc",
                                                        "aws:sourcevpce",
                                                        "aws:vpcsourceip",
                                                        "aws:useragent",
                                                        "aws:userid",
                                                        "aws:username"};

/// Whether the value of a request fits one of a policy; nullopt where the policy's is none that the operator takes.
using Fits = std::optional<bool> (*)(std::string_view actual, std::string_view wanted);

template <class Order>
std::optional<bool> fits_number(std::string_view actual, std::string_view wanted) {
    const auto read = [](std::string_view text) -> std::optional<double> {
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool whole = error == std::errc() && end == text.data() + text.size() && std::isfinite(number);
        return whole ? std::optional(number) : std::nullopt;
    };
    const auto have = read(actual), want = read(wanted);
    if (!want) return std::nullopt;
    return have && Order{}(*have, *want);
}

template <class Order>
std::optional<bool> fits_date(std::string_view actual, std::string_view wanted) {
    const auto have = parse_policy_date(actual), want = parse_policy_date(wanted);
    if (!want) return std::nullopt;
    return have && Order{}(*have, *want);
}

std::optional<bool> fits_text(std::string_view actual, std::string_view wanted) {
    return actual == wanted;
}
std::optional<bool> fits_any_case(std::string_view actual, std::string_view wanted) {
    return event::to_lower(actual) == event::to_lower(wanted);
}
std::optional<bool> fits_pattern(std::string_view actual, std::string_view wanted) {
    return event::matches_wildcards(wanted, actual, event::Wildcards::plain);
}
std::optional<bool> fits_flag(std::string_view actual, std::string_view wanted) {
    const std::string want = event::to_lower(wanted);
    if (want != "true" && want != "false") return std::nullopt;
    return event::to_lower(actual) == want;
}
std::optional<bool> fits_address(std::string_view actual, std::string_view wanted) {
    const auto block = app::AddressBlock::parse(wanted);
    if (!block) return std::nullopt;
    const auto address = app::parse_address(actual);
    return address && block->contains(*address);
}

struct Operator {
    std::string_view name;
    Fits fits;
    bool negated = false;
};

constexpr std::array<Operator, 25> kOperators{{
    {"StringEquals", fits_text},
    {"StringNotEquals", fits_text, true},
    {"StringEqualsIgnoreCase", fits_any_case},
    {"StringNotEqualsIgnoreCase", fits_any_case, true},
    {"StringLike", fits_pattern},
    {"StringNotLike", fits_pattern, true},
    {"ArnEquals", fits_pattern},
    {"ArnNotEquals", fits_pattern, true},
    {"ArnLike", fits_pattern},
    {"ArnNotLike", fits_pattern, true},
    {"Bool", fits_flag},
    {"IpAddress", fits_address},
    {"NotIpAddress", fits_address, true},
    {"NumericEquals", fits_number<std::equal_to<>>},
    {"NumericNotEquals", fits_number<std::equal_to<>>, true},
    {"NumericLessThan", fits_number<std::less<>>},
    {"NumericLessThanEquals", fits_number<std::less_equal<>>},
    {"NumericGreaterThan", fits_number<std::greater<>>},
    {"NumericGreaterThanEquals", fits_number<std::greater_equal<>>},
    {"DateEquals", fits_date<std::equal_to<>>},
    {"DateNotEquals", fits_date<std::equal_to<>>, true},
    {"DateLessThan", fits_date<std::less<>>},
    {"DateLessThanEquals", fits_date<std::less_equal<>>},
    {"DateGreaterThan", fits_date<std::greater<>>},
    {"DateGreaterThanEquals", fits_date<std::greater_equal<>>},
}};

constexpr std::string_view kNull = "Null";

/// An operator's name taken apart: `ForAnyValue:StringLikeIfExists`.
struct OperatorName {
    std::string_view base;
    bool for_all = false;
    bool for_any = false;
    bool if_exists = false;
};
OperatorName take_apart(std::string_view name) {
    constexpr std::string_view kAll = "ForAllValues:", kAny = "ForAnyValue:", kIfExists = "IfExists";
    OperatorName parts{name};
    parts.for_all = name.starts_with(kAll);
    parts.for_any = name.starts_with(kAny);
    if (parts.for_all) parts.base.remove_prefix(kAll.size());
    if (parts.for_any) parts.base.remove_prefix(kAny.size());
    parts.if_exists = parts.base.ends_with(kIfExists);
    if (parts.if_exists) parts.base.remove_suffix(kIfExists.size());
    return parts;
}

const Operator* find_operator(std::string_view base) {
    const auto found = std::ranges::find(kOperators, base, &Operator::name);
    return found == kOperators.end() ? nullptr : &*found;
}

/// `Null`: whether the key is missing, which each value says is true or false.
Condition::Verdict judge_presence(const std::vector<std::string>& values, bool missing) {
    for (const std::string& value : values) {
        const auto fits = fits_flag(missing ? "true" : "false", value);
        if (!fits) return Condition::Verdict::not_understood;
        if (*fits) return Condition::Verdict::holds;
    }
    return Condition::Verdict::fails;
}

Condition::Verdict to_verdict(bool holds) {
    return holds ? Condition::Verdict::holds : Condition::Verdict::fails;
}

/// Whether a value is one that the operator takes, whatever the request has.
bool is_understood(const Operator& known, const std::string& value) {
    return value.find("${") == std::string::npos && known.fits("", value).has_value();
}

bool is_gateway_key(std::string_view key) {
    const std::string lower = event::to_lower(key);
    return std::ranges::find(kGatewayKeys, lower.substr(0, lower.find('/'))) != kGatewayKeys.end();
}

/// `true` or `["a", 1]`, as texts. Errors: nullopt.
std::optional<std::vector<std::string>> to_plain_texts(const Json& value) {
    std::vector<std::string> texts;
    const auto add = [&texts](const Json& one) {
        const bool is_plain = !one.is(Json::Kind::object) && !one.is(Json::Kind::array) && !one.is(Json::Kind::null);
        if (is_plain) texts.emplace_back(plain_text(one));
        return is_plain;
    };
    if (!value.is(Json::Kind::array)) return add(value) ? std::optional(texts) : std::nullopt;
    return std::ranges::all_of(value.items, add) ? std::optional(texts) : std::nullopt;
}

}  // namespace

const std::string* ConditionKeys::find(std::string_view key) const {
    const auto found =
        std::ranges::find_if(values_, [key](const auto& entry) { return http::same_name(entry.first, key); });
    return found == values_.end() ? nullptr : &found->second;
}

ConditionKeys to_condition_keys(const http::Request& request, const event::Facts& facts,
                                std::chrono::system_clock::time_point now) {
    ConditionKeys keys;
    keys.set("aws:SourceIp", facts.source_ip);
    keys.set("aws:SecureTransport", "true");
    keys.set("aws:CurrentTime", event::to_timestamp(now));
    keys.set("aws:EpochTime", std::to_string(event::to_epoch_milliseconds(now) / 1000));
    if (const auto agent = request.headers.last("User-Agent")) keys.set("aws:UserAgent", std::string(*agent));
    if (const auto referer = request.headers.last("Referer")) keys.set("aws:Referer", std::string(*referer));
    return keys;
}

Condition::Verdict Condition::judge(const ConditionKeys& keys) const {
    const std::string* actual = keys.find(key);
    const OperatorName parts = take_apart(name);
    if (name == kNull) return judge_presence(values, actual == nullptr);
    const Operator* known = find_operator(parts.base);
    if (known == nullptr) return Verdict::not_understood;
    for (const std::string& value : values) {
        if (!is_understood(*known, value)) return Verdict::not_understood;
    }
    if (actual == nullptr) return to_verdict(parts.if_exists || parts.for_all || (known->negated && !parts.for_any));
    const bool fits = std::ranges::any_of(
        values, [&](const std::string& value) { return known->fits(*actual, value).value_or(false); });
    return to_verdict(fits != known->negated);
}

std::optional<Oddity> Condition::oddity() const {
    const Operator* known = find_operator(take_apart(name).base);
    if (name != kNull && known == nullptr) return Oddity{Oddity::Kind::not_judged, "the operator " + name};
    for (const std::string& value : values) {
        const bool understood = known == nullptr ? fits_flag("", value).has_value() : is_understood(*known, value);
        if (!understood) return Oddity{Oddity::Kind::not_judged, "the value " + value + " of " + name};
    }
    if (is_gateway_key(key)) return std::nullopt;
    return Oddity{Oddity::Kind::unknown_key, "the key " + key};
}

std::variant<std::vector<Condition>, std::string> to_conditions(const Json& value) {
    if (!value.is(Json::Kind::object)) return "a Condition is no map of operators"s;
    std::vector<Condition> conditions;
    for (const auto& [name, keys] : value.members) {
        if (!keys.is(Json::Kind::object)) return "the operator " + name + " of a Condition holds no map of keys";
        for (const auto& [key, wanted] : keys.members) {
            auto texts = to_plain_texts(wanted);
            if (!texts) return "the key " + key + " of a Condition has neither a value nor a list of values";
            conditions.push_back({name, key, std::move(*texts)});
        }
    }
    return conditions;
}

}  // namespace understudy::access
