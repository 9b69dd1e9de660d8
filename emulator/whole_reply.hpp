#pragma once

#include "emulator/emulator.hpp"
#include "emulator/net/invoker.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace understudy {

/// Gathers a function's reply for a caller without HTTP, whether it comes in pieces or not.
class WholeReply : public net::StreamSink {
  public:
    explicit WholeReply(std::function<void(Emulator::Result)> done) : done_(std::move(done)) {}

    void on_head(const std::string&) override { result_.streamed = true; }
    void on_bytes(std::string_view bytes) override { result_.payload += bytes; }
    void on_end(lambda::Outcome&& outcome) override {
        result_.function_error = outcome.kind != lambda::OutcomeKind::succeeded;
        result_.error_type = std::move(outcome.error_type);
        (result_.streamed ? result_.stream_error : result_.payload) = std::move(outcome.payload);
        done_(std::move(result_));
    }

  private:
    std::function<void(Emulator::Result)> done_;
    Emulator::Result result_;
};

}  // namespace understudy
