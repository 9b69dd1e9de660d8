#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// Notes which functions nothing in the template lets an API, or a function URL open to all, invoke: AWS then answers
/// 500, or 403. What SAM grants by itself, for its events and WebSocket APIs, is granted; permissions may also be given
/// elsewhere, which nobody here can see.
/// Preconditions: the drafts have their routes.
void note_missing_permissions(Reading& reading);

}  // namespace understudy::app::templates
