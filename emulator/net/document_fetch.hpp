#pragma once

#include "emulator/http/loopback_url.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/source/problem.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace understudy::net {

/// How much of a document is taken, and how long it is waited for.
struct FetchLimits {
    std::size_t bytes;
    std::chrono::milliseconds time;
};

/// Fetches one document of this machine with a GET, and tells what came of it once, from the event loop. Speaks
/// HTTP/1.0, so that the answer is neither chunked nor kept open.
///
/// Errors: `unreadable`, with what went wrong in words.
/// Lifetime: lives until `done` is called or `stop` is, whoever holds it. `deadlines` outlives that.
class DocumentFetch : public std::enable_shared_from_this<DocumentFetch> {
  public:
    using Done = std::function<void(source::Result<std::string>)>;

    static std::shared_ptr<DocumentFetch> start(boost::asio::io_context& context, Deadlines& deadlines,
                                                const http::LoopbackUrl& url, FetchLimits limits, Done done);
    ~DocumentFetch();
    DocumentFetch(const DocumentFetch&) = delete;
    DocumentFetch& operator=(const DocumentFetch&) = delete;

    /// Breaks off; `done` is not called any more.
    void stop();

  private:
    class Connection;

    DocumentFetch(boost::asio::io_context& context, Deadlines& deadlines, FetchLimits limits, Done done);
    void connect(const http::LoopbackUrl& url);
    void write();
    void read();
    void take();
    void end(source::Result<std::string> result);
    void fail(const std::string& reason);

    Deadlines& deadlines_;
    FetchLimits limits_;
    Done done_;
    std::unique_ptr<Connection> connection_;
    Deadlines::Handle deadline_;
};

}  // namespace understudy::net
