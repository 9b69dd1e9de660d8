#pragma once

#include <string>
#include <string_view>

namespace understudy::http {

/// A JSON text in which each escape of half a surrogate pair (`\ud800` without its other half) reads `\ufffd`; every
/// byte keeps its place. For parsers that refuse what the JSON grammar allows (RFC 8259, 8.2) and Jackson reads. Tested
/// by: Surrogates.HalvesOfPairsAreReplacedInTheirPlace
std::string replace_lone_surrogates(std::string_view json);

}  // namespace understudy::http
