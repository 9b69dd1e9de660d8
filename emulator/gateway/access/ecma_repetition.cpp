#include "emulator/gateway/access/ecma_repetition.hpp"

#include <algorithm>

namespace understudy::access {
namespace {

/// RE2's own limits: of a repetition, and of what repetitions may make of an expression in all.
constexpr std::size_t kMostRepeats = 1000;
constexpr std::size_t kLongestMade = 1U << 20U;
/// Beyond it takes RE2 long to count.
constexpr std::size_t kMostCounted = 20'000;

bool take_char(std::string_view text, std::size_t& at, char wanted) {
    if (at >= text.size() || text[at] != wanted) return false;
    ++at;
    return true;
}

/// Errors: nullopt where no digit stands there; at most more than `kLongestMade`.
std::optional<std::size_t> read_count(std::string_view text, std::size_t& at) {
    const std::size_t begin = at;
    std::size_t value = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
        value = std::min(value * 10 + static_cast<std::size_t>(text[at] - '0'), kLongestMade + 1);
    return at == begin ? std::nullopt : std::optional(value);
}

/// What stands in braces, behind the first of them.
std::optional<EcmaRepetition> read_braces(std::string_view text, std::size_t& at) {
    const auto least = read_count(text, at);
    if (!least) return std::nullopt;
    if (take_char(text, at, '}')) return EcmaRepetition{.least = *least, .most = *least};
    if (!take_char(text, at, ',')) return std::nullopt;
    const auto most = read_count(text, at);
    if (!take_char(text, at, '}')) return std::nullopt;
    return EcmaRepetition{.least = *least, .most = most};
}

}  // namespace

std::optional<EcmaRepetition> read_repetition(std::string_view text, std::size_t& at) {
    if (take_char(text, at, '*')) return EcmaRepetition{.least = 0, .most = {}};
    if (take_char(text, at, '+')) return EcmaRepetition{.least = 1, .most = {}};
    if (take_char(text, at, '?')) return EcmaRepetition{.least = 0, .most = 1};
    std::size_t behind = at;
    if (!take_char(text, behind, '{')) return std::nullopt;
    const auto times = read_braces(text, behind);
    if (times) at = behind;
    return times;
}

bool repeat_end(std::string& out, std::size_t begin, const EcmaRepetition& times) {
    const std::size_t more = times.most ? *times.most - times.least : 0;
    if (times.least + more <= kMostRepeats) {
        out += '{' + std::to_string(times.least) + ',';
        out += (times.most ? std::to_string(*times.most) : "") + '}';
        return true;
    }
    if (times.least + more > kMostCounted) return false;
    const std::string atom = out.substr(begin);
    const std::size_t pieces = 2 * ((times.least + more) / kMostRepeats + 2);
    if (out.size() + pieces * (atom.size() + 12) > kLongestMade) return false;
    const std::string full = atom + '{' + std::to_string(kMostRepeats) + '}';
    out.resize(begin);
    for (std::size_t i = 0; i < times.least / kMostRepeats; ++i) out += full;
    out += atom + '{' + std::to_string(times.least % kMostRepeats) + '}';
    if (!times.most) {
        out += atom + '*';
        return true;
    }
    for (std::size_t i = 0; i < more / kMostRepeats; ++i) out += "(?:" + full;
    out += atom + "{0," + std::to_string(more % kMostRepeats) + '}';
    for (std::size_t i = 0; i < more / kMostRepeats; ++i) {
        out += '|' + atom + "{0," + std::to_string(kMostRepeats - 1) + "})";
    }
    return true;
}

}  // namespace understudy::access
