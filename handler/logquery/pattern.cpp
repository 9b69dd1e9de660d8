#include "handler/logquery/pattern.hpp"

#include "handler/logquery/utf8.hpp"

#include <re2/re2.h>

namespace understudy::logquery {
namespace {

/// How much of RE2's complaint, which may quote the whole pattern, is passed on.
constexpr std::size_t kLongestComplaint = 200;
/// For the compiled expression and the states that matching adds to it. RE2 goes on with less when they fill it.
constexpr std::int64_t kMemory = std::int64_t{4} << 20;

re2::RE2::Options to_options() {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    options.set_max_mem(kMemory);
    return options;
}

wire::Status invalid_pattern(std::string message) {
    return {wire::Code::invalid_argument, std::move(message)};
}

/// Classes such as `\\pL`, each of which RE2 writes out as hundreds of ranges.
std::size_t count_unicode_classes(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = text.find('\\'); i < text.size(); i = text.find('\\', i + 2)) {
        if (text.substr(i + 1).starts_with('p') || text.substr(i + 1).starts_with('P')) ++count;
    }
    return count;
}

}  // namespace

Pattern::Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

wire::Status Pattern::parse(const std::string& text, Pattern& pattern) {
    if (text.size() > kLongest) {
        return invalid_pattern("pattern is " + std::to_string(text.size()) + " bytes long: at most " +
                               std::to_string(kLongest) + " are accepted");
    }
    if (const std::size_t count = count_unicode_classes(text); count > kMostUnicodeClasses) {
        return invalid_pattern("pattern is made of " + std::to_string(count) +
                               " Unicode classes such as \\pL: at most " + std::to_string(kMostUnicodeClasses) +
                               " are accepted");
    }
    pattern.expression_.reset();
    if (text.empty()) return {};
    auto expression = std::make_unique<const re2::RE2>(text, to_options());
    if (!expression->ok()) {
        return invalid_pattern("pattern is no regular expression in RE2's syntax: " +
                               std::string(cut_utf8(expression->error(), kLongestComplaint)));
    }
    pattern.expression_ = std::move(expression);
    return {};
}

bool Pattern::matches(std::string_view text) const {
    if (!expression_) return true;
    return expression_->Match({text.data(), text.size()}, 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0);
}

}  // namespace understudy::logquery
