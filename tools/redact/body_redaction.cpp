#include "tools/redact/body_redaction.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/http/percent.hpp"
#include "emulator/record/body_redaction.hpp"
#include "emulator/record/json_redaction.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/metadata.hpp"
#include "proto/wire/method_path.hpp"
#include "tools/redact/error_details.hpp"
#include "tools/redact/wire_redaction.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace understudy::redact {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

/// How a body carries its messages.
struct Form {
    enum class Envelope : std::uint8_t { none, bytes, text } envelope = Envelope::none;
    bool is_json = false;
};

std::optional<Form> form_of(std::string_view content_type) {
    using enum Form::Envelope;
    constexpr std::array<std::pair<std::string_view, Form>, 15> kForms{{
        {"application/proto", {none, false}},
        {"application/protobuf", {none, false}},
        {"application/x-protobuf", {none, false}},
        {"application/x-google-protobuf", {none, false}},
        {"application/json", {none, true}},
        {"application/grpc", {bytes, false}},
        {"application/grpc+proto", {bytes, false}},
        {"application/grpc+json", {bytes, true}},
        {"application/grpc-web", {bytes, false}},
        {"application/grpc-web+proto", {bytes, false}},
        {"application/grpc-web+json", {bytes, true}},
        {"application/connect+proto", {bytes, false}},
        {"application/connect+json", {bytes, true}},
        {"application/grpc-web-text", {text, false}},
        {"application/grpc-web-text+proto", {text, false}},
    }};
    std::string type(content_type.substr(0, content_type.find_first_of("; ")));
    std::ranges::transform(type, type.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto found = std::ranges::find(kForms, type, &std::pair<std::string_view, Form>::first);
    return found == kForms.end() ? std::nullopt : std::optional(found->second);
}

/// The names, in files and in JSON, of those fields that a message and what is in it may have.
class JsonNames {
  public:
    explicit JsonNames(const std::set<const FieldDescriptor*>& fields) : fields_(fields) {}

    std::vector<std::string> of(const Descriptor& type) {
        look_at(type);
        return {names_.begin(), names_.end()};
    }
    /// Those of whatever messages there may be.
    std::vector<std::string> of_all() {
        add_all();
        return {names_.begin(), names_.end()};
    }

  private:
    void look_at(const Descriptor& type) {
        // Any says in its text only what it holds.
        if (type.full_name() == "google.protobuf.Any") add_all();
        if (!seen_.insert(&type).second) return;
        std::vector<const FieldDescriptor*> own;
        type.file()->pool()->FindAllExtensions(&type, &own);
        for (int i = 0; i < type.field_count(); ++i) own.push_back(type.field(i));
        for (const FieldDescriptor* field : own) {
            if (fields_.contains(field)) add(*field);
            if (field->message_type() != nullptr) look_at(*field->message_type());
        }
    }
    void add_all() {
        for (const FieldDescriptor* field : fields_) add(*field);
    }
    void add(const FieldDescriptor& field) {
        if (field.is_extension()) {
            // A message set's goes by its message's name, too.
            names_.insert('[' + field.full_name() + ']');
            names_.insert('[' + field.PrintableNameForExtension() + ']');
            return;
        }
        names_.insert(field.name());
        names_.insert(field.json_name());
    }

    const std::set<const FieldDescriptor*>& fields_;
    std::set<const Descriptor*> seen_;
    std::set<std::string> names_;
};

/// google.rpc.Status as the schemas of the fields have it; nullopt where no field is to be taken.
std::optional<RpcStatus> find_rpc_status(const MessageFields& fields) {
    if (fields.fields.empty()) return std::nullopt;
    return RpcStatus(*(*fields.fields.begin())->file()->pool());
}

class BodyRedaction {
  public:
    explicit BodyRedaction(MessageFields fields) : fields_(std::move(fields)), status_(find_rpc_status(fields_)) {}

    std::optional<std::string> operator()(const record::BodyPlace& place, std::string_view body,
                                          std::vector<std::string>& taken) const {
        auto form = form_of(place.content_type);
        const Descriptor* type = type_of(place);
        // Handlers look at the bytes, whatever the client says they are.
        if (!form && type != nullptr) form = Form{.is_json = record::looks_like_json(body)};
        if (!form || (form->is_json && type == nullptr)) return std::nullopt;
        std::set<std::string> names;
        if (is_mislabelled(*form, body)) {
            // What is no message either is some other text.
            if (!redact_message(body, *type, fields_.fields, names)) return std::nullopt;
            form = Form{};
        }
        auto redacted = type == nullptr ? std::nullopt : rewrite(body, *form, *type, names);
        if (!redacted) {
            taken.emplace_back("(whole)");
            return record::kRedacted;
        }
        if (names.empty()) return std::nullopt;
        taken.insert(taken.end(), names.begin(), names.end());
        return redacted;
    }

  private:
    /// A REST API says `application/json` of a reply that has no type.
    static bool is_mislabelled(Form form, std::string_view body) {
        return form.is_json && form.envelope == Form::Envelope::none && !record::looks_like_json(body);
    }

    const Descriptor* type_of(const record::BodyPlace& place) const {
        const std::string decoded = http::decode_percent(place.path, http::Plus::literal);
        const auto path = wire::parse_method_path(decoded);
        if (!path) return nullptr;
        const auto* method =
            fields_.descriptors->find_method(std::string(path->service) + '/' + std::string(path->method));
        if (method == nullptr) return nullptr;
        return place.side == record::Side::request ? method->input_type() : method->output_type();
    }

    std::optional<std::string> rewrite(std::string_view body, Form form, const Descriptor& type,
                                       std::set<std::string>& names) const {
        if (form.envelope == Form::Envelope::none) return rewrite_message(body, form, type, names);
        if (form.envelope == Form::Envelope::bytes) return rewrite_envelopes(body, form, type, names);
        const auto bytes = http::parse_base64(body);
        const auto redacted = bytes ? rewrite_envelopes(*bytes, form, type, names) : std::nullopt;
        return redacted ? std::optional(http::to_base64(*redacted)) : std::nullopt;
    }

    std::optional<std::string> rewrite_message(std::string_view message, Form form, const Descriptor& type,
                                               std::set<std::string>& names) const {
        if (!form.is_json) return redact_message(message, type, fields_.fields, names);
        return rewrite_json(message, find_error_details(message), type, names);
    }

    std::string rewrite_json(std::string_view message, const std::vector<ErrorDetail>& details, const Descriptor& type,
                             std::set<std::string>& names) const {
        record::RedactionRules rules(record::Redaction{.headers = {}, .fields = {}});
        std::string redacted(message);
        for (auto detail = details.rbegin(); detail != details.rend(); ++detail) {
            const auto base64 = message.substr(detail->begin, detail->end - detail->begin);
            redacted.replace(detail->begin, base64.size(),
                             redact_error_detail(*detail, base64, *type.file()->pool(), fields_.fields, names));
        }
        JsonNames known(fields_.fields);
        rules.names = details.empty() ? known.of(type) : known.of_all();
        std::vector<std::string> taken;
        apply_edits(redacted, find_secrets(redacted, record::TextKind::body, {rules, taken, ""}));
        for (const std::string& name : taken) names.insert(name.substr(1));
        return redacted;
    }

    /// A stream of Connect ends in JSON, trailers of gRPC-Web are header lines: an error in either may have details.
    std::optional<std::string> rewrite_trailers(unsigned char flags, std::string_view trailers, const Descriptor& type,
                                                std::set<std::string>& names) const {
        if ((flags & wire::kCompressed) != 0) return std::nullopt;
        if ((flags & wire::kEndOfStream) == 0) return rewrite_lines(trailers, names);
        const auto details = find_stream_error_details(trailers);
        return details.empty() ? std::string(trailers) : rewrite_json(trailers, details, type, names);
    }

    std::string rewrite_lines(std::string_view lines, std::set<std::string>& names) const {
        if (!status_) return std::string(lines);
        std::string out;
        while (!lines.empty()) {
            const auto line = lines.substr(0, std::min(lines.find('\n'), lines.size() - 1) + 1);
            lines.remove_prefix(line.size());
            const auto colon = line.find(':');
            if (colon == line.npos || !is_status_details_name(wire::trimmed(line.substr(0, colon)))) {
                out.append(line);
                continue;
            }
            const auto value = wire::trimmed(line.substr(colon + 1, line.find_last_not_of("\r\n") - colon));
            const auto begin = value.empty() ? line.size() : static_cast<std::size_t>(value.data() - line.data());
            out.append(line.substr(0, begin));
            if (!value.empty()) out.append(redact_status_details(value, *status_, fields_.fields, names));
            out.append(line.substr(begin + value.size()));
        }
        return out;
    }

    /// A flag byte, four bytes of length, the message. Flags other than "compressed" mean trailers, which are no
    /// message.
    std::optional<std::string> rewrite_envelopes(std::string_view body, Form form, const Descriptor& type,
                                                 std::set<std::string>& names) const {
        std::string out;
        while (!body.empty()) {
            if (body.size() < 5) return std::nullopt;
            std::uint32_t size = 0;
            for (const char byte : body.substr(1, 4)) size = size << 8 | static_cast<unsigned char>(byte);
            if (size > body.size() - 5) return std::nullopt;
            const auto flags = static_cast<unsigned char>(body.front());
            const std::string_view message = body.substr(5, size);
            if (flags == wire::kCompressed) return std::nullopt;
            const auto redacted = flags == 0 ? rewrite_message(message, form, type, names)
                                             : rewrite_trailers(flags, message, type, names);
            if (!redacted) return std::nullopt;
            out.push_back(body.front());
            for (const int shift : {24, 16, 8, 0}) out.push_back(static_cast<char>(redacted->size() >> shift & 0xFF));
            out.append(*redacted);
            body.remove_prefix(5 + size);
        }
        return out;
    }

    MessageFields fields_;
    std::optional<RpcStatus> status_;
};

class HeaderRedaction {
  public:
    explicit HeaderRedaction(MessageFields fields) : fields_(std::move(fields)), status_(find_rpc_status(fields_)) {}

    std::optional<std::string> operator()(std::string_view name, std::string_view value,
                                          std::vector<std::string>& taken) const {
        if (!status_ || !is_status_details_name(name)) return std::nullopt;
        std::set<std::string> names;
        auto redacted = redact_status_details(value, *status_, fields_.fields, names);
        if (names.empty()) return std::nullopt;
        taken.insert(taken.end(), names.begin(), names.end());
        return redacted;
    }

  private:
    MessageFields fields_;
    std::optional<RpcStatus> status_;
};

}  // namespace

record::Redaction::Rewrite make_rewrite(MessageFields fields) {
    return BodyRedaction(std::move(fields));
}

record::Redaction::RewriteHeader make_header_rewrite(MessageFields fields) {
    return HeaderRedaction(std::move(fields));
}

}  // namespace understudy::redact
