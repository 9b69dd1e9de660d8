#pragma once

#include "tools/loggen/generator.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::loggen {

/// Reads `2026-01-05`, `2026-01-05T10:00:00Z` or `2026-01-05T10:00:00.123Z`, years 0001 to 9999; nullopt for any other
/// text.
std::optional<LogTime> parse_start(std::string_view text);

/// Reads a size in bytes: `500`, `10MB`, `1GB` (powers of 1000), `1GiB` (powers of 1024), up to tera; capitals do not
/// matter. nullopt for any other text, 0, and what 64 bits cannot hold.
std::optional<std::uint64_t> parse_size(std::string_view text);

/// Reads a whole number above 0; nullopt for any other text.
std::optional<std::uint64_t> parse_count(std::string_view text);

/// `2026-01-05T10:00:00.123Z`.
std::string to_text(LogTime time);

}  // namespace understudy::loggen
