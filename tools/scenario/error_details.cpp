#include "tools/scenario/error_details.hpp"

namespace understudy::scenario {

namespace {

constexpr const char* kTypePrefix = "type.googleapis.com/";
constexpr int kTypeUrlField = 1;
constexpr int kPackedField = 2;

}  // namespace

std::vector<std::unique_ptr<google::protobuf::Message>> to_anys(const std::vector<wire::Detail>& details,
                                                                const Descriptors& descriptors) {
    std::vector<std::unique_ptr<google::protobuf::Message>> anys;
    for (const auto& detail : details) {
        auto any = descriptors.make_any();
        const auto& fields = *any->GetDescriptor();
        const auto& reflection = *any->GetReflection();
        reflection.SetString(any.get(), fields.FindFieldByNumber(kTypeUrlField), kTypePrefix + detail.type);
        reflection.SetString(any.get(), fields.FindFieldByNumber(kPackedField), detail.value);
        anys.push_back(std::move(any));
    }
    return anys;
}

}  // namespace understudy::scenario
