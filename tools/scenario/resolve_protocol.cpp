#include "emulator/source/suggestion.hpp"
#include "emulator/source/word_list.hpp"
#include "proto/wire/call_writing.hpp"
#include "tools/scenario/resolve.hpp"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <utility>

namespace understudy::scenario {

namespace {

std::optional<source::Node> find_in_step(source::Node step, std::string_view name) {
    return find_written(step, *v1::Step::descriptor(), name);
}

}  // namespace

void Resolver::resolve_protocol(const v1::Step& step, source::Node node, Step& resolved) {
    if (const auto place = find_in_step(node, "protocol")) {
        const auto dialect = wire::parse_dialect_name(step.protocol());
        if (dialect) {
            resolved.protocol = dialect->protocol;
            resolved.codec = dialect->codec;
        } else {
            std::vector<std::string_view> names;
            for (const auto known : wire::kDialects) names.push_back(wire::to_name(known));
            problems_.push_back(place->problem(source::ProblemCode::invalid, "'" + step.protocol() + "' is no protocol")
                                    .with_hint(source::render_suggestion(step.protocol(), names))
                                    .with_note("protocols are " + source::render_list(names, "and")));
        }
    }
    check_connect_get(node, resolved);
    if (const auto place = find_in_step(node, "compression")) {
        const auto compression = wire::parse_compression(step.compression());
        if (!compression) add(*place, "'" + step.compression() + "' is no compression", "gzip and identity are");
        resolved.compression = compression.value_or(wire::Compression::identity);
    }
    if (!wire::has_timeout(resolved.protocol)) return;
    // The reply is waited for as without it: what counts is told by the reply, or by the clock when it is there.
    resolved.deadline = std::exchange(resolved.patience, std::nullopt);
}

// Rule: GET is for methods without side effects only; servers refuse it for others (spec of Connect,
// "Unary-Get-Request").
void Resolver::check_connect_get(source::Node node, const Step& resolved) {
    using google::protobuf::MethodOptions;
    if (resolved.protocol != wire::Protocol::connect_get || !resolved.method) return;
    if (resolved.method->options().idempotency_level() == MethodOptions::NO_SIDE_EFFECTS) return;
    add(find_in_step(node, "protocol").value_or(node),
        "'" + resolved.subject + "' may have side effects, and Connect sends a GET only for methods that have none",
        "say so in the .proto: option idempotency_level = NO_SIDE_EFFECTS; a step with 'http' sends any GET");
}

void Resolver::refuse_protocol(source::Node node) {
    for (const auto* name : {"protocol", "compression"}) {
        if (const auto place = find_in_step(node, name))
            add(*place, "'" + std::string(name) + "' belongs to steps with a method", "");
    }
}

std::string Resolver::resolve_content_type(const v1::Step& step, source::Node node, Step& resolved) {
    const auto own = std::string(wire::to_content_type({resolved.protocol, resolved.codec}));
    if (step.content_type().empty()) return own;
    if (resolved.protocol == wire::Protocol::plain) {
        if (const auto type = wire::parse_content_type(step.content_type())) resolved.codec = type->codec;
        return step.content_type();
    }
    add(find_in_step(node, "content_type").value_or(node),
        "'" + step.protocol() + "' has a content type of its own, " + own,
        "content_type goes with the protocol plain; a line in 'headers' replaces it all the same");
    return own;
}

// The type's name as the file spells it: it need not be one of the protocol's.
http::Request Resolver::to_request(std::string content_type, HeaderLines headers, std::string message, Step& resolved) {
    const bool packs = resolved.protocol == wire::Protocol::connect_get ||
                       resolved.protocol == wire::Protocol::grpc_web_text ||
                       resolved.compression == wire::Compression::gzip;
    if (packs) resolved.packed = message;
    auto call = wire::to_http_request({.dialect = {resolved.protocol, resolved.codec},
                                       .content_type = std::move(content_type),
                                       .method = resolved.subject,
                                       .metadata = std::move(headers),
                                       .timeout = resolved.deadline,
                                       .compression = resolved.compression,
                                       .accepts = resolved.compression,
                                       .message = std::move(message)});
    http::Request request;
    request.method = std::move(call.method);
    request.target = std::move(call.target);
    for (const auto& [name, value] : call.headers) request.headers.add(name, value);
    request.body = std::move(call.body);
    return request;
}

}  // namespace understudy::scenario
