#pragma once

#include "emulator/http/headers.hpp"
#include "emulator/record/exchange.hpp"
#include "emulator/record/redaction.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "recorder/kept_body.hpp"
#include "recorder/moment.hpp"
#include "recorder/settings.hpp"

namespace understudy::recorder {

/// An event, as `/next` handed it out.
struct Delivered {
    http::Headers headers = {};
    KeptBody body = {};
};

/// What a function posted for it.
struct Posted {
    bool is_error = false;
    bool is_streamed = false;
    std::string content_type = {};
    std::string error_type = {};
    std::string stream_error = {};  ///< The error document of the trailers.
    KeptBody body = {};
    Moment at = {};  ///< When its last byte had passed.
};

/// Makes lines of a recording out of what passes by: one for each invocation that is sampled, once it has ended.
class Journal {
  public:
    /// A line without its LF, and a name for it that no other has.
    using Sink = std::function<void(std::string_view name, std::string_view line)>;
    /// Any number, each as likely as the others.
    using Random = std::function<std::uint64_t()>;

    Journal(Settings settings, Sink sink, Random random);

    std::uint64_t most_body_bytes() const { return settings_.most_body_bytes; }
    /// Whether an invocation that begins is to be recorded: decided anew for each.
    bool wants(std::string_view request_id);
    /// Whether it is one that is being recorded.
    bool keeps(std::string_view request_id) const { return open_.contains(std::string(request_id)); }

    void on_event(const std::string& request_id, Delivered event, Moment now);
    /// The reply has begun to be streamed.
    void on_stream(const std::string& request_id);
    /// `status`: what the Runtime API answered. One that was refused leaves the invocation open, unless it was too
    /// large.
    void on_posted(const std::string& request_id, Posted posted, int status);
    /// The function broke its reply off. One that asks for its next event at once may be handed the same again, before
    /// the Runtime API has noticed: that is no invocation.
    void on_truncated(const std::string& request_id, Posted posted);
    /// The function's process has ended, by itself: `Runtime exited with error: exit status 3`.
    void on_exit(const std::string& reason, Moment now);
    /// Nobody will see how what is open ends.
    void on_stop(const std::string& reason, Moment now);

    /// When `on_time` is to be called: shortly before the function's time is up, when its processes are killed and
    /// nothing could be written any more; since the epoch.
    std::optional<std::chrono::microseconds> next_time() const;
    void on_time(Moment now);

  private:
    struct Open {
        record::Exchange exchange;
        Moment begun;
        std::chrono::microseconds last_call{0};  ///< 0: unknown.
    };

    record::Invocation& invocation_of(Open& open) { return open.exchange.invocations.front(); }
    void take_posted(Open& open, Posted& posted);
    void finish(std::map<std::string, Open>::iterator open, Moment now);
    void finish_all(Moment now, const std::function<void(Open&)>& judge);
    void write_session(Moment now);

    Settings settings_;
    record::Redactor redactor_;
    Sink sink_;
    Random random_;
    std::map<std::string, Open> open_;
    std::string truncated_;  ///< The last whose reply was broken off.
    std::chrono::microseconds truncated_at_{0};
    bool has_session_ = false;
};

}  // namespace understudy::recorder
