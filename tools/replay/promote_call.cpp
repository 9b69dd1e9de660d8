#include "tools/replay/promote_call.hpp"

#include "emulator/http/percent.hpp"
#include "proto/wire/call_reading.hpp"
#include "proto/wire/call_writing.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/message.hpp"
#include "proto/wire/method_path.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/match/json_value.hpp"
#include "tools/match/message_json.hpp"
#include "tools/match/message_value.hpp"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::replay {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::MethodDescriptor;
using match::Value;
using wire::Dialect;
using wire::Protocol;

wire::Metadata to_metadata(const http::Headers& headers) {
    wire::Metadata lines;
    for (const auto line : headers) lines.emplace_back(line.name, line.value);
    return lines;
}

/// The query's parameters, decoded.
wire::Metadata read_query(std::string_view target) {
    wire::Metadata query;
    const auto mark = target.find('?');
    if (mark == std::string_view::npos) return query;
    for (std::size_t at = mark + 1; at < target.size();) {
        const auto end = std::min(target.find('&', at), target.size());
        const auto pair = target.substr(at, end - at);
        const auto equals = std::min(pair.find('='), pair.size());
        query.emplace_back(http::decode_percent(pair.substr(0, equals), http::Plus::space),
                           http::decode_percent(pair.substr(std::min(equals + 1, pair.size())), http::Plus::space));
        at = end + 1;
    }
    return query;
}

/// A method of the schema that a path ends in, and what stands before its name.
struct Called {
    const MethodDescriptor* method = nullptr;
    std::string name;
    std::string_view prefix;
};

std::optional<Called> find_called(const RecordedCall& recorded, const PromoteRules& rules) {
    if (!rules.descriptors) return std::nullopt;
    const auto whole = std::string_view(recorded.target).substr(0, recorded.target.find('?'));
    const auto path = wire::parse_method_path(whole);
    if (!path) return std::nullopt;
    Called called{
        .method = nullptr, .name = std::string(path->service) + '/' + std::string(path->method), .prefix = {}};
    called.method = rules.descriptors->find_method(called.name);
    called.prefix = whole.substr(0, whole.size() - called.name.size() - 1);
    return called.method == nullptr ? std::nullopt : std::optional(std::move(called));
}

/// The dialect of a request; those of bare messages are told apart by a header line. nullopt for no message's type.
std::optional<Dialect> find_dialect(const RecordedCall& recorded, std::string_view prefix) {
    const auto type = recorded.headers.first("content-type").value_or("");
    if (recorded.method == "GET") return Dialect{Protocol::connect_get, wire::Codec::proto};
    if (prefix == wire::kTwirpPrefix) {
        const auto bare = wire::parse_content_type(type);
        return bare ? std::optional(Dialect{Protocol::twirp, bare->codec}) : std::nullopt;
    }
    const auto dialect = wire::parse_dialect(type);
    if (!dialect || wire::has_envelopes(dialect->protocol)) return dialect;
    const bool connect = recorded.headers.contains("connect-protocol-version");
    return Dialect{connect ? Protocol::connect : Protocol::plain, dialect->codec};
}

/// Whether the schema knows all of a message: its fields, those of what is packed in it, and what types these are of.
bool is_known(const Value& value, const google::protobuf::DescriptorPool& pool) {
    if (!value.type.empty() && pool.FindMessageTypeByName(value.type) == nullptr) return false;
    return std::ranges::all_of(value.items, [&](const Value& item) { return is_known(item, pool); }) &&
           std::ranges::all_of(value.members, [&](const match::Member& member) {
               return member.naming != match::Naming::unknown && is_known(member.value, pool);
           });
}

/// A message as JSON; nullopt where the bytes are none, hold what the schema does not know, or have no JSON form.
std::optional<Value> to_message(std::string_view body, wire::Codec codec, const Descriptor& type,
                                const scenario::Descriptors& descriptors) {
    const google::protobuf::LogSilencer quiet;
    const auto message = descriptors.make_message(type);
    if (codec == wire::Codec::json && !body.empty()) {
        const auto read = match::read_message_json(body, *message);
        if (!read || !read->whole || !read->named) return std::nullopt;
    } else if (!wire::decode(body, codec, *message).ok()) {
        return std::nullopt;
    }
    if (!is_known(match::to_value(*message), *type.file()->pool())) return std::nullopt;
    auto json = match::parse_json(convert::to_json_text(*message, convert::Defaults::hidden));
    if (!json) return std::nullopt;
    return std::move(*json);
}

/// Takes the lines that the step sends by itself off those that were recorded.
void compare_lines(const http::Headers& recorded, const wire::Metadata& own, MethodCall& call) {
    for (const auto& [name, value] : own) {
        if (!recorded.contains(name)) call.added.push_back(name);
    }
    for (const auto line : recorded) {
        const bool is_sent = std::ranges::any_of(
            own, [&](const auto& sent) { return http::same_name(sent.first, line.name) && sent.second == line.value; });
        if (!is_sent) call.headers.add(line.name, line.value);
    }
}

/// Lines that only say what a client can read may be more than they were.
bool is_harmless(const std::string& name) {
    return http::same_name(name, "accept") || http::same_name(name, "x-grpc-web");
}

Obstacle read_request(const RecordedCall& recorded, const Called& called, Dialect dialect, const PromoteRules& rules,
                      MethodCall& call) {
    call.call.dialect = dialect;
    if (dialect.protocol == Protocol::connect_get &&
        called.method->options().idempotency_level() != google::protobuf::MethodOptions::NO_SIDE_EFFECTS)
        return "its method may have side effects, and is called by GET";
    const auto lines = to_metadata(recorded.headers);
    const auto status = wire::read_call(wire::RequestView(lines, recorded.body), read_query(recorded.target),
                                        wire::kMostMessageBytes, call.call);
    if (!status.ok()) return "it cannot be read: " + std::string(status.message());
    auto message = to_message(call.call.message, dialect.codec, *called.method->input_type(), *rules.descriptors);
    if (!message) return "what it carries is no " + called.method->input_type()->full_name() + " of the schema alone";
    call.request = *std::move(message);
    call.call.method = called.name;
    call.call.metadata.clear();
    call.call.accepts = call.call.compression;
    const bool plain = dialect.protocol == Protocol::plain;
    call.call.content_type = plain ? recorded.headers.first("content-type").value_or("") : std::string_view();
    const auto sent = wire::to_http_request(call.call);
    const auto path_of = [](std::string_view target) { return target.substr(0, target.find('?')); };
    const bool has_query = dialect.protocol == Protocol::connect_get;
    if (sent.method != recorded.method || path_of(sent.target) != path_of(recorded.target) ||
        (!has_query && recorded.target.find('?') != std::string::npos))
        return "its path is another one than the method's";
    compare_lines(recorded.headers, sent.headers, call);
    const auto extra = std::ranges::find_if_not(call.added, is_harmless);
    return extra == call.added.end() ? Obstacle() : "it had no header " + *extra;
}

Obstacle read_response(const RecordedCall& recorded, const Called& called, const PromoteRules& rules,
                       MethodCall& call) {
    const auto headers = to_metadata(recorded.response.headers), trailers = to_metadata(recorded.response.trailers);
    auto read = wire::read_answer(
        call.call.dialect, call.call.accepts,
        {.status = recorded.status, .headers = headers, .body = recorded.response.body, .trailers = trailers});
    if (!read.unreadable.empty()) return "its reply is none of the protocol: " + read.unreadable;
    call.answer = std::move(read.answer);
    if (!call.answer.status.ok()) return {};
    const auto codec = call.call.dialect.codec;
    // An empty reply is a message in protobuf's own form only.
    if (codec != wire::Codec::json || !call.answer.message.empty())
        call.response = to_message(call.answer.message, codec, *called.method->output_type(), *rules.descriptors);
    return call.response ? Obstacle()
                         : "its reply is no " + called.method->output_type()->full_name() + " of the schema";
}

}  // namespace

std::variant<MethodCall, Obstacle> to_method_call(const RecordedCall& recorded, const PromoteRules& rules) {
    const auto called = find_called(recorded, rules);
    if (!called) return Obstacle();
    if (called->method->client_streaming() || called->method->server_streaming()) return "the method streams";
    const auto dialect = find_dialect(recorded, called->prefix);
    if (!dialect) return "its content type is none of a message";
    MethodCall call;
    if (auto obstacle = read_request(recorded, *called, *dialect, rules, call); !obstacle.empty()) return obstacle;
    if (auto obstacle = read_response(recorded, *called, rules, call); !obstacle.empty()) return obstacle;
    return call;
}

}  // namespace understudy::replay
