#pragma once

#include "emulator/recording_settings.hpp"
#include "emulator/source/diagnostic.hpp"
#include "tools/understudy/options.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace understudy::cli {

/// `512`, `64K`, `10MB`, `1GiB`: bytes, in steps of 1024. Errors: nullopt for any other text, and for nothing.
std::optional<std::uint64_t> parse_size(std::string_view text);

/// What is recorded, the redaction file read; null where nothing is. `template_file` is hashed, where there is one.
/// Errors: everything that is wrong, for people, ending in a line break.
std::variant<std::shared_ptr<const RecordingSettings>, std::string> read_recording(const RecordingOptions& options,
                                                                                   const std::string& template_file,
                                                                                   source::Colour colour);

}  // namespace understudy::cli
