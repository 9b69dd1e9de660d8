#pragma once

#include <google/protobuf/descriptor_database.h>

#include <string>
#include <vector>

namespace understudy::scenario {

/// The files `google/protobuf/*.proto` of the well-known types, from the descriptors linked into this program, so that
/// a schema may import them without having them on disk. No other linked file is found here: it would answer for a
/// user's missing one.
class WellKnownFiles : public google::protobuf::DescriptorDatabase {
  public:
    WellKnownFiles();

    static const std::vector<std::string>& names();

    bool FindFileByName(const std::string& name, google::protobuf::FileDescriptorProto* file) override;
    bool FindFileContainingSymbol(const std::string& symbol, google::protobuf::FileDescriptorProto* file) override;
    bool FindFileContainingExtension(const std::string& type, int number,
                                     google::protobuf::FileDescriptorProto* file) override;

  private:
    google::protobuf::DescriptorPoolDatabase linked_;
};

}  // namespace understudy::scenario
