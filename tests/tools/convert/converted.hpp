#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/convert/convert.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::convert {

/// A node of a text that stays loaded until the test program ends.
source::Node load(std::string_view text);

/// The problems of a conversion.
std::vector<source::Problem> problems_of(std::string_view text, google::protobuf::Message& message);

/// The message that a text means, in protobuf's text format on one line; its problems where there are some.
std::string converted(std::string_view text, google::protobuf::Message& message);

template <class Message>
std::string converted(std::string_view text) {
    Message message;
    return converted(text, message);
}

/// The rendered problems of a text named `a.yaml`.
std::string diagnosed(std::string_view text, google::protobuf::Message& message, const ConvertOptions& options);

/// Types made from a FileDescriptorProto in text format, beside the generated well-known ones.
class DynamicTypes {
  public:
    explicit DynamicTypes(std::string_view file);
    const google::protobuf::Descriptor& type(const std::string& name) const;
    std::unique_ptr<google::protobuf::Message> make(const std::string& name);

  private:
    google::protobuf::DescriptorPool pool_;
    google::protobuf::DynamicMessageFactory factory_;
};

/// Types with every kind of field: `test.Everything` (proto3) and `old.Legacy` (proto2).
DynamicTypes& everything();

}  // namespace understudy::convert
