#include "emulator/record/query_redaction.hpp"

#include "emulator/http/headers.hpp"
#include "emulator/http/percent.hpp"

#include <algorithm>

namespace understudy::record {
namespace {

/// Whether one of a query's parameters tells of a message.
bool has_sign_of_message(std::string_view query) {
    while (!query.empty()) {
        const std::size_t end = std::min(query.find_first_of("&;"), query.size());
        const std::string_view parameter = query.substr(0, end);
        if (tells_of_message(parameter.substr(0, parameter.find('=')))) return true;
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return false;
}

}  // namespace

bool tells_of_message(std::string_view name) {
    const std::string decoded = http::decode_percent(name, http::Plus::space);
    return http::same_name(decoded, "encoding") || http::same_name(decoded, "connect");
}

bool tells_ahead_of_message(std::string_view json, JsonScanner ahead) {
    for (int depth = 1; depth > 0;) {
        const JsonToken token = ahead.next();
        if (token.kind == JsonToken::Kind::end) break;
        if (token.kind == JsonToken::Kind::open_object || token.kind == JsonToken::Kind::open_array) ++depth;
        if (token.kind == JsonToken::Kind::close) --depth;
        if (token.kind != JsonToken::Kind::name) continue;
        if (tells_of_message(unescape(json.substr(token.begin + 1, token.end - token.begin - 2)))) return true;
    }
    return false;
}

bool takes_parameter(const RedactionRules& rules, std::string_view name, QueryOf whose) {
    if (rules.takes_query(name)) return true;
    return whose == QueryOf::connect_get && rules.takes_from_bodies() &&
           http::same_name(http::decode_percent(name, http::Plus::space), "message");
}

std::vector<Edit> find_in_query(std::string_view query, const RedactionRules& rules, std::vector<std::string>& redacted,
                                const std::string& where, QueryOf whose) {
    if (rules.query.empty() && !rules.takes_from_bodies()) return {};
    if (rules.takes_from_bodies() && has_sign_of_message(query)) whose = QueryOf::connect_get;
    const auto taken = [&](std::string_view name) { return takes_parameter(rules, name, whose); };
    return query_edits(query, taken, redacted, where);
}

std::vector<Edit> find_in_urls(std::string_view value, const RedactionRules& rules, std::vector<std::string>& redacted,
                               const std::string& where) {
    constexpr std::string_view kBegins = "?#", kEnds = "?# \t<>\"";
    std::vector<Edit> edits;
    if (!rules.takes_own_query) return edits;
    const auto taken = [&](std::string_view name) { return rules.takes_query(name); };
    for (std::size_t at = value.find_first_of(kBegins); at < value.size(); at = value.find_first_of(kBegins, at)) {
        const std::size_t end = std::min(value.find_first_of(kEnds, ++at), value.size());
        for (Edit& edit : query_edits(value.substr(at, end - at), taken, redacted, where)) {
            edits.push_back({edit.begin + at, edit.end + at, std::move(edit.text)});
        }
        at = end;
    }
    return edits;
}

}  // namespace understudy::record
