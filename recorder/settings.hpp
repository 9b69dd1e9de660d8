#pragma once

#include "emulator/record/redaction.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::recorder {

/// What the function's variables say about recording.
struct Settings {
    double sample = 1;                        ///< UNDERSTUDY_SAMPLE: the share of invocations, 0 to 1.
    std::string file = {};                    ///< UNDERSTUDY_RECORD: a path; empty, or `log`: the function's log.
    std::uint64_t most_body_bytes = 1 << 20;  ///< UNDERSTUDY_RECORD_MAX_BODY: longer events and replies are left out.
    record::Redaction redaction = {};         ///< UNDERSTUDY_REDACT: `name,user.password`, beside what always goes.
    std::string function = {};                ///< AWS_LAMBDA_FUNCTION_NAME
    std::string handler = {};                 ///< _HANDLER
    std::uint32_t memory_mb = 0;              ///< AWS_LAMBDA_FUNCTION_MEMORY_SIZE
    std::vector<std::string> faults = {};     ///< Words that could not be read, each in a sentence.
};

/// Reads the variables. One that cannot be read turns recording off (`sample` is 0), so that nothing is written that
/// was not to be. `find` returns a variable's value; nullopt where it is not set.
Settings read_settings(const std::function<std::optional<std::string>(const char* name)>& find);

}  // namespace understudy::recorder
