#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace understudy::access {

/// What a schema of draft 4 has against a value.
enum class SchemaFault : std::uint8_t {
    additional_items,
    additional_properties,
    all_of,
    any_of,
    base64_characters,
    base64_length,
    date_time,
    dependencies,
    email,
    enumeration,
    exclusive_maximum,
    exclusive_minimum,
    hexadecimal_characters,
    hexadecimal_length,
    host_name,
    ipv4,
    ipv6,
    json_pointer,
    mac,
    max_items,
    max_length,
    max_properties,
    maximum,
    min_items,
    min_length,
    min_properties,
    minimum,
    multiple_of,
    not_it,
    one_of,
    pattern,
    regex,
    required,
    type,
    unique_items,
    unknown_format,  ///< Refuses nothing by itself.
    uri,
    uuid,
};

/// The words that API Gateway has for it: those of the validator that it runs, with `arguments` put in.
///
/// Rule: [java-json-tools/json-schema-validator validation.properties]; recorded on API Gateway are those of additional
/// properties, `enum`, formats that it does not know, `maximum`, `maxLength`, `minimum`, `oneOf`, `pattern`, `required`
/// and `type`, the others unverified. Tested by: Models.SayItInTheWordsOfApiGateway
std::string fault_words(SchemaFault fault, std::initializer_list<std::string> arguments);

/// Several of them as they stand in `$context.error.validationErrorString`: each once, in the order in which Java's
/// HashSet has them.
///
/// Rule: the order of each recorded list [docs/fidelity.md]; unverified. Tested by:
/// FaultWords.AreListedInTheOrderOfAHashSet
std::string list_words(const std::vector<std::string>& words);

}  // namespace understudy::access
