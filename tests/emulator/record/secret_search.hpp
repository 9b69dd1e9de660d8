#pragma once

#include "emulator/http/base64.hpp"
#include "emulator/record/redaction.hpp"
#include "emulator/record/write_line.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::record {

inline constexpr std::string_view kSecret = "hunter2-hunter2-hunter2";

/// Whether the secret stands in a text as it is, or in the base64 of a text around it, wherever in it.
inline bool holds_secret(std::string_view text, std::string_view secret) {
    if (text.find(secret) != std::string_view::npos) return true;
    for (std::size_t shift = 0; shift < 3; ++shift) {
        const std::string coded = http::to_base64(std::string(shift, 'x') + std::string(secret));
        // The first and the last group hold neighbours' bits.
        const std::size_t end = (shift + secret.size()) / 3 * 4;
        if (text.find(coded.substr(shift == 0 ? 0 : 4, end - (shift == 0 ? 0 : 4))) != std::string_view::npos)
            return true;
    }
    return false;
}

/// The secret would be written, and is not once the exchange is redacted.
inline void expect_redacted(Exchange& exchange, std::string_view secret, const Redaction& redaction = {}) {
    std::string before, after;
    append_line(before, exchange);
    ASSERT_TRUE(holds_secret(before, secret));
    redact(exchange, redaction);
    append_line(after, exchange);
    EXPECT_FALSE(holds_secret(after, secret)) << after;
}

}  // namespace understudy::record
