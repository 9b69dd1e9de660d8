#include "tools/scenario/shard.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <numeric>
#include <tuple>

namespace understudy::scenario {

namespace {

// FNV-1a: equal on every machine.
std::uint64_t to_stable_hash(std::string_view text) {
    std::uint64_t hash = 14'695'981'039'346'656'037ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
    return hash;
}

std::optional<std::size_t> parse_count(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size() && number > 0;
    return whole ? std::optional(number) : std::nullopt;
}

std::chrono::microseconds median_of(std::vector<std::chrono::microseconds> known) {
    if (known.empty()) return std::chrono::microseconds(1);
    const auto middle = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
    std::nth_element(known.begin(), middle, known.end());
    return *middle;
}

}  // namespace

std::optional<Shard> parse_shard(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto number = parse_count(text.substr(0, slash)), count = parse_count(text.substr(slash + 1));
    if (!number || !count || *number > *count) return std::nullopt;
    return Shard{*number, *count};
}

std::vector<std::size_t> assign_shards(std::span<const std::string> identities, std::size_t count,
                                       const Durations& durations) {
    std::vector<std::optional<std::chrono::microseconds>> found;
    std::vector<std::chrono::microseconds> known;
    for (const auto& identity : identities) {
        const auto duration = durations.find(identity);
        found.push_back(duration == durations.end() ? std::nullopt : std::optional(duration->second));
        if (found.back()) known.push_back(*found.back());
    }
    const auto unknown = median_of(std::move(known));
    std::vector<std::tuple<std::chrono::microseconds, std::uint64_t, std::size_t>> order;
    for (std::size_t i = 0; i < identities.size(); ++i)
        order.emplace_back(-std::max(found[i].value_or(unknown), std::chrono::microseconds(1)),
                           to_stable_hash(identities[i]), i);
    std::sort(order.begin(), order.end());
    std::vector<std::chrono::microseconds> loads(count);
    std::vector<std::size_t> shards(identities.size());
    for (const auto& [minus, hash, i] : order) {
        const auto least = std::min_element(loads.begin(), loads.end());
        *least -= minus;
        shards[i] = static_cast<std::size_t>(least - loads.begin());
    }
    return shards;
}

}  // namespace understudy::scenario
