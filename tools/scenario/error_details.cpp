#include "tools/scenario/error_details.hpp"

#include "tools/convert/bytes_text.hpp"
#include "tools/match/json_value.hpp"

namespace understudy::scenario {

namespace {

constexpr const char* kTypePrefix = "type.googleapis.com/";
constexpr int kTypeUrlField = 1;
constexpr int kPackedField = 2;

}  // namespace

std::vector<std::unique_ptr<google::protobuf::Message>> read_error_details(std::string_view body,
                                                                           const Descriptors& descriptors) {
    std::vector<std::unique_ptr<google::protobuf::Message>> details;
    const auto error = match::parse_json(body);
    const auto* list = error ? error->find("details") : nullptr;
    if (!list) return details;
    for (const auto& item : list->value.items) {
        const auto* type = item.find("type");
        const auto* value = item.find("value");
        const auto bytes = value ? convert::parse_base64(value->value.text) : std::nullopt;
        if (!type || !bytes) continue;
        auto any = descriptors.make_any();
        const auto& fields = *any->GetDescriptor();
        const auto& reflection = *any->GetReflection();
        reflection.SetString(any.get(), fields.FindFieldByNumber(kTypeUrlField), kTypePrefix + type->value.text);
        reflection.SetString(any.get(), fields.FindFieldByNumber(kPackedField), *bytes);
        details.push_back(std::move(any));
    }
    return details;
}

}  // namespace understudy::scenario
