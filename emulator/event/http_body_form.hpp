#pragma once

#include "emulator/event/rendered_event.hpp"
#include "emulator/http/message.hpp"

namespace understudy::event {

/// The base64 decision of HTTP API and function URL requests: the whole of it. That a compressed body of a text type is
/// base64 is unverified; as text it would be damaged. That function URLs have the table of HTTP APIs is unverified.
BodyForm http_body_form(const http::Request& request);

/// The same of load balancers: a content coding, whatever it says, makes it base64.
BodyForm alb_body_form(const http::Request& request);

/// Whether a request's body is compressed.
bool is_compressed(const http::Request& request);

}  // namespace understudy::event
