#pragma once

#include "tools/scenario/well_known_files.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>

#include <string>

namespace understudy::scenario {

/// scenario.proto with its comments, which the compiled descriptors do not have.
class CommentedFile {
  public:
    CommentedFile();

    const google::protobuf::FileDescriptor& descriptor() const;

  private:
    WellKnownFiles well_known_;
    google::protobuf::SimpleDescriptorDatabase own_;
    google::protobuf::MergedDescriptorDatabase all_{&own_, &well_known_};
    google::protobuf::DescriptorPool pool_{&all_};
};

/// The comment in front, without the blank behind its slashes, each paragraph on one line: editors break it as wide as
/// they are. Empty where there is none.
std::string comment_of(const google::protobuf::Descriptor& message);
std::string comment_of(const google::protobuf::FieldDescriptor& field);
std::string comment_of(const google::protobuf::EnumValueDescriptor& value);

}  // namespace understudy::scenario
