#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/type_resolver.h>

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace understudy::protojson {

/// What protobuf's JSON functions are told of a pool's types: extensions are fields named `[full.name]`, and groups are
/// messages. Lifetime: the pool outlives it.
class ExtendedTypes final : public google::protobuf::util::TypeResolver {
  public:
    explicit ExtendedTypes(const google::protobuf::DescriptorPool& pool);

    /// Knows no other extensions from now on, and has no defaults for these.
    void limit_extensions(std::set<const google::protobuf::FieldDescriptor*> extensions);

    google::protobuf::util::Status ResolveMessageType(const std::string& url, google::protobuf::Type* type) override;
    google::protobuf::util::Status ResolveEnumType(const std::string& url, google::protobuf::Enum* type) override;

    static std::string url_of(const std::string& full_name);

    /// Whether a type was asked for that has groups or is a message set, which is made of groups: those are not read
    /// from the bytes of messages, nor written there.
    bool met_groups() const { return met_groups_; }
    /// Whether one was asked for that has extensions.
    bool met_extensions() const { return met_extensions_; }

  private:
    void add_extensions(const google::protobuf::Descriptor& descriptor, google::protobuf::Type& type);

    const google::protobuf::DescriptorPool& pool_;
    std::optional<std::set<const google::protobuf::FieldDescriptor*>> known_;
    bool met_groups_ = false;
    bool met_extensions_ = false;
    std::unique_ptr<google::protobuf::util::TypeResolver> plain_;
};

}  // namespace understudy::protojson
