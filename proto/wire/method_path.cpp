#include "proto/wire/method_path.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>

namespace understudy::wire {
namespace {

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_method_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_name_character);
}

bool is_service_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return is_name_character(c) || c == '.'; });
}

}  // namespace

std::optional<MethodPath> parse_method_path(std::string_view path) {
    const auto before_method = path.rfind('/');
    if (before_method == std::string_view::npos || before_method == 0) return std::nullopt;
    const auto before_service = path.rfind('/', before_method - 1);
    if (before_service == std::string_view::npos) return std::nullopt;
    const MethodPath found{path.substr(before_service + 1, before_method - before_service - 1),
                           path.substr(before_method + 1)};
    if (!is_service_name(found.service) || !is_method_name(found.method)) return std::nullopt;
    return found;
}

bool has_no_side_effects(const MethodPath& method) {
    const auto* pool = google::protobuf::DescriptorPool::generated_pool();
    const auto* found = pool->FindMethodByName(std::string(method.service) + '.' + std::string(method.method));
    return found != nullptr && found->options().idempotency_level() == google::protobuf::MethodOptions::NO_SIDE_EFFECTS;
}

std::string to_path(const MethodPath& method) {
    std::string path;
    path.reserve(method.service.size() + method.method.size() + 2);
    path.append("/").append(method.service).append("/").append(method.method);
    return path;
}

}  // namespace understudy::wire
