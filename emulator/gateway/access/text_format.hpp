#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::access {

/// Whether a `format` is one that the validator knows: any other says nothing of a text, `date` and `time` among them,
/// which are no formats of draft 4.
bool is_known_format(std::string_view format);

/// What a known format has against a text, in the validator's words; nullopt where it has nothing.
///
/// Rule: [java-json-tools/json-schema-validator DraftV4FormatAttributesDictionary, ExtraFormatsDictionary]; how an
/// address, a host's name and a URI are told from what is none is Java's affair and only near here: unverified.
/// Tested by: TextFormat.RefusesInItsOwnWords
std::optional<std::string> find_format_fault(std::string_view format, const std::string& text);

}  // namespace understudy::access
