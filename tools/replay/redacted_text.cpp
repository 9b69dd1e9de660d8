#include "tools/replay/redacted_text.hpp"

#include "emulator/record/redaction.hpp"

namespace understudy::replay {
namespace {

constexpr std::string_view kRedacted = record::kRedacted;
/// How a quote inside a text is shown.
constexpr std::string_view kQuote = "\\\"";

/// Takes what stands before the next redacted part off a text, that part as well, and quotes around it.
std::string_view take_piece(std::string_view& text, std::string_view quote = kQuote) {
    const auto at = text.find(kRedacted);
    std::string_view piece = text.substr(0, at);
    text.remove_prefix(at + kRedacted.size());
    if (piece.ends_with(quote) && text.starts_with(quote)) {
        piece.remove_suffix(quote.size());
        text.remove_prefix(quote.size());
    }
    return piece;
}

/// Not by RE2::QuoteMeta, which escapes each blank and dash as well: people read what comes of it.
std::string escape_for_regex(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (std::string_view("\\.+*?()|[]{}^$").find(c) != std::string_view::npos) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

}  // namespace

bool is_redacted(std::string_view shown) {
    return shown.size() == kRedacted.size() + 2 && shown.starts_with('"') && shown.substr(1).starts_with(kRedacted);
}

bool is_same_but_redacted(std::string_view redacted, std::string_view other) {
    if (redacted.find(kRedacted) == std::string_view::npos) return false;
    const std::string_view first = take_piece(redacted);
    if (!other.starts_with(first)) return false;
    other.remove_prefix(first.size());
    while (redacted.find(kRedacted) != std::string_view::npos) {
        const std::string_view piece = take_piece(redacted);
        const auto at = other.find(piece);
        if (at == std::string_view::npos) return false;
        other.remove_prefix(at + piece.size());
    }
    return other.ends_with(redacted);
}

std::string to_redacted_regex(std::string_view redacted) {
    std::string regex = "(?s)^";
    while (redacted.find(kRedacted) != std::string_view::npos) {
        const std::string_view quote = redacted.substr(0, redacted.find(kRedacted)).ends_with(kQuote) ? kQuote : "\"";
        regex += escape_for_regex(take_piece(redacted, quote)) + ".*";
    }
    return regex + escape_for_regex(redacted) + '$';
}

}  // namespace understudy::replay
