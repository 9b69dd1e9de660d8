#include "emulator/record/json_redaction.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/http/headers.hpp"
#include "emulator/record/presigned.hpp"
#include "emulator/record/query_redaction.hpp"

#include <algorithm>
#include <list>
#include <optional>
#include <utility>

namespace understudy::record {
namespace {

using Kind = JsonToken::Kind;

constexpr int kDeepest = 4;

/// What the members of an object, or the elements of an array, are.
enum class Role : std::uint8_t {
    plain,
    headers,  ///< Members are header lines by name.
    query,    ///< Members are query parameters by name.
    message,  ///< The same of a Connect GET, whose message is one of them.
    secret,   ///< Every value in it is taken.
};

/// An object or array around the value that is being looked at.
struct Frame {
    Role role = Role::plain;
    bool is_array = false;
    std::size_t index = 0;
    std::string_view name = {};  ///< Of the member that is being looked at.
};

/// Looks at each value of one JSON text.
class Walk {
  public:
    Walk(std::string_view json, TextKind kind, const Place& place)
        : json_(json), kind_(kind), place_(place), rules_(place.rules), scanner_(json) {}

    std::vector<Edit> run();
    TextFacts take_facts() { return std::move(facts_); }

  private:
    std::string_view read_name(std::string_view name);
    void look_at(const JsonToken& token);
    Role role_of_value() const;
    Role role_of_root_member(std::string_view name) const;
    bool is_field_taken() const;
    const Frame& named_frame() const;
    bool holds_parameter(const JsonToken& token) const;
    void take_whole(const JsonToken& token);
    void take_leaf(const JsonToken& token);
    void look_at_string(const JsonToken& token);
    void look_at_body(const JsonToken& body);
    void look_inside(const JsonToken& token);
    void learn(const JsonToken& token);
    void advance();

    std::string_view inside(const JsonToken& token) const {
        const std::size_t end = token.end > token.begin + 1 && json_[token.end - 1] == '"' ? token.end - 1 : token.end;
        return json_.substr(token.begin + 1, end - token.begin - 1);
    }
    std::string text_of(const JsonToken& token) const { return unescape(inside(token)); }
    std::string_view name() const { return frames_.back().name; }
    bool is_root_member(std::string_view name) const { return frames_.size() == 1 && this->name() == name; }
    std::string where() const;
    void note() { place_.redacted.push_back(where()); }
    void replace(const JsonToken& token, std::vector<Edit> edits);

    std::string_view json_;
    TextKind kind_;
    const Place& place_;
    const RedactionRules& rules_;
    JsonScanner scanner_;
    std::vector<Frame> frames_;
    std::list<std::string> unescaped_names_;
    std::vector<Edit> edits_;
    TextFacts facts_;
    std::vector<JsonToken> bodies_;
    bool body_is_base64_ = false;
};

std::vector<Edit> Walk::run() {
    frames_.reserve(8);
    for (JsonToken token = scanner_.next(); token.kind != Kind::end; token = scanner_.next()) {
        if (token.kind == Kind::close) {
            if (!frames_.empty()) frames_.pop_back();
            advance();
        } else if (token.kind == Kind::name) {
            if (frames_.empty()) frames_.emplace_back();
            frames_.back().name = read_name(inside(token));
        } else {
            look_at(token);
        }
    }
    for (const JsonToken& body : bodies_) look_at_body(body);
    std::ranges::sort(edits_, {}, &Edit::begin);
    return std::move(edits_);
}

/// A name without escapes stands in the text itself.
std::string_view Walk::read_name(std::string_view name) {
    if (name.find('\\') == std::string_view::npos) return name;
    return unescaped_names_.emplace_back(unescape(name));
}

/// A value has ended.
void Walk::advance() {
    if (!frames_.empty()) ++frames_.back().index;
}

void Walk::look_at(const JsonToken& token) {
    if (is_field_taken()) return take_whole(token);
    const Role role = role_of_value();
    if (token.kind == Kind::open_object || token.kind == Kind::open_array) {
        frames_.push_back({role, token.kind == Kind::open_array});
        return;
    }
    if (role == Role::secret) {
        take_leaf(token);
    } else if (token.kind == Kind::string) {
        look_at_string(token);
    } else if (is_root_member("isBase64Encoded")) {
        body_is_base64_ = json_[token.begin] == 't';
    }
    advance();
}

Role Walk::role_of_value() const {
    if (frames_.empty()) return Role::plain;
    const Frame& frame = frames_.back();
    if (frame.role == Role::secret) return Role::secret;
    if (frame.is_array || kind_ == TextKind::body) return Role::plain;
    if (frame.role == Role::headers) return rules_.takes_header(frame.name) ? Role::secret : Role::plain;
    if (frame.role == Role::query || frame.role == Role::message)
        return takes_parameter(rules_, frame.name, frame.role == Role::message) ? Role::secret : Role::plain;
    const std::string_view name = frame.name;
    if (name == "headers" || name == "multiValueHeaders") return Role::headers;
    if (name == "queryStringParameters" || name == "multiValueQueryStringParameters")
        return tells_ahead_of_message(json_, scanner_) ? Role::message : Role::query;
    if (frames_.size() == 1) return role_of_root_member(name);
    const bool is_key = name == "apiKey" && frames_.size() == 3 && frames_[1].name == "identity";
    return is_key && rules_.takes_header("x-api-key") ? Role::secret : Role::plain;
}

/// What is a copy of a header's or a parameter's value.
Role Walk::role_of_root_member(std::string_view name) const {
    bool is_taken = false;
    if (name == "cookies") is_taken = rules_.takes_header(kind_ == TextKind::event ? "cookie" : "set-cookie");
    if (name == "authorizationToken" || name == "identitySource")
        is_taken = !rules_.headers.empty() || !rules_.query.empty();
    if (name == "usageIdentifierKey") is_taken = rules_.takes_header("x-api-key");
    return is_taken ? Role::secret : Role::plain;
}

bool Walk::is_field_taken() const {
    if (frames_.empty() || (rules_.names.empty() && rules_.paths.empty())) return false;
    if (!frames_.back().is_array && rules_.takes_name(name())) return true;
    return std::ranges::any_of(rules_.paths, [&](const PathSteps& steps) {
        return std::ranges::equal(steps, frames_, [](const std::string& step, const Frame& frame) {
            if (!frame.is_array) return step == frame.name;
            return step == "[*]" || step == '[' + std::to_string(frame.index) + ']';
        });
    });
}

/// The frame whose member a value is, or one of several values.
const Frame& Walk::named_frame() const {
    return frames_.back().is_array && frames_.size() > 1 ? frames_[frames_.size() - 2] : frames_.back();
}

/// Whether a query parameter's value, or one of them, holds further ones behind `;`, and one of those is taken.
bool Walk::holds_parameter(const JsonToken& token) const {
    if (inside(token).find(';') == std::string_view::npos) return false;
    const Frame& frame = named_frame();
    if (frame.role != Role::query && frame.role != Role::message) return false;
    std::vector<std::string> ignored;
    return !find_in_query(text_of(token), rules_, ignored, {}, frame.role == Role::message).empty();
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
    advance();
}

void Walk::take_leaf(const JsonToken& token) {
    if (json_.substr(token.begin, token.end - token.begin) == "null") return;
    note();
    edits_.push_back({token.begin, token.end, '"' + std::string(kRedacted) + '"'});
}

void Walk::look_at_string(const JsonToken& token) {
    if (frames_.empty()) return look_inside(token);
    if (kind_ != TextKind::body) {
        if (is_root_member("body")) {
            bodies_.push_back(token);
            return;
        }
        learn(token);
        if (is_root_member("rawQueryString"))
            return replace(token, find_in_query(text_of(token), rules_, place_.redacted, where()));
        if (holds_parameter(token)) return take_leaf(token);
        if (rules_.takes_own_query && named_frame().role == Role::headers)
            replace(token, find_in_urls(text_of(token), rules_, place_.redacted, where()));
    }
    look_inside(token);
}

/// Remembers what tells how to read the body.
void Walk::learn(const JsonToken& token) {
    if (facts_.path.empty() && (is_root_member("path") || is_root_member("rawPath"))) facts_.path = text_of(token);
    const bool is_header = frames_.size() == 2 && frames_.back().role == Role::headers;
    if (is_header && http::same_name(name(), "content-type")) facts_.content_type = text_of(token);
    if (is_header && http::same_name(name(), "content-encoding")) facts_.is_coded = is_content_coding(inside(token));
}

/// The body of the HTTP message that the event or the reply stands for.
void Walk::look_at_body(const JsonToken& body) {
    const bool is_presigned = body_is_base64_ && rules_.takes_presigned && may_hold_presigned_base64(inside(body));
    const std::string& type = facts_.content_type.empty() ? place_.content_type : facts_.content_type;
    if (!is_presigned && !is_looked_into(rules_, place_.side, type)) return;
    frames_.assign(1, Frame{.name = "body"});
    Place place{rules_, place_.redacted, where(), place_.side};
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
    if ((rules_.names.empty() && rules_.paths.empty()) || place_.depth >= kDeepest) return;
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

std::string Walk::where() const {
    std::string text = place_.name;
    for (const Frame& frame : frames_) {
        if (frame.is_array) {
            text += '[' + std::to_string(frame.index) + ']';
        } else {
            text.append(1, '.').append(frame.name);
        }
    }
    return text;
}

}  // namespace

std::vector<Edit> find_secrets(std::string_view json, TextKind kind, const Place& place, TextFacts* facts) {
    Walk walk(json, kind, place);
    std::vector<Edit> edits = walk.run();
    if (facts != nullptr) *facts = walk.take_facts();
    return edits;
}

}  // namespace understudy::record
