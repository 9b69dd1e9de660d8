#pragma once

#include "emulator/source/problem.hpp"

#include <google/protobuf/compiler/importer.h>
#include <google/protobuf/descriptor_database.h>

#include <map>
#include <string>
#include <vector>

namespace understudy::scenario {

/// Files on the disk that do not nest deeper than protobuf itself reads in a descriptor set: its compiler calls itself
/// for each level, before it looks whether there are too many of them. Tested by:
/// Descriptors.MessagesThatNestTooDeepAreRefused
class BoundedTree : public google::protobuf::compiler::SourceTree {
  public:
    /// Lifetime: `files` must outlive it.
    explicit BoundedTree(google::protobuf::compiler::DiskSourceTree& files) : files_(files) {}

    /// Null where there is no such file, or it is not taken: `GetLastErrorMessage` says why.
    google::protobuf::io::ZeroCopyInputStream* Open(const std::string& name) override;
    std::string GetLastErrorMessage() override { return problem_; }

  private:
    google::protobuf::compiler::DiskSourceTree& files_;
    std::string problem_;
};

/// Files that are not imported through too many others: protobuf calls itself for each import.
/// Tested by: Descriptors.ImportsThatLeadTooFarAreRefused
class BoundedDatabase : public google::protobuf::DescriptorDatabase {
  public:
    /// Lifetime: `files` must outlive it.
    explicit BoundedDatabase(google::protobuf::DescriptorDatabase& files) : files_(files) {}

    bool FindFileByName(const std::string& name, google::protobuf::FileDescriptorProto* file) override;
    bool FindFileContainingSymbol(const std::string& symbol, google::protobuf::FileDescriptorProto* file) override;
    bool FindFileContainingExtension(const std::string& type, int number,
                                     google::protobuf::FileDescriptorProto* file) override;

    /// What was not handed out, once; what follows from it is told by protobuf.
    std::vector<source::Problem> take_problems();

  private:
    bool take(const google::protobuf::FileDescriptorProto& file);

    google::protobuf::DescriptorDatabase& files_;
    std::map<std::string, int> depths_;  ///< By file: how many import each other above it.
    std::vector<source::Problem> problems_;
};

}  // namespace understudy::scenario
