#include "emulator/record/redaction_rules.hpp"

#include "emulator/http/headers.hpp"
#include "emulator/http/percent.hpp"
#include "emulator/source/extension_name.hpp"

#include <algorithm>

namespace understudy::record {

std::size_t extension_length(std::string_view text) {
    // Without a dot it may as well be an element that is mistyped: `a[b]`.
    const std::size_t length = source::extension_name_length(text);
    return text.substr(0, length).find('.') == std::string_view::npos ? 0 : length;
}

PathSteps parse_field_path(std::string_view path) {
    PathSteps steps(1);
    if (path.starts_with("$.")) path.remove_prefix(2);
    while (!path.empty()) {
        const char c = path.front();
        if (c == '.' || (c == '[' && !steps.back().empty())) steps.emplace_back();
        const auto length = std::max<std::size_t>(extension_length(path), 1);
        if (c != '.') steps.back() += path.substr(0, length);
        path.remove_prefix(length);
    }
    return steps;
}

namespace {

bool is_of_presigned(const std::string& name) {
    return http::same_name(name.substr(0, 6), "x-amz-");
}

}  // namespace

RedactionRules::RedactionRules(const Redaction& redaction)
    : headers(redaction.headers.begin(), redaction.headers.end()),
      query(redaction.query.begin(), redaction.query.end()),
      takes_presigned(std::ranges::any_of(query, is_of_presigned)),
      takes_own_query(!std::ranges::all_of(query, is_of_presigned)),
      rewrite(redaction.rewrite),
      rewrite_header(redaction.rewrite_header) {
    for (const std::string& field : redaction.fields) {
        PathSteps steps = parse_field_path(field);
        if (steps.size() == 1) {
            names.push_back(std::move(steps.front()));
        } else {
            paths.push_back(std::move(steps));
        }
    }
}

bool RedactionRules::takes_header(std::string_view name) const {
    constexpr std::string_view kTrailerPrefix = "trailer-";
    const bool is_trailer = http::same_name(name.substr(0, kTrailerPrefix.size()), kTrailerPrefix);
    const std::string_view bare = name.substr(is_trailer ? kTrailerPrefix.size() : 0);
    return std::ranges::any_of(headers, [&](const std::string& header) {
        return http::same_name(header, name) || http::same_name(header, bare);
    });
}

std::optional<std::string> RedactionRules::rewrite_line(std::string_view name, std::string_view value,
                                                        std::vector<std::string>& redacted,
                                                        const std::string& where) const {
    std::vector<std::string> taken;
    auto rewritten = rewrite_header ? rewrite_header(name, value, taken) : std::nullopt;
    for (const std::string& field : taken) redacted.push_back(where + '.' + field);
    return rewritten;
}

bool RedactionRules::takes_query(std::string_view name) const {
    if (query.empty()) return false;
    const std::string whole = http::decode_percent(name, http::Plus::space);
    const std::string_view decoded = std::string_view(whole).substr(whole.rfind(';') + 1);
    return std::ranges::any_of(query, [&](const std::string& taken) { return http::same_name(taken, decoded); });
}

bool RedactionRules::takes_name(std::string_view name) const {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace understudy::record
