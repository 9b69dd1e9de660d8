#include "tools/redact/spellings.hpp"

#include <algorithm>
#include <cctype>
#include <functional>

namespace understudy::redact {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;

bool is_of_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// The path with each of its names replaced that has another; what stands in brackets is no such name.
std::string respell(std::string_view path, const std::map<std::string, std::string, std::less<>>& names) {
    std::string spelled;
    while (!path.empty()) {
        std::size_t end = path.front() == '[' ? std::min(path.find(']'), path.size()) : 0;
        while (end < path.size() && path.front() != '[' && is_of_name(path[end])) ++end;
        const auto name = path.substr(0, std::max<std::size_t>(end, 1));
        const auto other = names.find(name);
        spelled += other == names.end() ? name : std::string_view(other->second);
        path.remove_prefix(name.size());
    }
    return spelled;
}

}  // namespace

Spellings::Spellings(const FileDescriptor& file) {
    std::vector<const void*> seen;
    add(file, seen);
}

void Spellings::add(const FileDescriptor& file, std::vector<const void*>& seen) {
    if (std::ranges::find(seen, &file) != seen.end()) return;
    seen.push_back(&file);
    for (int i = 0; i < file.message_type_count(); ++i) add(*file.message_type(i));
    for (int i = 0; i < file.dependency_count(); ++i) add(*file.dependency(i), seen);
}

void Spellings::add(const Descriptor& type) {
    for (int i = 0; i < type.field_count(); ++i) {
        const auto& field = *type.field(i);
        if (field.name() == field.json_name()) continue;
        to_json_.emplace(field.name(), field.json_name());
        from_json_.emplace(field.json_name(), field.name());
    }
    for (int i = 0; i < type.nested_type_count(); ++i) add(*type.nested_type(i));
}

std::vector<std::string> Spellings::others(std::string_view path) const {
    std::vector<std::string> others;
    for (const auto* names : {&to_json_, &from_json_}) {
        auto spelled = respell(path, *names);
        if (spelled != path) others.push_back(std::move(spelled));
    }
    return others;
}

}  // namespace understudy::redact
