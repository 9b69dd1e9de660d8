#pragma once

#include "emulator/net/invoker.hpp"
#include "emulator/net/responder.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace understudy::net {

/// Passes a function's reply on to a caller of InvokeWithResponseStream: a frame for each piece as it comes, and one
/// that tells how it ended. The prelude of a reply that is meant for HTTP is bytes like the others.
///
/// Rule: [botocore lambda/2015-03-31/service-2.json; Lambda developer guide, configuration-response-streaming].
/// Tested by: StreamedCalls.AStreamedCallGetsEachPieceAsItIsWritten
class ServiceStream : public StreamSink {
  public:
    struct Ends {
        std::function<ResponseStream()> start;                              ///< Sends the head.
        std::function<std::string(const lambda::Outcome& outcome)> finish;  ///< The last frame.
        /// The function was not called at all: this is the whole reply.
        std::function<void(lambda::Outcome&& outcome)> refuse;
        std::function<void()> on_ended;
    };

    explicit ServiceStream(Ends ends) : ends_(std::move(ends)) {}

    void on_head(const std::string& content_type) override;
    void on_bytes(std::string_view bytes) override;
    bool hold(std::function<void()> resume) override;
    void on_end(lambda::Outcome&& outcome) override;

  private:
    Ends ends_;
    std::optional<ResponseStream> client_;
};

}  // namespace understudy::net
