#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/convert/convert.hpp"
#include "tools/convert/given_fields.hpp"
#include "tools/convert/matcher_syntax.hpp"
#include "tools/convert/problem_log.hpp"
#include "tools/convert/write_field.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::convert {

/// One conversion at work: what `convert_message` and the like are made of. Lifetime: the options outlive it.
class Converter {
  public:
    explicit Converter(const ConvertOptions& options) : options_(options) {}

    void convert(source::Node node, google::protobuf::Message& message);
    void convert_field(source::Node node, google::protobuf::Message& message,
                       const google::protobuf::FieldDescriptor& field);
    void convert_item(source::Node node, google::protobuf::Message& message,
                      const google::protobuf::FieldDescriptor& field) {
        write(node, message, field, Slot::add);
    }
    void check_required(source::Node node, const google::protobuf::Message& message);
    std::vector<source::Problem> take_problems() && { return std::move(log_).take(); }

  private:
    void convert_object(source::Node node, google::protobuf::Message& message,
                        std::optional<std::string_view> left_out_key);
    void convert_member(const source::Member& member, google::protobuf::Message& message, GivenFields& given);
    void convert_items(source::Node node, google::protobuf::Message& message,
                       const google::protobuf::FieldDescriptor& field);
    void convert_entries(source::Node node, google::protobuf::Message& message,
                         const google::protobuf::FieldDescriptor& field);
    void convert_entry(const source::Member& member, google::protobuf::Message& entry, std::set<std::string>& keys);
    void convert_value(source::Node node, google::protobuf::Message& value);
    void convert_any(source::Node node, google::protobuf::Message& any);
    std::unique_ptr<google::protobuf::Message> convert_packed(source::Node node,
                                                              const google::protobuf::Descriptor& type,
                                                              const google::protobuf::Message& any);
    void convert_packed_value(source::Node node, google::protobuf::Message& packed);

    bool leaves_out(source::Node node) const { return options_.matchers == Matchers::left_out && is_matcher(node); }

    /// Writes one value, whether it is all of a field or one more of its items.
    void write(source::Node node, google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field,
               Slot slot);

    const ConvertOptions& options_;
    ProblemLog log_;
};

}  // namespace understudy::convert
