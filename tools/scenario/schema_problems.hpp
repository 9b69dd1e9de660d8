#pragma once

#include "emulator/source/problem.hpp"

#include <google/protobuf/compiler/importer.h>

#include <string>
#include <vector>

namespace understudy::scenario {

/// Turns the complaints of protobuf's compiler into problems, with file, line and column where it knows them. A file
/// that is not there is told where it is imported, with the folders in which it was looked for.
/// Tested by: Descriptors.AMissingImportIsToldWhereItIsWrittenWithTheFoldersAndARemedy
class SchemaProblems : public google::protobuf::compiler::MultiFileErrorCollector {
  public:
    /// Lifetime: both must outlive it.
    SchemaProblems(google::protobuf::compiler::DiskSourceTree& tree, const std::vector<std::string>& folders)
        : tree_(tree), folders_(folders) {}

    void AddError(const std::string& name, int line, int column, const std::string& message) override;

    std::vector<source::Problem> take();

  private:
    /// A file that is not there, and whether an import that names it was told.
    struct Missing {
        std::string name;
        bool is_told = false;
    };

    void add_written(const std::string& path, int line, int column, const std::string& message);
    /// Whether what is wrong with an imported file was told in its own place.
    bool is_told(const std::string& name);
    source::Problem explain_missing(source::Problem problem, const std::string& name) const;

    google::protobuf::compiler::DiskSourceTree& tree_;
    const std::vector<std::string>& folders_;
    std::vector<Missing> missing_;
    std::vector<source::Problem> problems_;
};

}  // namespace understudy::scenario
