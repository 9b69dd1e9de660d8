#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// Notes which functions nothing in the template lets an API, an authorizer, or a function URL open to all, invoke: AWS
/// then answers 500, or 403. What SAM grants by itself, for its events, authorizers and WebSocket APIs, is granted;
/// permissions may also be given elsewhere, which nobody here can see.
/// Preconditions: the drafts have their routes.
void note_missing_permissions(Reading& reading);

/// Notes that nothing in the template lets load balancers invoke the target of a group: AWS then refuses to make it.
void note_missing_permission(const Resource& group, const LambdaTarget& target, Reading& reading);

}  // namespace understudy::app::templates
