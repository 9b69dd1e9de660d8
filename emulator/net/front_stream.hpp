#pragma once

#include "emulator/event/stream_reply.hpp"
#include "emulator/net/invoker.hpp"
#include "emulator/net/responder.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace understudy::net {

/// Passes a function's streamed reply on to the client of a front, piece by piece as it comes: the prelude becomes the
/// head, all behind it is body. An error before the head is answered, one behind it cuts the answer off.
///
/// Rule: [Lambda developer guide, configuration-response-streaming; API Gateway developer guide,
/// response-transfer-mode-lambda]. Tested by: EmulatorStreams.TheFirstBytesArriveBeforeTheFunctionGoesOn,
/// EmulatorStreams.AnErrorInMidStreamCutsTheAnswerOff, EmulatorStreams.AClientThatDoesNotReadHoldsTheFunctionUp
class FrontStream : public StreamSink {
  public:
    struct Ends {
        /// How a stream posted under this type is taken apart.
        std::function<event::StreamReply(const std::string& content_type)> read;
        /// Begins the answer. None: the request has its answer, because it was late or `reply` is a failure.
        std::function<std::optional<ResponseStream>(event::Reply&& reply)> start;
        /// The function failed before the head, or does not stream: this is its whole reply.
        std::function<void(lambda::Outcome&& outcome)> answer;
        /// Bytes have been passed on.
        std::function<void()> on_passed;
        /// The answer that was begun has ended: whole, where `cut_off_by` is empty.
        std::function<void(std::string_view cut_off_by)> on_ended;
    };

    explicit FrontStream(Ends ends) : ends_(std::move(ends)) {}

    void on_head(const std::string& content_type) override;
    void on_bytes(std::string_view bytes) override;
    bool hold(std::function<void()> resume) override;
    void on_end(lambda::Outcome&& outcome) override;

    /// Cuts the answer off where it is, for this reason; what still comes goes nowhere.
    void cut_off(std::string_view reason);

  private:
    void pass(event::StreamStep&& step);

    Ends ends_;
    std::optional<event::StreamReply> reply_;
    std::optional<ResponseStream> client_;  ///< Behind the head.
    bool answered_ = false;                 ///< Otherwise; the rest of the stream goes nowhere.
};

}  // namespace understudy::net
