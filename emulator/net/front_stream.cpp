#include "emulator/net/front_stream.hpp"

#include "emulator/net/gateway_call.hpp"

#include <utility>

namespace understudy::net {

void FrontStream::on_head(const std::string& content_type) {
    reply_ = ends_.read(content_type);
}

void FrontStream::on_bytes(std::string_view bytes) {
    if (!answered_) pass(reply_->feed(bytes));
}

void FrontStream::pass(event::StreamStep&& step) {
    if (step.head) {
        client_ = ends_.start(std::move(*step.head));
        answered_ = !client_;
    }
    if (!client_) return;
    client_->write(step.body);
    ends_.on_passed();
}

bool FrontStream::hold(std::function<void()> resume) {
    if (!client_ || client_->backlog() <= kMostBacklog) return false;
    client_->on_drained(std::move(resume));
    return true;
}

void FrontStream::cut_off(std::string_view reason) {
    if (!client_) return;
    std::move(*std::exchange(client_, std::nullopt)).abort();
    answered_ = true;
    ends_.on_ended(reason);
}

void FrontStream::on_end(lambda::Outcome&& outcome) {
    if (answered_) return;
    const bool succeeded = outcome.kind == lambda::OutcomeKind::succeeded;
    if (!client_ && !(reply_ && succeeded)) return ends_.answer(std::move(outcome));
    if (succeeded) pass(reply_->finish());
    if (!client_) return;
    if (succeeded) {
        std::move(*client_).finish({});
        return ends_.on_ended({});
    }
    std::move(*client_).abort();
    const std::string error = error_type_of(outcome);
    ends_.on_ended(error.empty() ? "an error" : error);
}

}  // namespace understudy::net
