#include "tools/redact/error_details.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/record/redaction.hpp"
#include "tools/redact/wire_redaction.hpp"

namespace understudy::redact {

std::vector<ErrorDetail> find_error_details(std::string_view json) {
    using Kind = record::JsonToken::Kind;
    constexpr int kInDetail = 3;  // The error, its list, the detail.
    std::vector<ErrorDetail> details;
    record::JsonScanner scanner(json);
    bool is_listed = false;
    std::string name;
    ErrorDetail detail;
    int depth = 0;
    for (auto token = scanner.next(); token.kind != Kind::end; token = scanner.next()) {
        const bool is_text = token.kind == Kind::name || token.kind == Kind::string;
        const auto text = is_text ? record::unescape(json.substr(token.begin + 1, token.end - token.begin - 2)) : "";
        if (token.kind == Kind::name) name = text;
        if (token.kind == Kind::name && depth == 1) is_listed = name == "details";
        if (token.kind == Kind::open_object || token.kind == Kind::open_array) {
            if (++depth == kInDetail) detail = {};
        }
        if (token.kind == Kind::string && depth == kInDetail && name == "type") detail.type = text;
        if (token.kind == Kind::string && depth == kInDetail && name == "value") {
            detail.begin = token.begin + 1;
            detail.end = token.end - 1;
        }
        if (token.kind != Kind::close) continue;
        if (depth-- == kInDetail && is_listed && !detail.type.empty() && detail.begin < detail.end)
            details.push_back(detail);
    }
    return details;
}

std::vector<ErrorDetail> find_stream_error_details(std::string_view json) {
    using Kind = record::JsonToken::Kind;
    record::JsonScanner scanner(json);
    bool is_error = false;
    std::size_t begin = json.size();
    int depth = 0;
    for (auto token = scanner.next(); token.kind != Kind::end; token = scanner.next()) {
        if (token.kind == Kind::name && depth == 1)
            is_error = record::unescape(json.substr(token.begin + 1, token.end - token.begin - 2)) == "error";
        if (token.kind == Kind::open_object || token.kind == Kind::open_array) {
            if (depth++ == 1 && is_error) begin = token.begin;
        }
        if (token.kind == Kind::close && --depth == 1 && is_error) {
            auto details = find_error_details(json.substr(begin, token.end - begin));
            for (auto& detail : details) {
                detail.begin += begin;
                detail.end += begin;
            }
            return details;
        }
    }
    return {};
}

std::string redact_error_detail(const ErrorDetail& detail, std::string_view base64,
                                const google::protobuf::DescriptorPool& pool,
                                const std::set<const google::protobuf::FieldDescriptor*>& fields,
                                std::set<std::string>& taken) {
    const auto* type = pool.FindMessageTypeByName(detail.type.substr(detail.type.rfind('/') + 1));
    if (type == nullptr) return std::string(base64);
    std::string padded(base64);  // Connect writes it without.
    padded.append((4 - padded.size() % 4) % 4, '=');
    const auto bytes = http::parse_base64(padded);
    const std::size_t before = taken.size();
    const auto redacted = bytes ? redact_message(*bytes, *type, fields, taken) : std::nullopt;
    if (redacted && taken.size() == before && *redacted == *bytes) return std::string(base64);
    if (!redacted) taken.insert("(details)");
    auto written = http::to_base64(redacted ? *redacted : record::kRedacted);
    if (!base64.ends_with('=')) written.resize(written.find_last_not_of('=') + 1);
    return written;
}

}  // namespace understudy::redact
