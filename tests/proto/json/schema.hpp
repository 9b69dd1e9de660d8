#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <memory>
#include <random>
#include <string>

namespace understudy::protojson {

/// A message of a type of schemas/legacy.proto or schemas/modern.proto, from protobuf text.
std::unique_ptr<google::protobuf::Message> make_message(const std::string& type, const std::string& text = "");

enum class Filled : std::uint8_t { everything, plain_fields };

/// Makes messages up, the same ones for a seed: fields that are required, and some of the others, with the values at
/// the ends of their ranges among them. `plain_fields`: no extensions and no groups.
class Filler {
  public:
    Filler(unsigned seed, Filled filled) : random_(seed), filled_(filled) {}

    void fill(google::protobuf::Message& message, int depth);

  private:
    using Field = google::protobuf::FieldDescriptor;

    std::size_t below(std::size_t limit) { return random_() % limit; }
    void set(google::protobuf::Message& message, const Field& field, int depth);
    void set_number(google::protobuf::Message& message, const Field& field);
    bool fill_well_known(google::protobuf::Message& message, int depth);
    void fill_value(google::protobuf::Message& value, int depth);
    std::string text(const Field& field);

    std::mt19937 random_;
    Filled filled_;
};

}  // namespace understudy::protojson
