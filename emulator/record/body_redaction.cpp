#include "emulator/record/body_redaction.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/http/headers.hpp"
#include "emulator/record/form_redaction.hpp"
#include "emulator/record/frame_redaction.hpp"
#include "emulator/record/json_redaction.hpp"
#include "emulator/record/presigned.hpp"
#include "emulator/source/text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace understudy::record {
namespace {

constexpr std::string_view kGzip = "\x1f\x8b";

/// Edits that overlap become one.
std::vector<Edit> merge_edits(std::vector<Edit>&& edits, std::vector<Edit>&& more) {
    std::ranges::move(more, std::back_inserter(edits));
    std::ranges::stable_sort(edits, {}, &Edit::begin);
    std::vector<Edit> merged;
    for (Edit& edit : edits) {
        if (!merged.empty() && edit.begin < merged.back().end) {
            merged.back().end = std::max(merged.back().end, edit.end);
        } else {
            merged.push_back(std::move(edit));
        }
    }
    return merged;
}

/// The body without fields that are taken. Precondition: the rules take from bodies.
std::optional<std::string> redact_fields(std::string_view body, const Place& place) {
    if (place.is_coded || body.starts_with(kGzip)) {
        place.redacted.push_back(place.name);
        return kRedacted;
    }
    std::optional<std::string> edited;
    if (const auto edits = find_body_edits(body, place); !edits.empty()) apply_edits(edited.emplace(body), edits);
    if (!place.rules.rewrite) return edited;
    std::vector<std::string> taken;
    auto rewritten = place.rules.rewrite({place.side, place.path, place.content_type}, edited ? *edited : body, taken);
    if (!rewritten) return edited;
    for (const std::string& name : taken) place.redacted.push_back(place.name + '.' + name);
    return rewritten;
}

}  // namespace

bool is_content_coding(std::string_view value) {
    return !value.empty() && !http::same_name(value, "identity");
}

bool looks_like_json(std::string_view text) {
    text = source::without_byte_order_mark(text);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

std::vector<Edit> find_body_edits(std::string_view body, const Place& place) {
    const RedactionRules& rules = place.rules;
    if (!rules.takes_fields()) return {};
    std::vector<Edit> edits;
    if (looks_like_json(body)) edits = find_secrets(body, TextKind::body, place);
    // Text before a form's first part, or its first name, may look like JSON too.
    auto more = find_form_secrets(body, place).value_or(std::vector<Edit>());
    return edits.empty() ? more : merge_edits(std::move(edits), std::move(more));
}

bool is_looked_into(const RedactionRules& rules, Side side, std::string_view content_type) {
    return rules.takes_from_bodies() || may_hold_frames(rules, side, content_type);
}

std::optional<std::string> redact_body(std::string_view body, const Place& place) {
    if (body.empty()) return std::nullopt;
    auto redacted = place.rules.takes_from_bodies() ? redact_fields(body, place) : std::nullopt;
    if (place.is_coded || !may_hold_frames(place.rules, place.side, place.content_type)) return redacted;
    auto reframed = redact_frames(redacted ? *redacted : body, place);
    return reframed ? reframed : redacted;
}

std::optional<std::string> redact_base64_body(std::string_view base64, const Place& place) {
    auto bytes = http::parse_base64(base64);
    if (!bytes) return http::to_base64(kRedacted);
    auto rewritten = redact_body(*bytes, place);
    std::string& body = rewritten ? *rewritten : *bytes;
    const auto edits = find_presigned(body, place.rules, place.redacted, place.name);
    if (!rewritten && edits.empty()) return std::nullopt;
    apply_edits(body, edits);
    return http::to_base64(body);
}

}  // namespace understudy::record
