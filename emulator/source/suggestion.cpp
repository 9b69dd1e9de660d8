#include "emulator/source/suggestion.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace understudy::source {
namespace {

/// Words longer than this are no typing errors of a name; it bounds the work, too.
constexpr std::size_t kLongestWord = 100;

/// Lower case, without what people separate words by: `Http_Status` and `httpStatus` are one.
std::string plain_form(std::string_view word) {
    std::string plain;
    for (const char c : word) {
        if (c == '_' || c == '-' || c == '.' || c == ' ') continue;
        plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return plain;
}

/// How many edits still make a typing error of a word of that length: one in three letters.
std::size_t tolerated_edits(std::size_t length) {
    return std::max<std::size_t>(length, 3) / 3;
}

std::size_t common_begin(std::string_view a, std::string_view b) {
    const auto [end, other_end] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return static_cast<std::size_t>(end - a.begin());
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

std::optional<std::string_view> closest_word(std::string_view word, std::span<const std::string_view> candidates) {
    if (word.empty() || word.size() > kLongestWord) return std::nullopt;
    const std::string plain_word = plain_form(word);
    std::optional<std::string_view> closest;
    // Distance, letters in common at the begin (more is less), difference in length.
    std::tuple least{tolerated_edits(word.size()) + 1, std::size_t{0}, std::size_t{0}};
    for (const std::string_view candidate : candidates) {
        if (candidate.empty() || candidate.size() > kLongestWord) continue;
        const std::string plain_candidate = plain_form(candidate);
        const std::size_t distance = edit_distance(plain_word, plain_candidate);
        // A word of which nothing is left is another word.
        const bool shares_letters = distance < std::min(plain_word.size(), plain_candidate.size());
        const std::tuple nearness{distance, kLongestWord - common_begin(plain_word, plain_candidate),
                                  std::max(word.size(), candidate.size()) - std::min(word.size(), candidate.size())};
        if (shares_letters && nearness < least) {
            least = nearness;
            closest = candidate;
        }
    }
    return closest;
}

std::string render_suggestion(std::string_view meant) {
    return "did you mean '" + std::string(meant) + "'?";
}

std::string render_suggestion(std::string_view word, std::span<const std::string_view> candidates) {
    const auto closest = closest_word(word, candidates);
    return closest ? render_suggestion(*closest) : std::string();
}

}  // namespace understudy::source
