#pragma once

#include <string>

namespace understudy::cli {

/// Whether a message to a WebSocket's client is the gateway's own, of one that no function got, byte for byte. What
/// fails within the gateway has the text of a malformed reply; a function that takes too long has got its event.
/// `connection`: the id that the client has; empty where it is not known.
/// Tested by: SocketRefusal.WhatLooksLikeItIsNone
bool is_refusal(const std::string& message, const std::string& connection);

}  // namespace understudy::cli
