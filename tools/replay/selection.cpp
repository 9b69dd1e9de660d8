#include "tools/replay/selection.hpp"

#include "emulator/record/instant.hpp"
#include "tools/replay/subject.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace understudy::replay {
namespace {

/// FNV-1a, then mixed so that all bits count.
std::uint64_t to_hash(std::string_view text, std::uint64_t salt) {
    std::uint64_t hash = 0xCBF29CE484222325U ^ salt;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDU;
    hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53U;
    return hash ^ (hash >> 33);
}

constexpr std::uint64_t kOfSamples = 0x5A, kOfShards = 0xC3;

/// Whether an id is one of these, or begins like one: a UUID is known by its first digits, other ids are not.
bool is_one_of(const std::string& id, const std::set<std::string>& ids) {
    constexpr std::size_t kShortest = 4, kLongest = 20;
    if (ids.contains(id)) return true;
    return id.size() > kLongest && std::any_of(ids.begin(), ids.end(), [&](const std::string& begin) {
               return begin.size() >= kShortest && begin.size() <= kLongest && id.starts_with(begin);
           });
}

bool is_meant(const record::Exchange& exchange, const std::set<std::string>& ids) {
    return is_one_of(exchange.id, ids) ||
           std::any_of(exchange.invocations.begin(), exchange.invocations.end(),
                       [&](const auto& invocation) { return is_one_of(invocation.request_id, ids); });
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

std::uint64_t to_sample_hash(const record::Exchange& exchange) {
    return to_hash(exchange.id, kOfSamples);
}

bool is_selected(const record::Exchange& exchange, const SelectionRules& rules) {
    if (rules.from && exchange.started < *rules.from) return false;
    if (rules.to && exchange.started >= *rules.to) return false;
    if (!rules.ids.empty() && !is_meant(exchange, rules.ids)) return false;
    if (rules.shards > 1 && to_hash(exchange.id, kOfShards) % rules.shards != rules.shard) return false;
    if (to_sample_hash(exchange) > rules.most_hash) return false;
    if (!rules.function.empty() &&
        std::none_of(exchange.invocations.begin(), exchange.invocations.end(),
                     [&](const auto& invocation) { return invocation.function == rules.function; }))
        return false;
    if (!rules.filter) return true;
    const auto subject = to_subject(exchange);
    return RE2::PartialMatch(subject.text(), *rules.filter) || RE2::PartialMatch(subject.function, *rules.filter);
}

std::optional<Sample> parse_sample(std::string_view text) {
    if (text.ends_with('%')) {
        const auto percent = parse_number<double>(text.substr(0, text.size() - 1));
        if (!percent || !(*percent > 0) || *percent > 100) return std::nullopt;
        return Sample{*percent / 100, 0};
    }
    const auto count = parse_number<std::uint64_t>(text);
    if (!count || *count == 0) return std::nullopt;
    return Sample{std::nullopt, *count};
}

std::uint64_t to_most_hash(double share) {
    if (share >= 1) return ~std::uint64_t{0};
    return static_cast<std::uint64_t>(std::ldexp(share, 64));
}

void SampleBound::add(std::uint64_t hash) {
    if (smallest_.size() == count_ && hash >= smallest_.top()) return;
    smallest_.push(hash);
    if (smallest_.size() > count_) smallest_.pop();
}

std::uint64_t SampleBound::most_hash() const {
    return smallest_.size() < count_ ? ~std::uint64_t{0} : smallest_.top();
}

std::optional<std::chrono::microseconds> parse_time(std::string_view text) {
    std::string whole(text);
    constexpr std::size_t kDate = 10, kMinute = 16, kSecond = 19;
    if (whole.size() == kDate) whole += "T00:00:00Z";
    const bool no_seconds = whole.size() > kDate && (whole.size() == kMinute || whole[kMinute] != ':');
    if (no_seconds && whole.size() >= kMinute) whole.insert(kMinute, ":00");
    if (whole.size() >= kSecond && whole.find_first_of("Zz+-", kSecond) == std::string::npos) whole += 'Z';
    return record::parse_instant(whole);
}

std::string to_time_text(std::chrono::microseconds time) {
    return record::to_instant_text(time);
}

}  // namespace understudy::replay
