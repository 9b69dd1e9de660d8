#include "tools/match/message_names.hpp"

#include <google/protobuf/descriptor.pb.h>

#include <set>

namespace understudy::match {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;

void add_names(const Descriptor& type, std::vector<std::string>& names) {
    if (type.options().map_entry()) return;
    names.push_back(type.full_name());
    for (int i = 0; i < type.nested_type_count(); ++i) add_names(*type.nested_type(i), names);
}

void add_names(const FileDescriptor& file, std::set<std::string>& seen, std::vector<std::string>& names) {
    if (!seen.insert(file.name()).second) return;
    for (int i = 0; i < file.message_type_count(); ++i) add_names(*file.message_type(i), names);
    for (int i = 0; i < file.dependency_count(); ++i) add_names(*file.dependency(i), seen, names);
}

}  // namespace

std::vector<std::string> message_names(const FileDescriptor& file) {
    std::set<std::string> seen;
    std::vector<std::string> names;
    add_names(file, seen, names);
    return names;
}

}  // namespace understudy::match
