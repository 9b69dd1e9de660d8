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

constexpr std::size_t kShortestBeginning = 4, kLongestBeginning = 20;

/// Whether an id is the one that is asked for, or begins so: a UUID is known by its first digits, other ids are not.
bool is_asked_for(const std::string& id, const std::string& wanted) {
    if (id == wanted) return true;
    return id.size() > kLongestBeginning && wanted.size() >= kShortestBeginning && wanted.size() <= kLongestBeginning &&
           id.starts_with(wanted);
}

bool has_id(const record::Exchange& exchange, const std::string& wanted) {
    return is_asked_for(exchange.id, wanted) ||
           std::ranges::any_of(exchange.invocations, [&](const record::Invocation& invocation) {
               return is_asked_for(invocation.request_id, wanted);
           });
}

bool is_meant(const record::Exchange& exchange, const std::set<std::string>& ids) {
    return std::ranges::any_of(ids, [&](const std::string& id) { return has_id(exchange, id); });
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

IdSearch::IdSearch(const std::set<std::string>& ids) {
    for (const std::string& id : ids) wanted_.push_back({id});
}

/// Keeps an id that begins as the wanted one does, for as long as it does, or nearly so.
void IdSearch::compare(Wanted& wanted, const std::string& id) {
    constexpr std::size_t kMostTold = 3, kLeastAlike = 3;
    const auto alike = static_cast<std::size_t>(std::ranges::mismatch(wanted.id, id).in1 - wanted.id.begin());
    const std::size_t least = std::max(std::min(kLeastAlike, wanted.id.size()), wanted.alike);
    if (alike == 0 || alike < least) return;
    if (alike > wanted.alike) wanted.near.clear();
    wanted.alike = alike;
    if (wanted.near.size() < kMostTold && std::ranges::find(wanted.near, id) == wanted.near.end())
        wanted.near.push_back(id);
}

void IdSearch::look_at(const record::Exchange& exchange) {
    std::erase_if(wanted_, [&](const Wanted& wanted) { return has_id(exchange, wanted.id); });
    for (Wanted& wanted : wanted_) {
        compare(wanted, exchange.id);
        for (const auto& invocation : exchange.invocations) compare(wanted, invocation.request_id);
    }
}

std::vector<std::string> IdSearch::tell_missing() const {
    std::vector<std::string> sentences;
    for (const Wanted& wanted : wanted_) {
        std::string names;
        for (const std::string& id : wanted.near) names += (names.empty() ? "; the nearest is '" : ", '") + id + '\'';
        if (!names.empty() && wanted.alike == wanted.id.size() && wanted.id.size() < kShortestBeginning)
            names += "; a UUID may be shortened to its first " + std::to_string(kShortestBeginning) +
                     " characters, not further";
        sentences.push_back("no exchange has the id '" + wanted.id + '\'' + names);
    }
    return sentences;
}

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

bool may_part_exchanges(const SelectionRules& rules) {
    const SelectionRules all;
    return rules.from || rules.to || rules.filter || !rules.ids.empty() || !rules.function.empty() ||
           rules.shards != all.shards || rules.most_hash != all.most_hash;
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
