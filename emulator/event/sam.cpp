#include "emulator/event/sam.hpp"

#include "emulator/event/media_type.hpp"

#include <algorithm>

namespace understudy::event {
namespace {

bool is_listed(std::string_view type, std::span<const std::string> binary_types) {
    return std::ranges::any_of(binary_types, [type](const auto& entry) { return entry == type || entry == "*/*"; });
}

/// `range` is `*/*`, `type/*` or exact.
bool takes(std::string_view range, std::string_view type) {
    if (range == "*/*" || range == type) return true;
    return range.ends_with("/*") && type.starts_with(range.substr(0, range.size() - 1));
}

}  // namespace

BodyForm sam_body_form(const http::Request& request, std::span<const std::string> binary_types) {
    if (request.body.empty()) return BodyForm::none;
    const std::string type = media_type(request.headers.last("Content-Type").value_or(""));
    return is_listed(type, binary_types) ? BodyForm::base64 : BodyForm::text;
}

void add_sam_headers(EventHeaders& headers, const GatewayHeaders& gateway, const Facts& facts) {
    headers.add("X-Forwarded-Port", gateway.forwarded_port);
    headers.add("X-Forwarded-Proto", facts.forwarded_proto);
}

std::string_view reply_content_type(const ProxyReply& reply) {
    for (const ReplyHeader& header : reply.header_list) {
        if (http::same_name(header.name, "Content-Type")) return header.value.text;
    }
    for (const ReplyHeader& header : reply.multi_value_list) {
        if (http::same_name(header.name, "Content-Type") && !header.values.empty()) return header.values.front().text;
    }
    return "application/json";
}

bool sam_decodes(std::string_view accept, std::string_view content_type, std::span<const std::string> binary_types) {
    const std::string type = media_type(content_type);
    if (!is_listed(type, binary_types)) return false;
    while (!accept.empty()) {
        const auto end = std::min(accept.find(','), accept.size());
        if (takes(media_type(accept.substr(0, end)), type)) return true;
        accept.remove_prefix(std::min(end + 1, accept.size()));
    }
    return false;
}

Finding find_sam_decoding(app::Profile profile, std::string_view content_type) {
    const std::string type = media_type(content_type);
    std::string text = profile == app::Profile::sam ? "This reply of type " + type + " was decoded, as by SAM CLI"
                                                    : "SAM CLI would decode this reply of type " + type;
    text +=
        ", which looks at all entries of Accept and at the binary types of all APIs; AWS looks at the first entry "
        "and at this API's own.";
    if (profile == app::Profile::sam) {
        text +=
            " There the client gets base64 text. Put the reply's type in front in Accept, and list it in this "
            "API's BinaryMediaTypes.";
    }
    return {kSamDecodes, type, std::move(text)};
}

}  // namespace understudy::event
