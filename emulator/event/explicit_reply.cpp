#include "emulator/event/explicit_reply.hpp"

#include "emulator/event/reply_fields.hpp"
#include "emulator/event/text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <variant>

namespace understudy::event {
namespace {

using Kind = JsonValue::Kind;
using Maps = ReplyRules::Maps;

constexpr std::array<std::string_view, 5> kDropped = {"Connection", "Content-Length", "Date", "Upgrade",
                                                      "Transfer-Encoding"};

/// What is wrong with a reply, and the key at fault.
struct Fault {
    std::string_view key;
    std::string text;
};

Fault wrong_kind(std::string_view key, Kind kind) {
    return {key, "The reply's " + std::string(key) + " are " + std::string(to_words(kind)) + "."};
}

std::optional<Fault> find_fault(const ProxyReply& parsed, const ReplyRules& rules) {
    if (!parsed.headers.is_absent() && parsed.headers.kind != Kind::object) {
        return wrong_kind("headers", parsed.headers.kind);
    }
    if (rules.maps != Maps::single && !parsed.multi_value_headers.is_absent() &&
        parsed.multi_value_headers.kind != Kind::object) {
        return wrong_kind("multiValueHeaders", parsed.multi_value_headers.kind);
    }
    if (rules.cookies == ReplyRules::Cookies::first && !parsed.cookies.is_absent() &&
        parsed.cookies.kind != Kind::array) {
        return wrong_kind("cookies", parsed.cookies.kind);
    }
    if (!parse_flag(parsed.is_base64_encoded)) {
        return Fault{"isBase64Encoded", "The reply's isBase64Encoded is neither true nor false."};
    }
    return std::nullopt;
}

/// Adds the function's headers as the rules have them. Errors: what is wrong.
class HeaderWriter {
  public:
    HeaderWriter(http::Headers& headers, const ReplyRules& rules) : headers_(headers), rules_(rules) {}

    std::optional<Fault> run(const ProxyReply& parsed) {
        if (rules_.cookies == ReplyRules::Cookies::first) {
            for (const JsonValue& cookie : parsed.cookie_list) add("headers", "Set-Cookie", cookie);
        }
        if (rules_.maps != Maps::multi) {
            for (const ReplyHeader& header : parsed.header_list) add("headers", header.name, header.value);
        }
        if (rules_.maps != Maps::single) {
            for (const ReplyHeader& header : parsed.multi_value_list) add_all(header);
        }
        return std::move(fault_);
    }

  private:
    void add(std::string_view key, std::string_view name, const JsonValue& value) {
        const auto is_name = [name](auto dropped) { return http::same_name(dropped, name); };
        if (fault_ || std::ranges::any_of(rules_.dropped, is_name)) return;
        const std::string spelled =
            rules_.names == ReplyRules::Names::canonical ? canonical_name(name) : std::string(name);
        if (auto problem = add_reply_header(headers_, spelled, value)) fault_ = Fault{key, std::move(*problem)};
    }
    void add_all(const ReplyHeader& header) {
        if (header.value.is_absent()) return;
        if (header.value.kind != Kind::array) {
            fault_ = Fault{"multiValueHeaders",
                           "The multiValueHeaders value of \"" + std::string(header.name) + "\" is no list."};
        }
        for (const JsonValue& value : header.values) add("multiValueHeaders", header.name, value);
    }

    http::Headers& headers_;
    const ReplyRules& rules_;
    std::optional<Fault> fault_;
};

/// What an answer has of its own.
enum class Body : std::uint8_t { allowed, none };  ///< By its status.
enum class Type : std::uint8_t { given, by_default };

/// What is odd about a reply that leaves as it says.
void find_oddities(std::vector<Finding>& findings, const ProxyReply& parsed, const ReplyRules& rules, Body body,
                   Type type) {
    const bool has_body = body == Body::allowed;
    const bool is_base64 = parse_flag(parsed.is_base64_encoded).value_or(false);
    if (is_base64 && has_body && type == Type::by_default && !rules.default_type.empty()) {
        findings.push_back({kHttpDefaultType, "",
                            "The reply is binary and has no Content-Type, so it left as " +
                                std::string(rules.default_type) + ". Add the type that your clients expect."});
    }
    const auto& other = rules.maps == Maps::multi ? parsed.header_list : parsed.multi_value_list;
    if (rules.maps != Maps::single_then_multi && !rules.other_map.empty() && !other.empty()) {
        const std::string key = rules.maps == Maps::multi ? "headers" : "multiValueHeaders";
        findings.push_back({kHttpIgnoredKey, key, std::string(rules.other_map)});
    }
    if (has_body && (parsed.body.kind == Kind::object || parsed.body.kind == Kind::array)) {
        findings.push_back(
            {kHttpBodyNotText, "",
             "The reply's body is JSON and not a string. Its text was sent; what AWS does is not known. Put the JSON "
             "text itself into body."});
    }
}

/// The status, or what is wrong with it.
std::optional<int> find_status(const ProxyReply& parsed, const ReplyRules& rules) {
    const bool by_default = rules.status == ReplyRules::Status::ok_by_default;
    return parsed.status_code.is_absent() && by_default ? 200 : parse_status(parsed.status_code);
}

Reply refuse_status(const ProxyReply& parsed) {
    return refuse_reply("statusCode",
                        parsed.status_code.is_absent()
                            ? "The reply has no statusCode, which must be there."
                            : "The reply's statusCode is no HTTP status: " + std::string(parsed.status_code.text));
}

}  // namespace

const std::span<const std::string_view> kHttpDropped = kDropped;

Reply render_explicit(const ProxyReply& parsed, const ReplyRules& rules) {
    const auto status = find_status(parsed, rules);
    if (!status) return refuse_status(parsed);
    if (auto fault = find_fault(parsed, rules)) return refuse_reply(fault->key, std::move(fault->text));
    http::Response response{*status, {}, {}};
    if (auto fault = HeaderWriter(response.headers, rules).run(parsed)) {
        return refuse_reply(fault->key, std::move(fault->text));
    }
    Reply reply;
    const bool is_base64 = parse_flag(parsed.is_base64_encoded).value_or(false);
    const auto type = response.headers.contains("Content-Type") ? Type::given : Type::by_default;
    if (type == Type::by_default && !rules.default_type.empty())
        response.headers.add("Content-Type", rules.default_type);
    complete(reply, std::move(response), parsed.body, is_base64 ? Decoding::base64 : Decoding::as_text);
    if (std::holds_alternative<http::Response>(reply.result)) {
        find_oddities(reply.findings, parsed, rules, allows_body(*status) ? Body::allowed : Body::none, type);
    }
    return reply;
}

Reply render_object(const ProxyReply& parsed, const ReplyRules& rules, std::string_view front) {
    const std::string wants = "; " + std::string(front) + " wants an object.";
    if (!parsed.is_json) {
        return refuse_reply("", "The reply is no JSON (" + parsed.problem + " at byte " +
                                    std::to_string(parsed.bad_offset) + ")" + wants);
    }
    if (parsed.whole.kind != Kind::object) {
        return refuse_reply("", "The reply is " + std::string(to_words(parsed.whole.kind)) + wants);
    }
    return render_explicit(parsed, rules);
}

}  // namespace understudy::event
