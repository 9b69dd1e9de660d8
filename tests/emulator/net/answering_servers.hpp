#pragma once

#include "tests/emulator/net/loopback.hpp"

#include <atomic>
#include <cstdint>
#include <list>
#include <string>
#include <utility>

namespace understudy::net::http_server_test {

/// Answers with the request as text, so that a client sees what the server saw.
inline std::string to_text(const http::Request& request) {
    std::string text = request.method + ' ' + request.target + '\n';
    for (const auto& [name, value] : request.headers) text += std::string(name) + '|' + std::string(value) + '\n';
    return text + '\n' + request.body;
}

inline void echo(http::Request&& request, Responder responder, const Peer&) {
    std::move(responder).send({200, {}, to_text(request)});
}

inline void echo_body(http::Request&& request, Responder responder, const Peer&) {
    std::move(responder).send({200, {}, std::move(request.body)});
}

/// The status that the next client gets: whatever another one did, the server goes on.
inline int ask_once(const LoopbackServer& server) {
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    return client.read_reply().status;
}

inline std::string make_bytes(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint32_t state = 1;
    for (char& c : bytes) {
        state = state * 1664525 + 1013904223;
        c = static_cast<char>(state >> 24);
    }
    return bytes;
}

/// Keeps responders, as parked `/next` calls are kept, and tells the test about each.
class Parking {
  public:
    void park(Responder responder) {
        responder.on_peer_gone([this] {
            ++gone_;
            gone_.notify_all();
        });
        parked_.push_back(std::move(responder));
        ++count_;
        count_.notify_all();
    }
    void wait_for_parked(int count) {
        for (int now; (now = count_) < count;) count_.wait(now);
    }
    void wait_for_gone(int count) {
        for (int now; (now = gone_) < count;) gone_.wait(now);
    }
    std::list<Responder>& parked() { return parked_; }
    int gone() const { return gone_; }

  private:
    std::list<Responder> parked_;
    std::atomic<int> count_ = 0;
    std::atomic<int> gone_ = 0;
};

class ParkingServer : public Parking, public LoopbackServer {
  public:
    ParkingServer()
        : LoopbackServer([this](http::Request&&, Responder responder, const Peer&) { park(std::move(responder)); }) {}
};

}  // namespace understudy::net::http_server_test
