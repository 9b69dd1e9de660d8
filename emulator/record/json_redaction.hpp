#pragma once

#include "emulator/record/body_redaction.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::record {

/// What a JSON text is, and so where secrets stand in it.
enum class TextKind : std::uint8_t {
    body,
    event,
    reply,
    end_of_stream,  ///< A stream of Connect ends in it; its `metadata` are headers.
};

/// What an event or a reply says of the body in it; empty where it says nothing.
struct TextFacts {
    std::string path;
    std::string content_type;
    bool is_coded = false;
};

/// What has to be replaced in a JSON text, in order.
std::vector<Edit> find_secrets(std::string_view json, TextKind kind, const Place& place, TextFacts* facts = nullptr);

}  // namespace understudy::record
