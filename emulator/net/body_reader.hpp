#pragma once

#include "emulator/http/message.hpp"
#include "emulator/net/responder.hpp"

#include <functional>
#include <string_view>

namespace understudy::net {

/// Takes one request's body as it arrives. Neither the server's limit of a body nor `OnRequest` has to do with such a
/// request. Destroyed without `on_end` and `on_cut_off` where the server closes.
class BodyReader {
  public:
    virtual ~BodyReader() = default;

    virtual void on_body(std::string_view bytes) = 0;
    /// Asked behind each `on_body`. True where no more is wanted for now: nothing is read from the peer until `resume`
    /// is called, once, from the event loop. It may be called whenever it likes, also when the request has ended.
    virtual bool hold(std::function<void()> /*resume*/) { return false; }
    /// The last call: the request as it came, without its body; trailers follow the headers where the server keeps
    /// them.
    virtual void on_end(http::Request&& request, Responder responder) = 0;
    /// The last call: the peer closed in mid-body, or broke the body's framing. It reads a reply where it has only
    /// half-closed, or not closed at all; the connection is closed behind that.
    virtual void on_cut_off(Responder responder) = 0;
};

}  // namespace understudy::net
