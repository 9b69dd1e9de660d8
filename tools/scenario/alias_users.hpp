#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/text_edit.hpp"

#include <optional>
#include <span>

namespace understudy::scenario {

/// An alias whose meaning `edits` would change, because they lie in what its anchor names, while `all` leave the alias
/// itself where it is; nullopt where there is none.
/// Tested by: Updates.WhatAnAliasElsewhereStandsForStaysAndSaysWhy
std::optional<source::Node> find_alias_user(const source::Document& document, std::span<const source::TextEdit> edits,
                                            std::span<const source::TextEdit> all);

}  // namespace understudy::scenario
