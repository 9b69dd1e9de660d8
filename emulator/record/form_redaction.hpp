#pragma once

#include "emulator/record/body_redaction.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace understudy::record {

/// What has to be replaced in a body that is no JSON and has parts whose kind its content type tells: a form of either
/// kind, or a stream of events; nullopt for another. Parts of a multipart body that are JSON are looked into.
/// Preconditions: the rules take fields.
/// Tested by: Redaction.FormsOfBothKindsAreLookedInto, Redaction.EventsOfAStreamAreLookedInto
std::optional<std::vector<Edit>> find_form_secrets(std::string_view body, const Place& place);

}  // namespace understudy::record
