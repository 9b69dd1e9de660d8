#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::report {

/// A JSON string; bytes that are not UTF-8 become U+FFFD.
std::string to_json(std::string_view text);
/// A list of them.
std::string to_json(const std::vector<std::string>& texts);
/// A list of what is JSON already.
std::string to_json_list(const std::vector<std::string>& items);

/// An object on one line, its members in the order in which they are added.
class JsonObject {
  public:
    JsonObject& text(std::string_view name, std::string_view value) { return raw(name, to_json(value)); }
    JsonObject& number(std::string_view name, std::uint64_t value) { return raw(name, std::to_string(value)); }
    /// What is JSON already.
    JsonObject& raw(std::string_view name, std::string_view json) {
        (((text_ += text_.empty() ? "{" : ",") += to_json(name)) += ':') += json;
        return *this;
    }
    std::string str() const { return text_.empty() ? "{}" : text_ + '}'; }

  private:
    std::string text_;
};

}  // namespace understudy::report
