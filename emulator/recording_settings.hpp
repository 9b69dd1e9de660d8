#pragma once

#include "emulator/record/redaction.hpp"

#include <cstdint>
#include <string>

namespace understudy {

/// Where traffic is written, and what of it (proto/understudy/v1/recording.proto).
struct RecordingSettings {
    std::string path;
    std::uint64_t most_bytes = 0;  ///< Of a file, before the next one is begun; 0: no limit.
    record::Redaction redaction = {};
    std::string program = "understudy";  ///< Who records, with its version.
    std::string template_sha256 = {};    ///< Empty where a command is served.
};

}  // namespace understudy
