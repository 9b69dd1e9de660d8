#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct nghttp2_session;

namespace understudy::net {

/// A blocking HTTP/2 client with prior knowledge, as nghttp2 makes one.
class Http2Client {
  public:
    using Lines = std::vector<std::pair<std::string, std::string>>;
    /// What came back on one stream.
    struct Answer {
        Lines headers;  ///< Trailers behind them; `:status` first.
        std::string body;
        bool closed = false;
        std::uint32_t error = 0;  ///< Of the RST_STREAM that closed it.

        std::string header(const std::string& name) const;
    };

    explicit Http2Client(std::uint16_t port);
    ~Http2Client();
    Http2Client(const Http2Client&) = delete;
    Http2Client& operator=(const Http2Client&) = delete;

    /// Sends a request; `:scheme` and `:authority` (`host`) are added. Returns its stream.
    std::int32_t ask(const std::string& method, const std::string& path, const Lines& lines = {},
                     const std::string& body = {});
    const Answer& wait_closed(std::int32_t stream);
    const Answer& wait_body(std::int32_t stream, std::size_t size);
    const Answer& answer(std::int32_t stream) { return answers_[stream]; }
    void reset(std::int32_t stream);
    bool wait_goaway();
    void send_raw(std::string_view bytes) const;
    void close();
    /// Data of streams is neither read nor acknowledged until this is called again with true.
    void take_data(bool taken);

  private:
    struct Callbacks;
    void flush();
    bool read_once();

    int socket_ = -1;
    nghttp2_session* session_ = nullptr;
    std::map<std::int32_t, Answer> answers_;
    std::map<std::int32_t, std::string> bodies_;
    std::map<std::int32_t, std::int32_t> unconsumed_;
    bool taking_ = true;
    bool goaway_ = false;
};

}  // namespace understudy::net
