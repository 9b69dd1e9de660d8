#pragma once

#include <netinet/in.h>
#include <poll.h>

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "recorder/journal.hpp"

namespace understudy::recorder {

class Link;

/// Passes bytes between a function and the Runtime API, as they come, and lets a journal overhear them. Each connection
/// that the function opens becomes one to the API; each end of one becomes an end of the other.
class Relay {
  public:
    /// Lifetime: `journal` outlives it.
    Relay(const sockaddr_in& api, Journal& journal);
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    /// Listens on a free port of 127.0.0.1 and returns it; nullopt where the system does not let it.
    std::optional<std::uint16_t> listen();

    /// Appends what is to be waited for.
    void collect(std::vector<pollfd>& waits);
    /// Does what can be done without waiting. `waits`: what `collect` appended, as poll has filled it in.
    void perform(std::span<const pollfd> waits);

    /// Whether all that the function wrote has been passed on, and what it posted has been answered; after its end.
    bool is_done() const;

  private:
    void accept();

    sockaddr_in api_;
    Journal& journal_;
    std::size_t most_links_;
    int listener_ = -1;
    std::list<std::unique_ptr<Link>> links_;
    std::vector<char> buffer_;
};

}  // namespace understudy::recorder
