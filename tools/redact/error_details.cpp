#include "tools/redact/error_details.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/record/redaction.hpp"
#include "proto/wire/base64.hpp"
#include "proto/wire/metadata.hpp"
#include "tools/redact/wire_redaction.hpp"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.pb.h>

namespace understudy::redact {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;

using Fields = std::set<const FieldDescriptor*>;

/// The base64 without what must not be written, with padding where it has some; what cannot be read goes in whole.
std::string redact_base64(std::string_view base64, const std::optional<std::string>& bytes, const Descriptor& type,
                          const Fields& fields, std::set<std::string>& taken) {
    const std::size_t before = taken.size();
    const auto redacted = bytes ? redact_message(*bytes, type, fields, taken) : std::nullopt;
    if (redacted && taken.size() == before && *redacted == *bytes) return std::string(base64);
    if (!redacted) taken.insert("(details)");
    auto written = http::to_base64(redacted ? *redacted : record::kRedacted);
    if (!base64.ends_with('=')) written.resize(written.find_last_not_of('=') + 1);
    return written;
}

constexpr std::string_view kRpcStatus = "google.rpc.Status";

/// google.rpc.Status for schemas that have none; its details are of their types.
const Descriptor* make_rpc_status(DescriptorPool& pool) {
    using google::protobuf::FieldDescriptorProto;
    const auto& any = *google::protobuf::Any::descriptor();
    const auto* known = pool.FindMessageTypeByName(any.full_name());
    google::protobuf::FileDescriptorProto any_file;
    any.file()->CopyTo(&any_file);
    const auto* declaring = known == nullptr ? pool.BuildFile(any_file) : known->file();
    if (declaring == nullptr) return nullptr;
    google::protobuf::FileDescriptorProto file;
    file.set_name("understudy/rpc_status.proto");
    file.set_package("google.rpc");
    file.set_syntax("proto3");
    file.add_dependency(declaring->name());
    auto& message = *file.add_message_type();
    message.set_name("Status");
    const auto add = [&](const char* name, int number, FieldDescriptorProto::Type type) -> FieldDescriptorProto& {
        auto& field = *message.add_field();
        field.set_name(name);
        field.set_number(number);
        field.set_type(type);
        field.set_label(FieldDescriptorProto::LABEL_OPTIONAL);
        return field;
    };
    add("code", 1, FieldDescriptorProto::TYPE_INT32);
    add("message", 2, FieldDescriptorProto::TYPE_STRING);
    auto& details = add("details", 3, FieldDescriptorProto::TYPE_MESSAGE);
    details.set_label(FieldDescriptorProto::LABEL_REPEATED);
    details.set_type_name('.' + any.full_name());
    const auto* built = pool.BuildFile(file);
    return built == nullptr ? nullptr : built->message_type(0);
}

}  // namespace

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

std::string redact_error_detail(const ErrorDetail& detail, std::string_view base64, const DescriptorPool& pool,
                                const Fields& fields, std::set<std::string>& taken) {
    const auto* type = pool.FindMessageTypeByName(detail.type.substr(detail.type.rfind('/') + 1));
    if (type == nullptr) return std::string(base64);
    std::string padded(base64);  // Connect writes it without.
    padded.append((4 - padded.size() % 4) % 4, '=');
    return redact_base64(base64, http::parse_base64(padded), *type, fields, taken);
}

RpcStatus::RpcStatus(const DescriptorPool& pool) : type_(pool.FindMessageTypeByName(std::string(kRpcStatus))) {
    if (type_ != nullptr) return;
    made_ = std::make_shared<DescriptorPool>(&pool);
    type_ = make_rpc_status(*made_);
}

std::string redact_status_details(std::string_view base64, const RpcStatus& status, const Fields& fields,
                                  std::set<std::string>& taken) {
    if (const auto* type = status.type()) {
        return redact_base64(base64, wire::read_base64(base64), *type, fields, taken);
    }
    taken.insert("(details)");
    return record::kRedacted;
}

bool is_status_details_name(std::string_view name) {
    return wire::same_name(name, "grpc-status-details-bin");
}

}  // namespace understudy::redact
