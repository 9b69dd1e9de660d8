#pragma once

#include "emulator/http/message.hpp"

namespace understudy::gateway {

/// Whether a request looks like that of a web page which reached us under a name of its own: its Host is neither an
/// address nor a name of this machine (`localhost`, `*.localhost`), and it has what browsers send (`Origin`,
/// `Sec-Fetch-Site`, `Referer`, `Accept-Language`, a `User-Agent` that begins with `Mozilla/`).
///
/// Not a rule of AWS: an attacker's page can point its own name at 127.0.0.1 and then drive whatever listens there.
/// Other clients may send any Host they like. Tested by: HostGuard.ABrowsersForeignHostIsRefused,
/// HostGuard.OtherClientsMayNameAnyHost
bool is_rebound(const http::Headers& headers);

/// What such a page gets: 403, and why.
http::Response refuse_rebound();

/// Whether a web page that is not of this machine sent the request. Not a rule of AWS: any page may post plain text to
/// any address, and whoever calls the Lambda API runs a function, and whoever calls the Runtime API is one. A front
/// door takes such requests, as AWS's does. Tested by: HostGuard.AnotherSitesPageIsToldFromOnesOwn
bool is_foreign_page(const http::Headers& headers);

/// Either of them: such a page could take a function's events, and end its invocations. Tested by:
/// RuntimeApi.AWebPageGetsNoEventAndEndsNothing
bool is_strangers_page(const http::Headers& headers);

http::Response refuse_foreign_page();

}  // namespace understudy::gateway
