#include "tools/replay/tally.hpp"

#include "tools/match/ignore_path.hpp"

#include <cctype>
#include <utility>

namespace understudy::replay {
namespace {

constexpr std::size_t kMostKinds = 1000, kMostSubjects = 500, kMostDifferences = 5;
constexpr const char* kOtherSubjects = "others";

bool is_index(std::string_view step) {
    return step.size() > 2 && step.front() == '[' && std::isdigit(static_cast<unsigned char>(step[1])) != 0;
}

}  // namespace

std::string_view to_words(Change change) {
    switch (change) {
        case Change::changed:
            return "changed";
        case Change::missing:
            return "missing";
        case Change::added:
            return "new";
        case Change::failed:
            return "an error in place of a reply";
        case Change::recovered:
            return "a reply in place of an error";
        case Change::unanswered:
            break;
    }
    return "no reply";
}

KindKey to_kind(const Deviation& deviation) {
    KindKey key{{}, deviation.change};
    for (const auto& step : match::parse_path(deviation.path)) key.path += is_index(step) ? "[*]" : step;
    if (key.path.starts_with('.')) key.path.erase(0, 1);
    return key;
}

Tally::Counts& Tally::subject(const std::string& name) {
    const auto known = subjects_.find(name);
    if (known != subjects_.end()) return known->second;
    return subjects_[subjects_.size() < kMostSubjects ? name : kOtherSubjects];
}

void Tally::add_kind(const KindKey& key, const Place& place, std::vector<Deviation> differences) {
    const auto known = kinds_.find(key);
    if (known == kinds_.end() && kinds_.size() == kMostKinds) {
        ++of_other_kinds_;
        return;
    }
    Kind& kind = known == kinds_.end() ? kinds_[key] : known->second;
    if (kind.exchanges++ > 0 && kind.first.number <= place.number) return;
    kind.first = place;
    kind.differences = std::move(differences);
}

void Tally::add_same(const Place& place, std::size_t redacted) {
    ++counts_.same;
    ++subject(place.subject).same;
    redacted_ += redacted;
}

void Tally::add_differences(const Place& place, const Compared& compared) {
    ++counts_.different;
    ++subject(place.subject).different;
    redacted_ += compared.redacted;
    std::map<KindKey, std::vector<Deviation>> kinds;
    for (const auto& difference : compared.differences) {
        auto& same_kind = kinds[to_kind(difference)];
        if (same_kind.size() < kMostDifferences) same_kind.push_back(difference);
    }
    for (auto& [key, differences] : kinds) add_kind(key, place, std::move(differences));
}

void Tally::add_unanswered(const Place& place, const std::string& reason) {
    ++counts_.unanswered;
    ++subject(place.subject).unanswered;
    add_kind({{}, Change::unanswered}, place,
             {{{{}, "a reply", reason, source::Problem(source::ProblemCode::unreadable, reason)}, Change::unanswered}});
}

}  // namespace understudy::replay
