#pragma once

#include <google/protobuf/descriptor.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::scenario {

/// Where bytes stop being a message of a type, and why.
struct Misfit {
    std::size_t offset = 0;
    std::string why;  ///< `field 10 (name) has 52 bytes, and 4 are left`
};

/// The first place at which `bytes` cannot be read on as a message of that type in protobuf's binary format: a field
/// number or wire type that does not exist, a number or text that is cut off, a text that is not UTF-8. nullopt where
/// there is no such place. A field with a wire type other than its own is skipped, as the parser does.
std::optional<Misfit> find_misfit(std::string_view bytes, const google::protobuf::Descriptor& type);

}  // namespace understudy::scenario
