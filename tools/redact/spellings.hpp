#pragma once

#include <google/protobuf/descriptor.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::redact {

/// The two names that fields of a schema have: `card_number` in its file, `cardNumber` in JSON.
class Spellings {
  public:
    Spellings() = default;
    /// Those of the messages of the files and their imports.
    explicit Spellings(const std::vector<const google::protobuf::FileDescriptor*>& files);

    /// How else a path in JSON may be spelled: with all names as in files, and with all as in JSON, each in every way
    /// that some message has it. Without the path itself.
    std::vector<std::string> others(std::string_view path) const;

    /// The fields of all messages that go by a name, in either spelling.
    std::vector<const google::protobuf::FieldDescriptor*> fields(std::string_view name) const;

  private:
    using Names = std::map<std::string, std::set<std::string>, std::less<>>;

    void add(const google::protobuf::FileDescriptor& file, std::vector<const void*>& seen);
    void add(const google::protobuf::Descriptor& type);

    std::multimap<std::string, const google::protobuf::FieldDescriptor*, std::less<>> fields_;  ///< By both names.
    Names to_json_, from_json_;  ///< Fields of one name in several messages may differ in the other.
};

}  // namespace understudy::redact
