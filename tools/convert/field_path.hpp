#pragma once

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::convert {

/// Where in a message one is: `messages[2].labels["x"].text`. Each step is undone when its scope ends.
class FieldPath {
  public:
    class Scope {
      public:
        Scope(std::string& path, std::size_t length) : path_(path), length_(length) {}
        ~Scope() { path_.resize(length_); }
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

      private:
        std::string& path_;
        std::size_t length_;
    };

    [[nodiscard]] Scope enter_name(std::string_view name);
    /// An extension is named in brackets.
    [[nodiscard]] Scope enter_field(const google::protobuf::FieldDescriptor& field);
    [[nodiscard]] Scope enter_item(std::size_t number);
    [[nodiscard]] Scope enter_entry(std::string_view key);

    /// Empty at the root.
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

}  // namespace understudy::convert
