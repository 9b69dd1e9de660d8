#pragma once

#include <deque>
#include <memory>
#include <string_view>

#include "recorder/journal.hpp"
#include "recorder/message_parser.hpp"
#include "recorder/moment.hpp"

namespace understudy::recorder {

/// One connection between a function and the Runtime API, overheard: which reply belongs to which call, and what both
/// mean for invocations. What cannot be read ends the overhearing, never the connection.
class Conversation {
  public:
    /// Lifetime: `journal` outlives it.
    explicit Conversation(Journal& journal);

    /// Bytes that were passed on, and the end of them.
    void on_request_bytes(std::string_view bytes, Moment now);
    void on_request_end(Moment now);
    void on_reply_bytes(std::string_view bytes, Moment now);
    void on_reply_end(Moment now);

    /// Whether a call waits for its reply, other than for the next event.
    bool is_waiting() const;

  private:
    struct Call;
    struct Requests : MessageSink {
        explicit Requests(Conversation& to) : owner(to) {}
        void on_head(const MessageHead& head) override;
        void on_body(std::string_view bytes) override;
        void on_end(const http::Headers& trailers) override;
        Conversation& owner;
    };
    struct Replies : MessageSink {
        explicit Replies(Conversation& to) : owner(to) {}
        void on_head(const MessageHead& head) override;
        void on_body(std::string_view bytes) override;
        void on_end(const http::Headers& trailers) override;
        Conversation& owner;
    };

    Journal& journal_;
    Requests requests_sink_{*this};
    Replies replies_sink_{*this};
    MessageParser requests_{Direction::requests, requests_sink_};
    MessageParser replies_{Direction::replies, replies_sink_};
    std::deque<std::shared_ptr<Call>> calls_;  ///< That wait for their reply.
    std::shared_ptr<Call> arriving_;           ///< The one whose request is being read.
    Moment now_;
    bool readable_ = true;
};

}  // namespace understudy::recorder
