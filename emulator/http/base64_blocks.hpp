#pragma once

#include <cstddef>
#include <string_view>

namespace understudy::http {

// The bulk of base64, many groups of three bytes and four characters at a time, where the processor can; a body of
// megabytes spent half of its way there. What they leave, all of it on other processors, is for the caller.

/// Writes the characters of a multiple of three bytes at the start of `bytes`. Returns how many bytes these are.
std::size_t encode_blocks(std::string_view bytes, char* to);

/// Writes the bytes of a multiple of four characters at the start of `text`, up to the first that is no base64. Returns
/// how many characters these are. May write, and leave undefined, up to four bytes more.
/// Preconditions: there is room for the bytes of all of `text`.
std::size_t decode_blocks(std::string_view text, char* to);

}  // namespace understudy::http
