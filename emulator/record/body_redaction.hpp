#pragma once

#include "emulator/record/json_text.hpp"
#include "emulator/record/redaction_rules.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::record {

/// Where in an exchange redaction is at work, and what it has taken.
struct Place {
    const RedactionRules& rules;
    std::vector<std::string>& redacted;
    std::string name;  ///< `request.body`, `invocations[0].event`.
    Side side = Side::request;
    std::string path = {};
    std::string content_type = {};
    bool is_coded = false;  ///< The body has a content coding, so nobody can look into it.
    int depth = 0;          ///< How many texts stand around this one.
};

/// A query string, or a form, without the values whose names `taken` says. A name also stands behind `;`, which
/// separates parameters for some; as it does not for others, a value that is taken goes on to the next `&`.
template <class Taken>
std::vector<Edit> query_edits(std::string_view query, Taken taken, std::vector<std::string>& redacted,
                              const std::string& where) {
    std::vector<Edit> edits;
    for (std::size_t at = 0; at <= query.size();) {
        std::size_t end = std::min(query.find_first_of("&;", at), query.size());
        const std::size_t equals = query.find('=', at);
        if (equals < end && taken(query.substr(at, equals - at))) {
            end = std::min(query.find('&', equals), query.size());
            edits.push_back({equals + 1, end, kRedacted});
            redacted.push_back(where + '.' + std::string(query.substr(at, equals - at)));
        }
        at = end + 1;
    }
    return edits;
}

/// Whether the value of `Content-Encoding` is one.
bool is_content_coding(std::string_view value);

/// Whether a text begins as a JSON object or array does.
bool looks_like_json(std::string_view text);

/// What has to be replaced in a body, in order: as JSON, as a form and as a stream of events, whichever it may be.
/// Tested by: Redaction.AFormThatBeginsAsJsonDoesIsLookedIntoAsBoth
std::vector<Edit> find_body_edits(std::string_view body, const Place& place);

/// Whether bodies of this kind have to be looked into: for fields, or for trailers in them.
bool is_looked_into(const RedactionRules& rules, Side side, std::string_view content_type);

/// The body of a message without what must not be written; nullopt where it may be as it is.
std::optional<std::string> redact_body(std::string_view body, const Place& place);
/// The same of a body in base64, presigned URLs in it taken out as well; what is no base64 goes in whole.
std::optional<std::string> redact_base64_body(std::string_view base64, const Place& place);

}  // namespace understudy::record
