#pragma once

#include <poll.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "recorder/conversation.hpp"

namespace understudy::recorder {

/// Two connections that belong together: the function's and the one to the Runtime API. Nothing is read from one as
/// long as the other has not taken what was read before.
class Link {
  public:
    /// Owns both sockets, which do not block; `api` is still being connected.
    Link(int function, int api, Journal& journal);
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    void collect(std::vector<pollfd>& waits);
    /// False: it is over.
    bool perform(std::span<const pollfd> waits, std::vector<char>& buffer);
    bool is_done() const;

  private:
    /// One of the two connections.
    struct End {
        int socket = -1;
        bool has_ended = false;    ///< Nothing more comes from it.
        bool is_shut = false;      ///< Nothing more goes to it.
        std::string waiting = {};  ///< Bytes for it that it has not taken yet.
        std::size_t wait = kNone;  ///< Its place among the waits.
    };
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    bool pass(End& from, End& to, std::vector<char>& buffer);
    bool flush(End& to);
    void overhear(const End& from, std::string_view bytes);
    static void collect(End& end, const End& other, std::vector<pollfd>& waits);

    End function_;
    End api_;
    bool connecting_ = true;
    bool broken_ = false;  ///< One was torn down, and so is the other.
    bool overhears_ = true;
    Conversation conversation_;
};

}  // namespace understudy::recorder
