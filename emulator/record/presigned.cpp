#include "emulator/record/presigned.hpp"

#include "emulator/event/json_text.hpp"
#include "emulator/http/headers.hpp"
#include "emulator/record/field_value.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

namespace understudy::record {
namespace {

using Spellings = std::array<std::string_view, 2>;

constexpr Spellings kPrefix{"X-Amz-", "x-amz-"}, kPolicy{"Policy", "policy"};
/// What the prefixes are in base64, wherever in the three bytes of a group they begin: the characters that follow from
/// them alone.
constexpr std::array<std::string_view, 6> kPrefixInBase64{"WC1BbXot", "gtQW16L", "YLUFtei",
                                                          "eC1hbXot", "gtYW16L", "4LWFtei"};

/// Places of a word in a text, in whichever spelling.
class Occurrences {
  public:
    Occurrences(std::string_view text, const Spellings& words) : text_(text), words_(words) {
        for (std::size_t i = 0; i < words.size(); ++i) next_[i] = text.find(words[i]);
    }
    /// The first that begins at `at` or behind it.
    std::size_t find(std::size_t at) {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (next_[i] < at) next_[i] = text_.find(words_[i], at);
        }
        return std::ranges::min(next_);
    }

  private:
    std::string_view text_;
    Spellings words_;
    std::array<std::size_t, std::tuple_size_v<Spellings>> next_{};
};

enum class Length : std::uint8_t { free, kept };

std::string to_replacement(std::size_t size, Length length) {
    std::string replacement = kRedacted;
    if (length == Length::kept) replacement.resize(size, '*');
    return replacement;
}

/// Gathers what has to be replaced in one text.
class PresignedSearch {
  public:
    PresignedSearch(std::string_view text, std::vector<std::string>& redacted, const std::string& where)
        : text_(text), redacted_(redacted), where_(where) {}

    std::vector<Edit> run(const RedactionRules& rules) {
        search(kPrefix, [&](std::string_view, std::string_view name) { return rules.takes_query(name); });
        // What a presigned POST allows says its policy: it goes with the signature.
        if (has_signature_) search(kPolicy, is_policy);
        std::ranges::sort(edits_, {}, &Edit::begin);
        // An input that is named so twice has one value.
        const auto again = std::ranges::unique(edits_, [](const Edit& a, const Edit& b) { return b.begin < a.end; });
        edits_.erase(again.begin(), again.end());
        return std::move(edits_);
    }

  private:
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    /// Not `my-policy`, and no `policy-x`. A digit may be an escape's.
    static bool is_policy(std::string_view before, std::string_view name) {
        const char last = before.empty() ? ' ' : before.back();
        return name.size() == kPolicy.front().size() && !is_letter(last) && last != '-' && last != '_';
    }

    template <class Taken>
    void search(const Spellings& words, Taken is_taken) {
        Occurrences occurrences(text_, words);
        for (auto at = occurrences.find(0); at < text_.size(); at = occurrences.find(at)) {
            const auto begin = at;
            while (at < text_.size() && is_name_character(text_[at])) ++at;
            const auto name = text_.substr(begin, at - begin);
            if (!is_taken(text_.substr(0, begin), name)) continue;
            if (const auto input = find_input_value(text_, begin); input.begin < input.end)
                take(name, input);
            else
                at = take_value(name, at);
        }
    }

    /// `at`: behind the name. Returns where the search goes on.
    std::size_t take_value(std::string_view name, std::size_t at) {
        const std::size_t separator = measure_separator(text_.substr(at));
        if (separator == 0) return at;
        at += separator;
        const std::size_t size = measure_value(text_.substr(at));
        take(name, {at, at + size});
        return at + size;
    }

    void take(std::string_view name, source::Range value) {
        has_signature_ = has_signature_ || http::same_name(name, "x-amz-signature");
        if (value.begin == value.end) return;
        edits_.push_back({value.begin, value.end, to_replacement(value.end - value.begin, length())});
        auto path = where_ + '.' + std::string(name);
        if (std::ranges::find(redacted_, path) == redacted_.end()) redacted_.push_back(std::move(path));
    }

    Length length() {
        if (!length_) length_ = event::is_plain_text(text_) ? Length::free : Length::kept;
        return *length_;
    }

    std::string_view text_;
    std::vector<std::string>& redacted_;
    const std::string& where_;
    std::vector<Edit> edits_;
    std::optional<Length> length_;
    bool has_signature_ = false;
};

}  // namespace

/// The prefix is looked for by its second dash, which is rarer than its letters.
bool may_hold_presigned(std::string_view text) {
    constexpr std::size_t kDash = kPrefix.front().size() - 1;
    for (std::size_t at = text.find('-', kDash); at != std::string_view::npos; at = text.find('-', at + 1)) {
        const std::string_view word = text.substr(at - kDash, kDash + 1);
        if (std::ranges::find(kPrefix, word) != kPrefix.end()) return true;
    }
    return false;
}

bool may_hold_presigned_base64(std::string_view base64) {
    return std::ranges::any_of(kPrefixInBase64,
                               [&](std::string_view part) { return base64.find(part) != std::string_view::npos; });
}

std::vector<Edit> find_presigned(std::string_view text, const RedactionRules& rules, std::vector<std::string>& redacted,
                                 const std::string& where) {
    if (!rules.takes_presigned || !may_hold_presigned(text)) return {};
    return PresignedSearch(text, redacted, where).run(rules);
}

}  // namespace understudy::record
