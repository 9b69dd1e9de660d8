#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// How Jackson, with which the Lambda API reads JSON, names what it complains of.
namespace understudy::service::jackson {

/// Where the byte at `offset` of a text stands.
std::string to_place(std::string_view text, std::size_t offset);
/// A character that is not expected, of the first 256: `'x' (code 120)`.
std::string to_shown(int character);
/// `0xff`
std::string to_hex(int byte);
/// One of the first 256 characters as UTF-8.
std::string to_utf8(int character);
/// Whether one of the first 256 characters may begin a word that is no token: an identifier of Java.
bool starts_identifier(int c);

}  // namespace understudy::service::jackson
