#include "tools/redact/spellings.hpp"

#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <utility>

namespace understudy::redact {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;

bool is_of_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// The path with each of its names replaced that has others, by each of these; what stands in brackets is no such name.
std::vector<std::string> respell(std::string_view path,
                                 const std::map<std::string, std::set<std::string>, std::less<>>& names) {
    std::vector<std::string> spelled{""};
    while (!path.empty()) {
        std::size_t end = path.front() == '[' ? std::min(path.find(']'), path.size()) : 0;
        while (end < path.size() && path.front() != '[' && is_of_name(path[end])) ++end;
        const auto name = path.substr(0, std::max<std::size_t>(end, 1));
        const auto found = names.find(name);
        const auto others = found == names.end() ? std::set{std::string(name)} : found->second;
        std::vector<std::string> longer;
        for (const auto& begin : spelled) {
            for (const auto& other : others) longer.push_back(begin + other);
        }
        spelled = std::move(longer);
        path.remove_prefix(name.size());
    }
    return spelled;
}

}  // namespace

Spellings::Spellings(const std::vector<const FileDescriptor*>& files) {
    std::vector<const void*> seen;
    for (const auto* file : files) add(*file, seen);
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
        to_json_[field.name()].insert(field.json_name());
        from_json_[field.json_name()].insert(field.name());
        if (type.options().map_entry()) continue;  // Nobody names keys and values of maps so.
        fields_.emplace(field.name(), &field);
        if (field.json_name() != field.name()) fields_.emplace(field.json_name(), &field);
    }
    for (int i = 0; i < type.nested_type_count(); ++i) add(*type.nested_type(i));
}

std::vector<const google::protobuf::FieldDescriptor*> Spellings::fields(std::string_view name) const {
    std::vector<const google::protobuf::FieldDescriptor*> fields;
    const auto [begin, end] = fields_.equal_range(name);
    for (auto found = begin; found != end; ++found) fields.push_back(found->second);
    return fields;
}

std::vector<std::string> Spellings::others(std::string_view path) const {
    std::vector<std::string> others;
    for (const auto* names : {&to_json_, &from_json_}) {
        for (auto& spelled : respell(path, *names)) {
            const bool is_new = spelled != path && std::ranges::find(others, spelled) == others.end();
            if (is_new) others.push_back(std::move(spelled));
        }
    }
    return others;
}

}  // namespace understudy::redact
