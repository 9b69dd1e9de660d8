#include "emulator/event/proxy_reply.hpp"

#include "emulator/http/surrogates.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <functional>
#include <limits>
#include <optional>
#include <utility>

namespace understudy::event {
namespace {

using Kind = JsonValue::Kind;

/// Takes the events of Boost.JSON's parser and keeps what the first three levels say.
class Collector {
  public:
    using Error = boost::json::error_code;
    using Text = boost::json::string_view;
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    Collector(ProxyReply& reply, std::string_view payload) : reply_(reply), payload_(payload) {}

    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_object_begin(Error&) { return enter(Kind::object); }
    bool on_object_end(std::size_t, Error&) { return leave(); }
    bool on_array_begin(Error&) { return enter(Kind::array); }
    bool on_array_end(std::size_t, Error&) { return leave(); }
    bool on_key_part(Text part, std::size_t, Error&) { return on_part(part); }
    bool on_key(Text part, std::size_t, Error&) { return on_name(take(part)); }
    bool on_string_part(Text part, std::size_t, Error&) { return on_part(part); }
    bool on_string(Text part, std::size_t, Error&) { return on_scalar(Kind::string, take(part)); }
    bool on_number_part(Text part, Error&) { return on_part(part); }
    bool on_int64(std::int64_t, Text part, Error&) { return on_scalar(Kind::number, take(part)); }
    bool on_uint64(std::uint64_t, Text part, Error&) { return on_scalar(Kind::number, take(part)); }
    bool on_double(double, Text part, Error&) { return on_scalar(Kind::number, take(part)); }
    bool on_bool(bool value, Error&) { return on_scalar(Kind::boolean, value ? "true" : "false"); }
    bool on_null(Error&) { return on_scalar(Kind::null, {}); }
    bool on_comment_part(Text, Error&) { return true; }
    bool on_comment(Text, Error&) { return true; }

  private:
    /// Which member of the reply the parser is in.
    enum class Member : std::uint8_t {
        other,
        status_code,
        headers,
        multi_value_headers,
        body,
        is_base64,
        base64,
        cookies
    };

    bool wanted() const { return depth_ <= 3; }

    bool on_part(Text part) {
        if (wanted()) pending_.append(part.data(), part.size());
        return true;
    }

    /// The whole text of what just ended: a view of the payload where it stands there as it is.
    std::string_view take(Text last) {
        if (!wanted()) return {};
        const std::less_equal<const char*> not_behind;
        const bool inside = not_behind(payload_.data(), last.data()) &&
                            not_behind(last.data() + last.size(), payload_.data() + payload_.size());
        if (pending_.empty() && inside) return {last.data(), last.size()};
        pending_.append(last.data(), last.size());
        reply_.unescaped.push_back(std::move(pending_));
        pending_.clear();
        return reply_.unescaped.back();
    }

    bool on_name(std::string_view name);
    bool on_scalar(Kind kind, std::string_view text) {
        on_value({kind, text});
        return true;
    }
    bool enter(Kind kind) {
        on_value({kind, {}});
        ++depth_;
        return true;
    }
    bool leave() {
        --depth_;
        return true;
    }
    void on_value(JsonValue value);
    void on_member(JsonValue value);
    std::string_view compound_behind_name() const;

    ProxyReply& reply_;
    std::string_view payload_;
    std::string pending_;
    std::size_t depth_ = 0;
    Member member_ = Member::other;
    std::string_view name_;
};

bool Collector::on_name(std::string_view name) {
    if (depth_ == 1) {
        name_ = name;
        member_ = name == "statusCode"          ? Member::status_code
                  : name == "headers"           ? Member::headers
                  : name == "multiValueHeaders" ? Member::multi_value_headers
                  : name == "body"              ? Member::body
                  : name == "isBase64Encoded"   ? Member::is_base64
                  : name == "base64Encoded"     ? Member::base64
                  : name == "cookies"           ? Member::cookies
                                                : Member::other;
        if (member_ == Member::other || member_ == Member::base64) reply_.other_keys.push_back(name);
    } else if (depth_ == 2) {
        name_ = name;
    }
    return true;
}

/// A value directly in the reply.
void Collector::on_member(JsonValue value) {
    switch (member_) {
        case Member::status_code:
            reply_.status_code = value;
            break;
        case Member::headers:
            reply_.headers = value;
            reply_.header_list.clear();
            break;
        case Member::multi_value_headers:
            reply_.multi_value_headers = value;
            reply_.multi_value_list.clear();
            break;
        case Member::body:
            reply_.body = value;
            if (value.kind == Kind::object || value.kind == Kind::array) reply_.body.text = compound_behind_name();
            break;
        case Member::is_base64:
            reply_.is_base64_encoded = value;
            break;
        case Member::base64:
            reply_.base64_encoded = value;
            break;
        case Member::cookies:
            reply_.cookies = value;
            reply_.cookie_list.clear();
            break;
        case Member::other:
            break;
    }
}

void Collector::on_value(JsonValue value) {
    if (depth_ == 0) {
        reply_.whole = value;
    } else if (reply_.whole.kind != Kind::object) {
        return;
    } else if (depth_ == 1) {
        on_member(value);
    } else if (depth_ == 2 && member_ == Member::headers && reply_.headers.kind == Kind::object) {
        reply_.header_list.push_back({name_, value, {}});
    } else if (depth_ == 2 && member_ == Member::multi_value_headers &&
               reply_.multi_value_headers.kind == Kind::object) {
        reply_.multi_value_list.push_back({name_, value, {}});
    } else if (depth_ == 3 && member_ == Member::multi_value_headers && !reply_.multi_value_list.empty()) {
        reply_.multi_value_list.back().values.push_back(value);
    } else if (depth_ == 2 && member_ == Member::cookies) {
        reply_.cookie_list.push_back(value);
    }
}

/// The rest of the payload from the bracket that the parser is at; `parse_proxy_reply` cuts it where the bracket
/// closes.
std::string_view Collector::compound_behind_name() const {
    const std::less<const char*> before;
    const bool inside =
        !before(name_.data(), payload_.data()) && before(name_.data(), payload_.data() + payload_.size());
    if (!inside) return {};
    const auto name_end = static_cast<std::size_t>(name_.data() - payload_.data()) + name_.size();
    return payload_.substr(payload_.find_first_of("{[", name_end));
}

/// The first bracketed value of a text that is known to be well formed.
std::string_view cut_compound(std::string_view text) {
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\') {
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '{' || c == '[')) {
            ++depth;
        } else if (!quoted && (c == '}' || c == ']') && --depth == 0) {
            return text.substr(0, i + 1);
        }
    }
    return text;
}

/// Reads `payload` into an empty reply; the views point into it.
void read_reply(std::string_view payload, ProxyReply& reply) {
    boost::json::parse_options options;
    options.max_depth = kMaxReplyDepth;
    options.allow_invalid_utf8 = true;
    boost::json::basic_parser<Collector> parser(options, reply, payload);
    boost::json::error_code error;
    const std::size_t read = parser.write_some(false, payload.data(), payload.size(), error);
    reply.is_json = !error && read == payload.size();
    if (!reply.is_json) {
        reply.bad_offset = read;
        reply.problem = error ? error.message() : "more than one JSON value";
    } else if (!reply.body.text.empty() && reply.body.kind > Kind::string) {
        reply.body.text = cut_compound(reply.body.text);
    }
}

/// Reads a text that Boost.JSON refuses for its lone surrogates only; nothing where it is no JSON all the same.
std::optional<ProxyReply> read_with_lone_surrogates(std::string_view payload) {
    ProxyReply reply;
    std::string repaired = http::replace_lone_surrogates(payload);
    if (repaired == payload) return std::nullopt;
    reply.repaired = std::make_unique<const std::string>(std::move(repaired));
    read_reply(*reply.repaired, reply);
    if (!reply.is_json) return std::nullopt;
    if (reply.body.kind > Kind::string && !reply.body.text.empty()) {
        // Sent as it was written.
        const auto offset = static_cast<std::size_t>(reply.body.text.data() - reply.repaired->data());
        reply.body.text = payload.substr(offset, reply.body.text.size());
    }
    return reply;
}

}  // namespace

ProxyReply parse_proxy_reply(std::string_view payload) {
    ProxyReply reply;
    read_reply(payload, reply);
    if (reply.is_json) return reply;
    auto lenient = read_with_lone_surrogates(payload);
    return lenient ? std::move(*lenient) : std::move(reply);
}

}  // namespace understudy::event
