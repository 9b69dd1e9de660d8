#pragma once

#include "emulator/http/message.hpp"

namespace understudy::gateway {

/// Whether a request looks like that of a web page which reached us under a name of its own: its Host is neither an
/// address nor a name of this machine (`localhost`, `*.localhost`), and a browser has marked it (`Origin`,
/// `Sec-Fetch-Site`).
///
/// Not a rule of AWS: an attacker's page can point its own name at 127.0.0.1 and then drive whatever listens there.
/// Other clients may send any Host they like. Tested by: HostGuard.ABrowsersForeignHostIsRefused,
/// HostGuard.OtherClientsMayNameAnyHost
bool is_rebound(const http::Headers& headers);

/// What such a page gets: 403, and why.
http::Response refuse_rebound();

}  // namespace understudy::gateway
