#pragma once

#include "emulator/source/problem.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/message.h>

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::scenario {

/// Where messages and services are described. Paths are absolute, or relative to the working directory.
struct SchemaFiles {
    std::vector<std::string> proto_files;   ///< Named relative to an import path.
    std::vector<std::string> import_paths;  ///< Folders; the first that has a file wins.
    std::string descriptor_set;             ///< Instead of the two above.

    friend auto operator<=>(const SchemaFiles&, const SchemaFiles&) = default;
};

/// The messages and services of one `SchemaFiles`, and messages of their types. google.protobuf's well-known types are
/// among them, whether a file imports them or not; nothing else that is linked into this program is.
/// Thread safety: may be shared.
class Descriptors {
  public:
    /// What the descriptors are made from; known to descriptors.cpp only.
    struct Origin;

    Descriptors(std::unique_ptr<Origin> origin, std::vector<const google::protobuf::FileDescriptor*> files);
    ~Descriptors();
    Descriptors(const Descriptors&) = delete;
    Descriptors& operator=(const Descriptors&) = delete;

    /// `package.Service/Method`; nullptr where there is none.
    const google::protobuf::MethodDescriptor* find_method(std::string_view name) const;
    /// Every method of the files that were named, as `package.Service/Method`, in their order.
    std::vector<std::string> method_names() const;
    /// The files that were named, in their order, without their imports.
    const std::vector<const google::protobuf::FileDescriptor*>& files() const { return files_; }
    /// The files on the disk that were read, imports included; none for a descriptor set.
    std::vector<std::string> source_files() const;
    /// An empty message. Lifetime: these descriptors must outlive it.
    std::unique_ptr<google::protobuf::Message> make_message(const google::protobuf::Descriptor& type) const;
    /// An empty google.protobuf.Any that may hold any type of the files.
    std::unique_ptr<google::protobuf::Message> make_any() const;

  private:
    std::unique_ptr<Origin> origin_;
    std::vector<const google::protobuf::FileDescriptor*> files_;
    mutable google::protobuf::DynamicMessageFactory factory_;
};

/// What became of reading a schema: the descriptors, or everything that is wrong with it, with file, line and column
/// where the compiler knows them.
using DescriptorsOrProblems = std::variant<std::shared_ptr<const Descriptors>, std::vector<source::Problem>>;

/// Reads the schema that the files describe.
DescriptorsOrProblems read_descriptors(const SchemaFiles& files);

/// The field or extension of that number; null where the type is null or has none.
const google::protobuf::FieldDescriptor* find_numbered_field(const google::protobuf::Descriptor* type,
                                                             std::uint64_t number);

/// Reads each schema once, however many scenarios name it.
class DescriptorCache {
  public:
    const DescriptorsOrProblems& read(const SchemaFiles& files);

  private:
    std::map<SchemaFiles, DescriptorsOrProblems> known_;
};

}  // namespace understudy::scenario
