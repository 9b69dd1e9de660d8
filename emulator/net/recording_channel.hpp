#pragma once

#include "emulator/net/recorder.hpp"
#include "emulator/net/reply_channel.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace understudy::net {

/// Keeps an answer that is given in whole, with the line that the connection adds where it has none; shares its body.
void keep_answer(ExchangeTape& tape, http::Response& response);

/// Stands between a responder and its connection, and writes down the answer.
class RecordingChannel : public ReplyChannel {
  public:
    RecordingChannel(std::weak_ptr<Recorder> recorder, std::shared_ptr<ExchangeTape> tape,
                     std::shared_ptr<ReplyChannel> connection)
        : recorder_(std::move(recorder)), tape_(std::move(tape)), connection_(std::move(connection)) {}

    void send(http::Response response) override;
    void start(http::Response head) override;
    void write(std::string_view bytes) override;
    std::size_t backlog() const override { return connection_->backlog(); }
    void watch_drain(std::function<void()> callback) override { connection_->watch_drain(std::move(callback)); }
    void finish(const http::Headers& trailers) override;
    void abort() override;
    std::shared_ptr<WebSocketConnection> upgrade(const http::Headers& lines, WebSocketTerms terms,
                                                 WebSocketEvents events) override;
    std::uint64_t exchange() const override { return tape_->number; }
    bool peer_is_there() const override { return connection_->peer_is_there(); }
    void watch_peer(std::function<void()> callback) override { connection_->watch_peer(std::move(callback)); }

  private:
    void end();

    std::weak_ptr<Recorder> recorder_;
    std::shared_ptr<ExchangeTape> tape_;
    std::shared_ptr<ReplyChannel> connection_;
};

/// Stands between a function and who takes its reply as it is written, and writes it down.
class RecordingSink : public StreamSink {
  public:
    RecordingSink(std::weak_ptr<Recorder> recorder, std::shared_ptr<ExchangeTape> tape, std::size_t invocation,
                  std::shared_ptr<StreamSink> sink)
        : recorder_(std::move(recorder)), tape_(std::move(tape)), invocation_(invocation), sink_(std::move(sink)) {}

    void on_head(const std::string& content_type) override;
    void on_bytes(std::string_view bytes) override;
    bool hold(std::function<void()> resume) override { return sink_->hold(std::move(resume)); }
    void on_end(lambda::Outcome&& outcome) override;

  private:
    std::weak_ptr<Recorder> recorder_;
    std::shared_ptr<ExchangeTape> tape_;
    std::size_t invocation_;
    std::shared_ptr<StreamSink> sink_;
    Deadlines::Clock::time_point invoked_ = Deadlines::Clock::now();
};

}  // namespace understudy::net
