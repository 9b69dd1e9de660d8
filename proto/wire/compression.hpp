#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::wire {

/// How a message is compressed; the names are `identity` and `gzip`.
enum class Compression : std::uint8_t { identity, gzip };

std::string_view to_name(Compression compression);
/// Errors: nullopt for one that is not supported. No text is `identity`.
std::optional<Compression> parse_compression(std::string_view name);
/// All names, as an Accept-Encoding header lists them.
std::string_view accepted_compressions();
/// Whether a list such as `br, gzip` names gzip.
bool accepts_gzip(std::string_view list);

std::ostream& operator<<(std::ostream& out, Compression compression);

std::string to_gzip(std::string_view bytes);

/// Whether bytes begin as gzip does.
bool looks_like_gzip(std::string_view bytes);

/// What became of reading gzip.
struct Unzipped {
    enum class Outcome : std::uint8_t { whole, damaged, too_large };
    Outcome outcome = Outcome::whole;
    std::string bytes = {};
};

/// Reads gzip, up to `most` bytes of what is in it.
Unzipped from_gzip(std::string_view bytes, std::size_t most);

}  // namespace understudy::wire
