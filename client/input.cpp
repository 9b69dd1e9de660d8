#include "client/input.hpp"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <optional>

namespace understudy::client {
namespace {

using google::protobuf::Duration;
using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;
using Nanoseconds = std::chrono::duration<std::int64_t, std::nano>;

constexpr Nanoseconds kMostTolerance = std::chrono::days(366);

wire::Status refuse(std::string_view text, std::string_view reason, std::string_view forms) {
    if (text.empty()) return refuse_missing(forms);
    std::string message = "'";
    message.append(text).append("' ").append(reason).append("; write it like ").append(forms);
    return {wire::Code::invalid_argument, std::move(message)};
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool has(std::string_view text, char c) {
    return text.find(c) != std::string_view::npos;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// What stands between date and time: `T` or a blank, behind the day's digits.
std::size_t find_separator(std::string_view text) {
    const auto found = text.find_first_of("Tt ");
    return found != std::string_view::npos && found > 0 && is_digit(text[found - 1]) ? found : std::string_view::npos;
}

/// The text in RFC 3339's own form: capital T and Z, and a zone.
std::string normalise_time(std::string_view text, std::size_t separator) {
    std::string normal(text);
    normal[separator] = 'T';
    if (normal.ends_with('z')) normal.back() = 'Z';
    if (normal.find_first_of("Z+-", separator) == std::string::npos) normal.push_back('Z');
    return normal;
}

/// protobuf's own reader of RFC 3339; TimeUtil's would abort on a zone that leads out of its range.
std::optional<Timestamp> read_rfc3339(const std::string& text) {
    if (!std::ranges::all_of(text, [](char c) { return is_digit(c) || has("-+:.TZ", c); })) {
        return std::nullopt;
    }
    Timestamp time;
    if (!google::protobuf::util::JsonStringToMessage("\"" + text + "\"", &time).ok()) return std::nullopt;
    if (time.seconds() < TimeUtil::kTimestampMinSeconds || time.seconds() > TimeUtil::kTimestampMaxSeconds) {
        return std::nullopt;
    }
    return time;
}

struct Unit {
    std::string_view name;
    std::int64_t nanoseconds;
};

constexpr std::array<Unit, 8> kUnits{{{"d", 86'400'000'000'000},
                                      {"h", 3'600'000'000'000},
                                      {"min", 60'000'000'000},
                                      {"m", 60'000'000'000},
                                      {"s", 1'000'000'000},
                                      {"ms", 1'000'000},
                                      {"us", 1'000},
                                      {"ns", 1}}};

/// Reads durations from left to right; what has been read is gone from the text.
class DurationReader {
  public:
    explicit DurationReader(std::string_view text) : rest_(text) {}

    bool is_at_end() const { return rest_.empty(); }
    bool is_too_long() const { return is_too_long_; }
    Nanoseconds total() const { return Nanoseconds(total_); }

    bool skip(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// `1.5h`: a number and its unit.
    bool read_term() {
        const std::string_view number = take([](char c) { return is_digit(c) || c == '.'; });
        const std::string_view name = take([](char c) { return !is_digit(c) && c != '.'; });
        const auto unit = std::ranges::find(kUnits, name, &Unit::name);
        return unit != kUnits.end() && add(number, unit->nanoseconds);
    }

    /// Digits of a field of `HH:MM:SS`.
    bool read_field(std::int64_t unit, std::string_view characters) {
        return add(take([characters](char c) { return has(characters, c); }), unit);
    }

  private:
    template <class Predicate>
    std::string_view take(Predicate predicate) {
        const auto end = std::ranges::find_if_not(rest_, predicate);
        const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    bool add(std::string_view number, std::int64_t unit) {
        const std::string_view whole = number.substr(0, number.find('.'));
        const std::string_view fraction = number.substr(std::min(number.size(), whole.size() + 1));
        if (whole.empty() || has(fraction, '.') || number.ends_with('.')) return false;
        std::int64_t value = 0;
        for (const char digit : whole) {
            value = value * 10 + (digit - '0');
            if (value > kMostTolerance.count() / unit) return !(is_too_long_ = true);
        }
        total_ += value * unit;
        for (const char digit : fraction) total_ += (unit /= 10) * (digit - '0');
        return true;
    }

    std::string_view rest_;
    std::int64_t total_ = 0;
    bool is_too_long_ = false;
};

bool read_terms(DurationReader& reader) {
    do {
        if (!reader.read_term()) return false;
    } while (!reader.is_at_end());
    return true;
}

bool read_clock(DurationReader& reader) {
    constexpr std::string_view kDigits = "0123456789";
    return reader.read_field(kUnits[1].nanoseconds, kDigits) && reader.skip(':') &&
           reader.read_field(kUnits[2].nanoseconds, kDigits) && reader.skip(':') &&
           reader.read_field(kUnits[4].nanoseconds, "0123456789.") && reader.is_at_end();
}

Input<Nanoseconds> parse_duration(std::string_view given) {
    const std::string_view text = trim(given);
    if (text.empty()) return refuse(text, "is no duration", kDurationForms);
    if (text == "0") return Nanoseconds(0);
    if (text.starts_with('-')) return refuse(text, "is negative", kDurationForms);
    if (std::ranges::all_of(text, is_digit)) return refuse(text, "has no unit", kDurationForms);
    DurationReader reader(text);
    const bool is_read = has(text, ':') ? read_clock(reader) : read_terms(reader);
    if (reader.is_too_long() || (is_read && reader.total() > kMostTolerance)) {
        return refuse(text, "is more than 366 days", kDurationForms);
    }
    if (!is_read) return refuse(text, "is no duration", kDurationForms);
    return reader.total();
}

}  // namespace

wire::Status refuse_missing(std::string_view forms) {
    return {wire::Code::invalid_argument, "missing; write it like " + std::string(forms)};
}

Input<Timestamp> parse_time(std::string_view given) {
    const std::string_view text = trim(given);
    if (text.empty()) return refuse(text, "is no time", kTimeForms);
    const auto separator = find_separator(text);
    if (separator == std::string_view::npos) {
        return refuse(text, has(text, ':') ? "has no date" : "has no time of day", kTimeForms);
    }
    if (const auto time = read_rfc3339(normalise_time(text, separator))) return *time;
    return refuse(text, "is no valid date and time", kTimeForms);
}

Input<Duration> parse_tolerance(std::string_view text) {
    const auto duration = parse_duration(text);
    if (duration.has_error()) return duration.error();
    return TimeUtil::NanosecondsToDuration(duration->count());
}

Input<std::chrono::milliseconds> parse_time_limit(std::string_view text) {
    const auto duration = parse_duration(text);
    if (duration.has_error()) return duration.error();
    const auto limit = std::chrono::duration_cast<std::chrono::milliseconds>(*duration);
    if (limit.count() == 0) return refuse(trim(text), "leaves no time", kDurationForms);
    return limit;
}

Input<std::string> parse_pattern(std::string_view text) {
    const re2::RE2 pattern({text.data(), text.size()}, re2::RE2::Quiet);
    if (pattern.ok()) return std::string(text);
    return refuse(text, "is no regular expression (" + pattern.error() + ")", kPatternForms);
}

Input<std::uint32_t> parse_limit(std::string_view text) {
    constexpr std::uint32_t kMost = 1000;
    std::uint32_t limit = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (error == std::errc() && end == text.data() + text.size() && limit <= kMost) return limit;
    return refuse(text, "is no number of messages", kLimitForms);
}

Input<wire::ContentType> parse_codec(std::string_view text) {
    if (text == "proto") return wire::kConnectProto;
    if (text == "json") return wire::kConnectJson;
    if (const auto type = wire::parse_content_type(text)) return *type;
    return refuse(text, "is no content type of the service",
                  "proto or json, or one of " + std::string(wire::accepted_content_types()));
}

Input<Url> parse_server(std::string_view text) {
    if (auto url = parse_url(text)) return *std::move(url);
    return refuse(text, "is no address of a server", kServerForms);
}

Input<Output> parse_output(std::string_view text) {
    if (text == "text") return Output::text;
    if (text == "json") return Output::json;
    return refuse(text, "is no form of output", kOutputForms);
}

Input<std::string> parse_authorities(std::string_view text) {
    std::string path(text);
    if (path.empty()) return path;
    std::ifstream file(path);
    if (!file.is_open()) return refuse(text, "cannot be opened", kAuthoritiesForms);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("-----BEGIN ") && line.find("CERTIFICATE-----") != std::string::npos) return path;
    }
    return refuse(text, "holds no certificate in PEM form", kAuthoritiesForms);
}

}  // namespace understudy::client
