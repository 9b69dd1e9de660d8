#include "tools/scenario/well_known_files.hpp"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/api.pb.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/source_context.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/type.pb.h>
#include <google/protobuf/wrappers.pb.h>

#include <algorithm>

namespace understudy::scenario {

namespace protobuf = google::protobuf;

WellKnownFiles::WellKnownFiles() : linked_(*protobuf::DescriptorPool::generated_pool()) {}

const std::vector<std::string>& WellKnownFiles::names() {
    // Naming a type of each file is what makes the linker keep it in a static program.
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const protobuf::Descriptor* type :
             {protobuf::Any::descriptor(), protobuf::Api::descriptor(), protobuf::FileDescriptorProto::descriptor(),
              protobuf::Duration::descriptor(), protobuf::Empty::descriptor(), protobuf::FieldMask::descriptor(),
              protobuf::SourceContext::descriptor(), protobuf::Struct::descriptor(), protobuf::Timestamp::descriptor(),
              protobuf::Type::descriptor(), protobuf::StringValue::descriptor()})
            list.push_back(type->file()->name());
        return list;
    }();
    return names;
}

bool WellKnownFiles::FindFileByName(const std::string& name, protobuf::FileDescriptorProto* file) {
    const auto& known = names();
    return std::find(known.begin(), known.end(), name) != known.end() && linked_.FindFileByName(name, file);
}

bool WellKnownFiles::FindFileContainingSymbol(const std::string& symbol, protobuf::FileDescriptorProto* file) {
    return symbol.starts_with("google.protobuf.") && linked_.FindFileContainingSymbol(symbol, file);
}

bool WellKnownFiles::FindFileContainingExtension(const std::string&, int, protobuf::FileDescriptorProto*) {
    return false;
}

}  // namespace understudy::scenario
