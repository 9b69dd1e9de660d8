#include "emulator/event/rest_reply.hpp"

#include "emulator/event/media_type.hpp"
#include "emulator/event/proxy_reply.hpp"
#include "emulator/event/reply_fields.hpp"
#include "emulator/event/stream_reply.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace understudy::event {
namespace {

using Kind = JsonValue::Kind;

/// Names that the function may not set: they leave under another. The last was only reported, not recorded: unverified.
constexpr std::array<std::string_view, 5> kRemapped = {"Connection", "Content-Length", "Date", "Server",
                                                       "WWW-Authenticate"};

/// The name under which a header leaves; empty where it is dropped.
std::string outgoing_name(std::string_view name) {
    if (http::same_name(name, "Transfer-Encoding")) return {};
    for (const std::string_view remapped : kRemapped) {
        if (http::same_name(name, remapped)) return "x-amzn-Remapped-" + std::string(remapped);
    }
    return std::string(name);
}

std::string quoted(std::string_view key) {
    return '"' + std::string(key) + '"';
}

/// What is wrong with a reply's shape, and the key at fault.
struct Fault {
    std::string_view key;
    std::string text;
};

/// Which keys a reply may have: a stream's prelude may hold cookies, and nothing of a body.
enum class Keys : std::uint8_t { whole_reply, prelude, sam };

std::optional<std::string_view> find_unknown(const ProxyReply& reply, Keys keys) {
    const auto unknown = std::ranges::find_if(
        reply.other_keys, [keys](std::string_view key) { return keys != Keys::sam || key != "base64Encoded"; });
    if (unknown != reply.other_keys.end()) return *unknown;
    if (keys == Keys::whole_reply && reply.cookies.kind != Kind::absent) return "cookies";
    if (keys == Keys::prelude && reply.body.kind != Kind::absent) return "body";
    if (keys == Keys::prelude && reply.is_base64_encoded.kind != Kind::absent) return "isBase64Encoded";
    return std::nullopt;
}

Fault unknown_key(std::string_view key, Keys keys) {
    if (keys == Keys::prelude) {
        return {key, "The stream's prelude holds the key " + quoted(key) +
                         ". A REST API refuses all but statusCode, headers, multiValueHeaders and cookies there; a "
                         "function URL would not mind."};
    }
    return {key, "The reply holds the key " + quoted(key) +
                     ". A REST API refuses all but statusCode, headers, multiValueHeaders, body and isBase64Encoded; "
                     "an HTTP API would not mind."};
}

/// What says whether the body is base64.
const JsonValue& flag_of(const ProxyReply& reply, Keys keys) {
    return keys == Keys::sam && !reply.base64_encoded.is_absent() ? reply.base64_encoded : reply.is_base64_encoded;
}

std::optional<Fault> find_fault(const ProxyReply& reply, Keys keys) {
    if (!reply.is_json) {
        return Fault{"", "The reply is no JSON (" + reply.problem + " at byte " + std::to_string(reply.bad_offset) +
                             "); a REST API wants an object."};
    }
    if (reply.whole.kind != Kind::object) {
        return Fault{"", "The reply is " + std::string(to_words(reply.whole.kind)) + "; a REST API wants an object."};
    }
    if (keys == Keys::prelude && !reply.cookies.is_absent() && reply.cookies.kind != Kind::array) {
        return Fault{"cookies", "The prelude's cookies are " + std::string(to_words(reply.cookies.kind)) + "."};
    }
    if (const auto unknown = find_unknown(reply, keys)) return unknown_key(*unknown, keys);
    if (!reply.status_code.is_absent() && !parse_status(reply.status_code)) {
        return Fault{"statusCode", "The reply's statusCode is no HTTP status: " + std::string(reply.status_code.text)};
    }
    if (!reply.headers.is_absent() && reply.headers.kind != Kind::object) {
        return Fault{"headers", "The reply's headers are " + std::string(to_words(reply.headers.kind)) + "."};
    }
    if (!reply.multi_value_headers.is_absent() && reply.multi_value_headers.kind != Kind::object) {
        return Fault{"multiValueHeaders", "The reply's multiValueHeaders are " +
                                              std::string(to_words(reply.multi_value_headers.kind)) + "."};
    }
    if (reply.body.kind == Kind::object || reply.body.kind == Kind::array) {
        return Fault{"body", "The reply's body is " + std::string(to_words(reply.body.kind)) +
                                 "; a REST API wants a string: the JSON text itself."};
    }
    if (!parse_flag(flag_of(reply, keys))) {
        return Fault{"isBase64Encoded", "The reply's isBase64Encoded is neither true nor false."};
    }
    return std::nullopt;
}

/// Whether `headers` already says this, in which case it is not said twice.
bool says(const http::Headers& headers, std::string_view name, std::string_view value) {
    return std::ranges::any_of(
        headers, [&](const auto& line) { return http::same_name(line.name, name) && line.value == value; });
}

/// What becomes of the function's Content-Length: only a stream's, which the gateway does not know beforehand, counts.
enum class Length : std::uint8_t { remapped, taken };

/// Collects a reply's header lines: each name of multiValueHeaders with its single value behind, then the rest.
class HeaderMerge {
  public:
    HeaderMerge(const ProxyReply& reply, Length length) : reply_(reply), length_(length) {}

    std::optional<Fault> run() {
        for (const ReplyHeader& multi : reply_.multi_value_list) {
            if (multi.value.kind == Kind::null) continue;
            if (multi.value.kind != Kind::array) {
                return Fault{"multiValueHeaders",
                             "The multiValueHeaders value of " + quoted(multi.name) + " is no list."};
            }
            for (const JsonValue& value : multi.values) add(multi.name, value);
            for (const ReplyHeader& single : reply_.header_list) {
                if (http::same_name(single.name, multi.name)) add_once(multi.name, single.value);
            }
        }
        for (const ReplyHeader& single : reply_.header_list) {
            if (!is_multi(single.name)) add(single.name, single.value);
        }
        if (!chunked_ && !ambiguous_ && stated_ && is_length(*stated_)) headers_.add("Content-Length", *stated_);
        return problem_ ? std::optional(Fault{"headers", *problem_}) : std::nullopt;
    }

    http::Headers take() { return std::move(headers_); }

  private:
    void add(std::string_view name, const JsonValue& value) {
        if (problem_) return;
        const bool counts = length_ == Length::taken && value.is_scalar() && !value.is_absent();
        if (counts && http::same_name(name, "Content-Length")) return take_length(value.text);
        if (http::same_name(name, "Transfer-Encoding")) chunked_ = true;
        const std::string outgoing = outgoing_name(name);
        if (!outgoing.empty() || name.empty()) problem_ = add_reply_header(headers_, outgoing, value);
    }
    void add_once(std::string_view name, const JsonValue& value) {
        if (!says(headers_, outgoing_name(name), value.text)) add(name, value);
    }
    /// One that is said twice, with different values, is none.
    void take_length(std::string_view value) {
        ambiguous_ = ambiguous_ || (stated_ && *stated_ != value);
        stated_ = value;
    }
    static bool is_length(std::string_view text) {
        constexpr std::size_t kMostDigits = 18;
        const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
        return !text.empty() && text.size() <= kMostDigits && std::ranges::all_of(text, is_digit);
    }
    bool is_multi(std::string_view name) const {
        return std::ranges::any_of(reply_.multi_value_list, [name](const auto& multi) {
            return multi.value.kind == Kind::array && http::same_name(multi.name, name);
        });
    }

    const ProxyReply& reply_;
    Length length_;
    std::optional<std::string_view> stated_;  ///< The length that is taken.
    bool ambiguous_ = false;
    bool chunked_ = false;
    http::Headers headers_;
    std::optional<std::string> problem_;
};

/// A prelude that is wrong.
Reply refuse_prelude(Fault fault) {
    Reply reply = refuse_reply(fault.key, std::move(fault.text));
    reply.result = ReplyFailure::no_stream;
    return reply;
}

Reply render_prelude(std::string_view prelude, Length length) {
    const ProxyReply parsed = parse_proxy_reply(prelude);
    if (auto fault = find_fault(parsed, Keys::prelude)) return refuse_prelude(std::move(*fault));
    HeaderMerge merge(parsed, length);
    if (auto fault = merge.run()) return refuse_prelude(std::move(*fault));
    http::Response response{parse_status(parsed.status_code).value_or(200), merge.take(), {}};
    for (const JsonValue& cookie : parsed.cookie_list) {
        if (auto problem = add_reply_header(response.headers, "Set-Cookie", cookie)) {
            return refuse_prelude({"cookies", std::move(*problem)});
        }
    }
    if (!response.headers.contains("Content-Type")) response.headers.add("Content-Type", "application/json");
    Reply reply;
    reply.result = std::move(response);
    return reply;
}

Finding base64_sent(const RestAccept& accept) {
    std::string text = "The reply says isBase64Encoded, and left as base64 text: ";
    text += accept.first.empty() ? "the request has no Accept header, and only */* in binaryMediaTypes matches that"
                                 : "the first entry of Accept, " + accept.first + ", does not match binaryMediaTypes";
    text += ". Cure: send Accept with the reply's type in front, and list that type ";
    text.append(render_where(accept.setting)).append(".");
    return {kRestBase64Sent, accept.first, std::move(text)};
}

/// What says isBase64Encoded and is none gets through, until a client's Accept matches.
Finding text_sent(std::string_view body, const RestAccept& accept) {
    auto bad = find_bad_base64(body);
    if (!bad) return base64_sent(accept);
    bad->text += " It left as it is, because Accept does not match binaryMediaTypes; where it does, AWS answers 500.";
    return *std::move(bad);
}

}  // namespace

RestAccept to_rest_accept(const http::Headers& headers, const BinaryMediaTypes& binary) {
    RestAccept accept{first_accepted(headers.first("Accept")), false, binary.setting()};
    accept.is_binary = binary.matches(accept.first);
    return accept;
}

Reply render_rest_reply(std::string_view payload, const RestAccept& accept) {
    const ProxyReply parsed = parse_proxy_reply(payload);
    const Keys keys = accept.keys == RestKeys::sam ? Keys::sam : Keys::whole_reply;
    if (auto fault = find_fault(parsed, keys)) return refuse_reply(fault->key, std::move(fault->text));
    HeaderMerge merge(parsed, Length::remapped);
    if (auto fault = merge.run()) return refuse_reply(fault->key, std::move(fault->text));

    Reply reply;
    http::Response response{parse_status(parsed.status_code).value_or(200), merge.take(), {}};
    if (!response.headers.contains("Content-Type")) response.headers.add("Content-Type", "application/json");
    const bool is_base64 = parse_flag(flag_of(parsed, keys)).value_or(false);
    const Decoding decoding = is_base64 && accept.is_binary ? Decoding::base64 : Decoding::as_text;
    const bool leaves = !accept.is_head && allows_body(response.status) && !parsed.body.text.empty();
    if (is_base64 && !accept.is_binary && leaves) reply.findings.push_back(text_sent(parsed.body.text, accept));
    complete(reply, std::move(response), parsed.body, decoding);
    return reply;
}

Reply render_rest_stream_head(std::string_view prelude) {
    return render_prelude(prelude, Length::taken);
}

Reply render_rest_unread_stream(std::string_view prelude, std::size_t size, std::string_view setting) {
    Reply reply = render_prelude(prelude, Length::remapped);
    if (std::holds_alternative<ReplyFailure>(reply.result)) {
        reply.result = ReplyFailure::malformed;
        return reply;
    }
    reply.findings.push_back({kRestStreamUnread, "",
                              "The reply is a stream (JSON, eight NUL bytes, then its body), and the route does not "
                              "stream: status and headers left, the " +
                                  std::to_string(size - prelude.size() - kPreludeEnd.size()) +
                                  " bytes of its body did not. Cure: " + std::string(setting) + "."});
    return reply;
}

}  // namespace understudy::event
