#include "emulator/record/json_redaction.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/http/headers.hpp"
#include "emulator/record/json_path.hpp"
#include "emulator/record/presigned.hpp"
#include "emulator/record/query_redaction.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace understudy::record {
namespace {

using Kind = JsonToken::Kind;

constexpr int kDeepest = 4;

/// Looks at each value of one JSON text.
class Walk {
  public:
    Walk(std::string_view json, TextKind kind, const Place& place)
        : json_(json), kind_(kind), place_(place), rules_(place.rules), scanner_(json), path_(kind, rules_) {}

    std::vector<Edit> run();
    TextFacts take_facts() { return std::move(facts_); }

  private:
    void look_at(const JsonToken& token);
    bool holds_parameter(const JsonToken& token) const;
    void take_whole(const JsonToken& token);
    void take_leaf(const JsonToken& token);
    void look_at_string(const JsonToken& token);
    void look_at_body(const JsonToken& body);
    void look_inside(const JsonToken& token);
    void learn(const JsonToken& token);

    std::string_view inside(const JsonToken& token) const {
        const std::size_t end = token.end > token.begin + 1 && json_[token.end - 1] == '"' ? token.end - 1 : token.end;
        return json_.substr(token.begin + 1, end - token.begin - 1);
    }
    std::string text_of(const JsonToken& token) const { return unescape(inside(token)); }
    std::string where() const { return place_.name + path_.text(); }
    void note() { place_.redacted.push_back(where()); }
    void replace(const JsonToken& token, std::vector<Edit> edits);

    std::string_view json_;
    TextKind kind_;
    const Place& place_;
    const RedactionRules& rules_;
    JsonScanner scanner_;
    JsonPath path_;
    std::vector<Edit> edits_;
    TextFacts facts_;
    std::vector<JsonToken> bodies_;
    bool body_is_base64_ = false;
};

std::vector<Edit> Walk::run() {
    for (JsonToken token = scanner_.next(); token.kind != Kind::end; token = scanner_.next()) {
        if (token.kind == Kind::close) {
            path_.leave();
        } else if (token.kind == Kind::name) {
            path_.come_to(inside(token));
        } else {
            look_at(token);
        }
    }
    for (const JsonToken& body : bodies_) look_at_body(body);
    std::ranges::sort(edits_, {}, &Edit::begin);
    return std::move(edits_);
}

void Walk::look_at(const JsonToken& token) {
    if (path_.is_field_taken()) return take_whole(token);
    const Role role = path_.role_of_value(json_, scanner_);
    if (token.kind == Kind::open_object) return path_.enter_object(role);
    if (token.kind == Kind::open_array) return path_.enter_array(role);
    if (role == Role::secret) {
        take_leaf(token);
    } else if (token.kind == Kind::string) {
        look_at_string(token);
    } else if (path_.is_root_member("isBase64Encoded")) {
        body_is_base64_ = json_[token.begin] == 't';
    }
    path_.advance();
}

/// Whether a query parameter's value, or one of them, holds further ones behind `;`, and one of those is taken.
bool Walk::holds_parameter(const JsonToken& token) const {
    if (inside(token).find(';') == std::string_view::npos) return false;
    const Role role = path_.role_of_member();
    if (role != Role::query && role != Role::message) return false;
    std::vector<std::string> ignored;
    return !find_in_query(text_of(token), rules_, ignored, {}, to_query_of(role)).empty();
}

/// Takes a value with all that is in it.
void Walk::take_whole(const JsonToken& token) {
    note();
    std::size_t end = token.end;
    if (token.kind != Kind::string && token.kind != Kind::literal) {
        for (std::size_t depth = 1; depth > 0;) {
            const JsonToken inner = scanner_.next();
            if (inner.kind == Kind::open_object || inner.kind == Kind::open_array) ++depth;
            if (inner.kind == Kind::close || inner.kind == Kind::end) --depth;
            end = inner.end;
            if (inner.kind == Kind::end) break;
        }
    }
    edits_.push_back({token.begin, end, '"' + std::string(kRedacted) + '"'});
    path_.advance();
}

void Walk::take_leaf(const JsonToken& token) {
    if (json_.substr(token.begin, token.end - token.begin) == "null") return;
    note();
    edits_.push_back({token.begin, token.end, '"' + std::string(kRedacted) + '"'});
}

void Walk::look_at_string(const JsonToken& token) {
    if (path_.is_root()) return look_inside(token);
    if (kind_ == TextKind::event || kind_ == TextKind::reply) {
        if (path_.is_root_member("body")) {
            bodies_.push_back(token);
            return;
        }
        learn(token);
        if (path_.is_root_member("rawQueryString"))
            return replace(token, find_in_query(text_of(token), rules_, place_.redacted, where()));
        if (holds_parameter(token)) return take_leaf(token);
    }
    const bool is_line = path_.role_of_member() == Role::headers;
    if (is_line && rules_.rewrite_header) {
        const std::string text = text_of(token);
        if (const auto value = rules_.rewrite_line(path_.name_of_member(), text, place_.redacted, where()))
            return replace(token, {{0, text.size(), *value}});
    }
    if (rules_.takes_own_query && is_line)
        replace(token, find_in_urls(text_of(token), rules_, place_.redacted, where()));
    look_inside(token);
}

/// Remembers what tells how to read the body.
void Walk::learn(const JsonToken& token) {
    if (facts_.path.empty() && (path_.is_root_member("path") || path_.is_root_member("rawPath")))
        facts_.path = text_of(token);
    if (!path_.is_header()) return;
    if (http::same_name(path_.name(), "content-type")) facts_.content_type = text_of(token);
    if (http::same_name(path_.name(), "content-encoding")) facts_.is_coded = is_content_coding(inside(token));
}

/// The body of the HTTP message that the event or the reply stands for.
void Walk::look_at_body(const JsonToken& body) {
    const bool is_presigned = body_is_base64_ && rules_.takes_presigned && may_hold_presigned_base64(inside(body));
    const std::string& type = facts_.content_type.empty() ? place_.content_type : facts_.content_type;
    if (!is_presigned && !is_looked_into(rules_, place_.side, type)) return;
    Place place{rules_, place_.redacted, place_.name + ".body", place_.side};
    place.path = facts_.path.empty() ? place_.path : facts_.path;
    place.content_type = type;
    place.depth = place_.depth + 1;
    place.is_coded = facts_.is_coded || place_.is_coded;
    const std::string text = text_of(body);
    if (body_is_base64_) {
        if (const auto rewritten = redact_base64_body(text, place)) replace(body, {{0, text.size(), *rewritten}});
    } else if (looks_like_json(text) && !rules_.rewrite) {
        replace(body, find_body_edits(text, place));
    } else if (const auto rewritten = redact_body(text, place)) {
        replace(body, {{0, text.size(), *rewritten}});
    }
}

/// JSON inside a string, as text or as base64: what a queue or a stream delivers.
void Walk::look_inside(const JsonToken& token) {
    if (!rules_.takes_fields() || place_.depth >= kDeepest) return;
    const std::string_view raw = inside(token);
    if (raw.size() < 4) return;
    Place place{rules_, place_.redacted, where(), place_.side};
    place.depth = place_.depth + 1;
    // `{`, `[` and a byte order mark in base64.
    if (raw.front() == 'e' || raw.front() == 'W' || raw.starts_with("77u/")) {
        const auto bytes = raw.size() % 4 == 0 ? http::parse_base64(raw) : std::nullopt;
        if (!bytes || !looks_like_json(*bytes)) return;
        std::string inner = *bytes;
        apply_edits(inner, find_secrets(*bytes, TextKind::body, place));
        if (inner != *bytes) replace(token, {{0, raw.size(), http::to_base64(inner)}});
    } else if (const std::string text = unescape(raw); looks_like_json(text)) {
        replace(token, find_secrets(text, TextKind::body, place));
    }
}

/// Edits what a string means.
void Walk::replace(const JsonToken& token, std::vector<Edit> edits) {
    for (Edit& edit : edits_of_escaped(inside(token), edits)) {
        edit.begin += token.begin + 1;
        edit.end += token.begin + 1;
        edits_.push_back(std::move(edit));
    }
}

}  // namespace

std::vector<Edit> find_secrets(std::string_view json, TextKind kind, const Place& place, TextFacts* facts) {
    Walk walk(json, kind, place);
    std::vector<Edit> edits = walk.run();
    if (facts != nullptr) *facts = walk.take_facts();
    return edits;
}

}  // namespace understudy::record
