#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::http {

/// What `+` stands for in a percent-encoded text: itself in a path, a blank in a form.
enum class Plus : std::uint8_t { literal, space };

/// The value of a hexadecimal digit in either case. Errors: nullopt for any other character.
std::optional<unsigned> hex_digit(char c);

/// Decodes `%XX` once (RFC 3986, 2.1); an escape that is none stays as it is.
/// Tested by: Percent.WhatIsNoEscapeStays
std::string decode_percent(std::string_view text, Plus plus);

/// Encodes all but unreserved characters (RFC 3986, 2.3), digits in upper case.
std::string encode_percent(std::string_view text);

}  // namespace understudy::http
