#include "tools/redact/body_redaction.hpp"

#include "emulator/http/base64.hpp"
#include "proto/wire/method_path.hpp"
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

enum class Form : std::uint8_t { bare, enveloped, enveloped_text };

std::optional<Form> form_of(std::string_view content_type) {
    constexpr std::array<std::pair<std::string_view, Form>, 10> kForms{{
        {"application/proto", Form::bare},
        {"application/protobuf", Form::bare},
        {"application/x-protobuf", Form::bare},
        {"application/x-google-protobuf", Form::bare},
        {"application/grpc", Form::enveloped},
        {"application/grpc+proto", Form::enveloped},
        {"application/grpc-web", Form::enveloped},
        {"application/grpc-web+proto", Form::enveloped},
        {"application/connect+proto", Form::enveloped},
        {"application/grpc-web-text", Form::enveloped_text},
    }};
    std::string type(content_type.substr(0, content_type.find_first_of("; ")));
    std::ranges::transform(type, type.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (type == "application/grpc-web-text+proto") return Form::enveloped_text;
    const auto found = std::ranges::find(kForms, type, &std::pair<std::string_view, Form>::first);
    return found == kForms.end() ? std::nullopt : std::optional(found->second);
}

class BodyRedaction {
  public:
    explicit BodyRedaction(MessageFields fields) : fields_(std::move(fields)) {}

    std::optional<std::string> operator()(const record::BodyPlace& place, std::string_view body,
                                          std::vector<std::string>& taken) const {
        const auto form = form_of(place.content_type);
        if (!form) return std::nullopt;
        std::set<std::string> names;
        const Descriptor* type = type_of(place);
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
    const Descriptor* type_of(const record::BodyPlace& place) const {
        const auto path = wire::parse_method_path(place.path);
        if (!path) return nullptr;
        const auto* method =
            fields_.descriptors->find_method(std::string(path->service) + '/' + std::string(path->method));
        if (method == nullptr) return nullptr;
        return place.side == record::Side::request ? method->input_type() : method->output_type();
    }

    std::optional<std::string> rewrite(std::string_view body, Form form, const Descriptor& type,
                                       std::set<std::string>& names) const {
        // Early ends: a bare Twirp or gRPC-Web status has no message.
        if (form == Form::bare) return redact_message(body, type, fields_.fields, names);
        if (form == Form::enveloped) return rewrite_envelopes(body, type, names);
        const auto bytes = http::parse_base64(body);
        const auto redacted = bytes ? rewrite_envelopes(*bytes, type, names) : std::nullopt;
        return redacted ? std::optional(http::to_base64(*redacted)) : std::nullopt;
    }

    /// A flag byte, four bytes of length, the message. Flags other than "compressed" mean trailers, which are no
    /// message.
    std::optional<std::string> rewrite_envelopes(std::string_view body, const Descriptor& type,
                                                 std::set<std::string>& names) const {
        std::string out;
        while (!body.empty()) {
            if (body.size() < 5) return std::nullopt;
            std::uint32_t size = 0;
            for (const char byte : body.substr(1, 4)) size = size << 8 | static_cast<unsigned char>(byte);
            if (size > body.size() - 5) return std::nullopt;
            const auto flags = static_cast<unsigned char>(body.front());
            const std::string_view message = body.substr(5, size);
            if (flags == 1) return std::nullopt;
            const auto redacted =
                flags == 0 ? redact_message(message, type, fields_.fields, names) : std::optional<std::string>(message);
            if (!redacted) return std::nullopt;
            out.push_back(body.front());
            for (const int shift : {24, 16, 8, 0}) out.push_back(static_cast<char>(redacted->size() >> shift & 0xFF));
            out.append(*redacted);
            body.remove_prefix(5 + size);
        }
        return out;
    }

    MessageFields fields_;
};

}  // namespace

record::Redaction::Rewrite make_rewrite(MessageFields fields) {
    return BodyRedaction(std::move(fields));
}

}  // namespace understudy::redact
